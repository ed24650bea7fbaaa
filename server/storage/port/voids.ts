/** Why a rating was taken out of the figures. */
export interface VoidRecord {
  reason: string;
  by: string;
  /** Milliseconds UTC. */
  at: number;
}

/** A rating of a touchpoint that is tried out: shown to whoever sets it up, counted nowhere. */
export interface TrialRating {
  number: number;
  at: number;
  grade: number | null;
  smiley: number | null;
  language: string | null;
  form: number | null;
  answers: string | null;
  comment: string | null;
}

export interface VoidStore {
  /**
   * Takes a rating out of the figures, or with null puts it back; rating, roll-ups and reason change together. `unknown`
   * when there is no such rating, `same` when nothing changed.
   */
  set(number: number, voided: VoidRecord | null): Promise<'done' | 'same' | 'unknown'>;
  /** Where it was given; null when there is no such rating. */
  placementOf(number: number): Promise<number | null>;
  find(number: number): Promise<VoidRecord | null>;
  /** The newest ones of a touchpoint that came in while it was on trial. */
  trialRatings(touchpoint: string, most: number): Promise<TrialRating[]>;
}
