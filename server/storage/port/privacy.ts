import type { Retention, RetentionKind, RetentionRun } from '#shared/contract/privacy.ts';

/** Before when each kind is no longer kept, in milliseconds UTC. */
export type Cuts = Record<RetentionKind, number>;

export interface RemovalResult {
  removed: Record<RetentionKind, number>;
  /** In milliseconds. */
  longestTransaction: number;
  /** Whether nothing of it is in the log of the database either; a reader can hold that up until the next time. */
  emptied: boolean;
}

export interface CommentSearch {
  text: string | null;
  from: number | null;
  to: number | null;
  touchpoint: string | null;
  most: number;
}
export interface FoundComment {
  number: number;
  at: number;
  touchpoint: string;
  grade: number | null;
  smiley: number | null;
  text: string;
}

/** Keeping no longer than agreed, and forgetting when somebody asks for it. */
export interface PrivacyStore {
  /** How many rows of each kind are older. */
  older(cuts: Cuts): Promise<Record<RetentionKind, number>>;
  /**
   * Removes what is older, for real and in short transactions. Counts stay: those of ratings that go are sealed, and a
   * recount leaves them as they are.
   */
  remove(cuts: Cuts): Promise<RemovalResult>;
  setRetention(periods: Retention): Promise<void>;
  lastRun(): Promise<RetentionRun | null>;
  keepRun(run: RetentionRun): Promise<void>;
  /** Per label, how many comments hold it; how many there are, and how many hold any. */
  labels(labels: readonly string[]): Promise<{ comments: number; redacted: number; counts: number[] }>;
  /** Newest first. */
  search(search: CommentSearch): Promise<FoundComment[]>;
  /** Takes away the words of a rating: its comment, its answers, what was posted first. The grade stays. */
  erase(number: number): Promise<boolean>;
}
