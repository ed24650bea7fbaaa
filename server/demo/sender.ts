import { setTimeout as pause } from 'node:timers/promises';

export interface Sender {
  /** True when the server has it; false when it refused it for good, or when it is time to stop. */
  send(method: 'POST' | 'PATCH', path: string, body: unknown, token?: string): Promise<boolean>;
}

const patience = 10_000;
const pauseAfterFailure = 5_000;

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, section 10.2.3). */
export function retryAfter(header: string | null, now: number): number {
  if (header === null) return pauseAfterFailure;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? pauseAfterFailure : Math.max(0, wait);
}

/**
 * Sends until it is answered: the same rating with the same id again after a lost answer, later when the server asks
 * for that. Every kind of trouble is reported once.
 */
export function sender(options: {
  url: string;
  signal: AbortSignal;
  report: (line: string) => void;
}): Sender {
  const { url, signal, report } = options;
  const reported = new Set<string>();
  const reportOnce = (line: string) => {
    if (!reported.has(line)) report(line);
    reported.add(line);
  };
  const rest = (milliseconds: number) => pause(milliseconds, undefined, { signal }).catch(() => {});

  async function attempt(
    method: string,
    path: string,
    body: unknown,
    token?: string,
  ): Promise<boolean | 'again'> {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    const text = await response.text();
    if (response.ok) return true;
    if (response.status === 429 || response.status === 503) {
      await rest(retryAfter(response.headers.get('retry-after'), Date.now()));
      return 'again';
    }
    reportOnce(
      `the server answered ${response.status} to ${method} ${path.replace(/[0-9a-f-]{36}$/, '…')}: ${text}`,
    );
    return false;
  }

  return {
    async send(method, path, body, token) {
      while (!signal.aborted) {
        try {
          const done = await attempt(method, path, body, token);
          if (done !== 'again') return done;
        } catch (error) {
          if (signal.aborted) return false;
          reportOnce(`the server does not answer: ${error instanceof Error ? error.message : error}`);
          await rest(pauseAfterFailure);
        }
      }
      return false;
    },
  };
}
