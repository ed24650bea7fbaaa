import type { LineSettings } from '#shared/contract/telephony.ts';

/** A line's settings with its secret, which is sealed before it comes here. */
export interface LineRecord extends LineSettings {
  touchpoint: string;
  sealedSecret: Buffer | null;
}

/** A call by its keyed hash (a UUID, which its rating has as well); nothing here tells who called. */
export interface CallKey {
  call: string;
  touchpoint: string;
  /** Whether it counts; a call that only tries a line does not. */
  counts: boolean;
  /** Milliseconds UTC; the day on which it counts. */
  at: number;
}

export interface CallState {
  /** What each step of the call came to, by its name, in the order in which they came. */
  turns: Record<string, unknown>;
  /** What was given to the ratings last. */
  rating: unknown;
}

export interface CallCount {
  touchpoint: string;
  offers: number;
  calls: number;
  rated: number;
  brokenOff: number;
}

/** Telephone lines, and calls while they last: a week after its beginning a call is forgotten. */
export interface PhoneStore {
  lines(): Promise<LineRecord[]>;
  saveLine(line: LineRecord): Promise<void>;

  /** Null for a call that nothing was heard of. */
  callOf(call: string): Promise<CallState | null>;
  /** Keeps what a step came to, unless that step was kept before: the first one stays. The whole call as it is then. */
  keepTurn(key: CallKey, name: string, content: unknown, last: boolean): Promise<CallState>;
  /** What was given to the ratings; the first time counts the call as rated. */
  keepRating(key: CallKey, rating: unknown): Promise<void>;
  /** The caller or the line hung up; before its last step the call was broken off. An unknown call is none. */
  endCall(call: string, at: number): Promise<void>;
  /** False when this offer was counted before. */
  keepOffer(key: CallKey): Promise<boolean>;
  /** Sums over days since 1970-01-01 in Amsterdam, both inclusive; null is all. */
  callCounts(from: number | null, to: number | null): Promise<CallCount[]>;
}
