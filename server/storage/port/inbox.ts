import type { CommentKind, FollowUpChange, FollowUpStatus } from '#shared/contract/comments.ts';
import type { Sought } from '#shared/core/words/search.ts';

/** Where a page of comments ends: they stand from the newest on, by time and then by number. */
export interface InboxPlace {
  at: number;
  seq: number;
}

/** Which comments; days inclusive, `null` is all. */
export interface InboxQuery {
  from: number | null;
  to: number | null;
  placements: number[] | null;
  products: number[] | null;
  languages: number[] | null;
  /** Whether ratings with a doubt count. */
  marked: boolean;
  /** Any of these. */
  themes: string[] | null;
  statuses: FollowUpStatus[] | null;
  kind: CommentKind | null;
  /** All of these. */
  sought: Sought[] | null;
  after: InboxPlace | null;
}

export interface FollowUpRecord {
  version: number;
  status: FollowUpStatus;
  owner: string | null;
  note: string | null;
  done: string | null;
  forwardedAt: number | null;
  changedAt: number | null;
  changedBy: string | null;
}

/** A comment and its rating; times in milliseconds UTC. */
export interface InboxRecord extends InboxPlace {
  receivedAt: number;
  placement: number;
  product: number;
  language: number;
  grade: number | null;
  smiley: number | null;
  marks: number;
  text: string;
  themes: string[];
  followUp: FollowUpRecord;
}

export interface ImprovementRecord {
  done: string;
  lastDone: number;
  comments: number;
  placements: number[];
  themes: string[];
}

export interface CommentNews {
  number: number;
  seq: number;
  what: 'new' | 'changed' | 'gone';
}

export interface InboxReader {
  /** The newest first, at most so many. */
  find(query: InboxQuery, most: number): Promise<InboxRecord[]>;
  /** How many there are, counted up to `most`. */
  count(query: InboxQuery, most: number): Promise<number>;
  /** Null when there is no comment (any more) with this number. */
  get(seq: number): Promise<InboxRecord | null>;
  /** What was done in a period (days, inclusive), the newest first: one for all comments with the same words. */
  improvements(period: {
    from: number | null;
    to: number | null;
    placements: number[];
  }): Promise<ImprovementRecord[]>;
}

export interface InboxStore extends InboxReader {
  /**
   * Changes what staff wrote about comments, all in one commit. A comment whose version is another one stays as it is
   * and is among the conflicts; one that is gone is in neither.
   */
  followUp(
    items: { seq: number; version: number }[],
    change: FollowUpChange & { forwarded?: true },
    by: { name: string; at: number },
  ): Promise<{ changed: InboxRecord[]; conflicts: InboxRecord[] }>;
  /** What came, changed or went after this number, in order; imported and late comments are no news. */
  news(after: number, most: number): Promise<CommentNews[]>;
  lastNews(): Promise<number>;
  /**
   * Reads comments that came, and then those that were read with other themes, at most so many; answers whether there
   * are more. Only what was read is found here and is news. A step is kept when it is done, so whoever is stopped goes on
   * from there.
   */
  index(most: number): Promise<boolean>;
}
