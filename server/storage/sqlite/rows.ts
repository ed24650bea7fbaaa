/** A row of `ratings`, as the writer reads it back. */
export interface RatingRow {
  seq: number;
  placement: number;
  grade: number | null;
  smiley: number | null;
  product: number;
  language: number;
  form: number | null;
  at: number;
  /** After `at`, in milliseconds. */
  received_after: number;
  /** What was sent, after `at`; null when nothing was. */
  given_after: number | null;
  marks: number;
  answers: string | null;
}

/** The 16 bytes of a UUID, with or without its hyphens. */
export const bytesOfId = (id: string): Buffer =>
  Buffer.from(id.length === 32 ? id : id.replaceAll('-', ''), 'hex');

export const receivedOf = ({ at, received_after }: RatingRow): number => at + received_after;
