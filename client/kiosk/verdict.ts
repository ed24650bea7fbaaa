import type { Rejected } from './database.ts';
import type { Waiting } from './outbox.ts';

/** What an answer to a batch means for the items in it. */
export type Verdict =
  /** `stop`: the rest waits until this tablet is paired. */
  | { kind: 'settle'; keys: number[]; refused: Rejected[]; stop: boolean }
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

/**
 * Without a token a touchpoint that got a paired tablet refuses; those ratings, and what was added to them, are kept
 * for when this tablet is paired as well.
 */
function keptForPairing(sent: Waiting[], results: unknown[]): Set<string> {
  const ids = sent.flatMap(({ item }, index) => {
    const result = results[index];
    const refused = isResult(result) && result.status === 'rejected' && !('addition' in item);
    return refused && result.errors?.some(({ pointer }) => pointer === '/touchpoint') ? [item.id] : [];
  });
  return new Set(ids);
}

export function judge(sent: Waiting[], answer: Answer, now: number, paired: boolean): Verdict {
  const { status, retryAfter, body } = answer;
  if (status === 401) return { kind: 'stop' };
  if (status === 413 && sent.length > 1) return { kind: 'smaller' };
  const seconds = secondsFrom(retryAfter, now);
  if (status !== 200) return seconds === undefined ? { kind: 'retry' } : { kind: 'wait', seconds };

  const results = resultsOf(body);
  const kept = paired ? new Set<string>() : keptForPairing(sent, results);
  const keys: number[] = [];
  const refused: Rejected[] = [];
  sent.forEach(({ key, item }, index) => {
    const result = results[index];
    if (!isResult(result) || result.id !== item.id) return;
    if (!['accepted', 'duplicate', 'rejected'].includes(result.status)) return;
    if (result.status === 'rejected' && kept.has(item.id)) return;
    keys.push(key);
    if (result.status !== 'rejected') return;
    const reasons = (result.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`.trim());
    refused.push({ id: item.id, at: now, reasons });
  });
  if (keys.length > 0) return { kind: 'settle', keys, refused, stop: kept.size > 0 };
  return { kind: kept.size > 0 ? 'stop' : 'retry' };
}
