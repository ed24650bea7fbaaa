import type { SignalScope } from '#shared/contract/signals.ts';

/** An alarm; the reference as first and last day, times in milliseconds UTC. */
export interface NewSignal {
  scope: SignalScope;
  key: string;
  raisedAt: number;
  since: number;
  meanBefore: number;
  nBefore: number;
  meanSince: number;
  nSince: number;
  evidence: number;
  threshold: number;
  baseFrom: number;
  baseTo: number;
}
export interface SignalRecord extends NewSignal {
  id: number;
  /** When somebody said to have seen it. */
  acknowledgedAt: number | null;
  /** Not shown as new before this instant. */
  snoozedUntil: number | null;
  settledAt: number | null;
}
