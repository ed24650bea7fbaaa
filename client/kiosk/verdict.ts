import type { Rejected } from './database.ts';
import type { Waiting } from './outbox.ts';

/** What an answer to a batch means for the items in it. */
export type Verdict =
  | { kind: 'settle'; keys: number[]; refused: Rejected[] }
  /** The server named a time. */
  | { kind: 'wait'; seconds: number }
  /** Nothing is known of the items: keep them and try again later. */
  | { kind: 'retry' }
  | { kind: 'smaller' }
  /** This tablet may not send: keep everything until it is paired. */
  | { kind: 'stop' };

interface Result {
  id: string;
  status: string;
  errors?: { pointer: string; detail: string }[];
}
export interface Answer {
  status: number;
  retryAfter: string | null;
  body: unknown;
}

const isResult = (value: unknown): value is Result =>
  typeof value === 'object' && value !== null && 'id' in value && 'status' in value;

function resultsOf(body: unknown): unknown[] {
  const results = typeof body === 'object' && body !== null && 'results' in body ? body.results : undefined;
  return Array.isArray(results) ? results : [];
}

/** Seconds from a `Retry-After` of either form. */
export function secondsFrom(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

export function judge(sent: Waiting[], answer: Answer, now: number): Verdict {
  const { status, retryAfter, body } = answer;
  if (status === 401) return { kind: 'stop' };
  if (status === 413 && sent.length > 1) return { kind: 'smaller' };
  const seconds = secondsFrom(retryAfter, now);
  if (status !== 200) return seconds === undefined ? { kind: 'retry' } : { kind: 'wait', seconds };

  const results = resultsOf(body);
  const keys: number[] = [];
  const refused: Rejected[] = [];
  sent.forEach(({ key, item }, index) => {
    const result = results[index];
    if (!isResult(result) || result.id !== item.id) return;
    if (!['accepted', 'duplicate', 'rejected'].includes(result.status)) return;
    keys.push(key);
    if (result.status !== 'rejected') return;
    const reasons = (result.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`.trim());
    refused.push({ id: item.id, at: now, reasons });
  });
  return keys.length ? { kind: 'settle', keys, refused } : { kind: 'retry' };
}
