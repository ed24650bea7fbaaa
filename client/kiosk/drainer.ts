import { oldest, settle } from './outbox.ts';
import { type Answer, judge } from './verdict.ts';

export type Connection = 'fine' | 'offline' | 'busy' | 'unpaired';
export interface Sending {
  connection: Connection;
  lastSent: number | undefined;
}

const batchSize = 100;
const longestPause = 300;
const patience = 20_000;
/** How long a tablet that may not send waits before it asks again by itself. */
const unpairedPause = 3_600;

/** One tablet may have several pages open; only one of them sends. */
const alone = (work: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request('klantpuls-outbox', work) : work();

async function post(items: unknown[], token: string | undefined): Promise<Answer> {
  const response = await fetch('/api/v1/ratings/batch', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ sentAt: new Date().toISOString(), ratings: items }),
    signal: AbortSignal.timeout(patience),
  });
  const body: unknown = await response.json().catch(() => undefined);
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
}

/** Sends what waits, oldest first, and goes on until all of it was answered for. */
export function createDrainer(
  { token: tokenNow, maySend }: { token(): string | undefined; maySend(): boolean },
  changed: (sending: Sending) => void,
  /** The server will not take what waits from this tablet, with the token that was used. */
  refused: (token: string | undefined) => void,
) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let notBefore = 0;
  let failures = 0;
  let size = batchSize;
  let running = false;
  let again = false;
  const sending: Sending = { connection: 'fine', lastSent: undefined };

  const become = (connection: Connection) => {
    sending.connection = connection;
    changed(sending);
  };
  const later = (seconds: number, named: boolean) => {
    if (named) notBefore = Date.now() + seconds * 1000;
    clearTimeout(timer);
    timer = setTimeout(wake, seconds * 1000);
  };
  const retry = (connection: Connection) => {
    become(connection);
    later(Math.min(longestPause, 2 ** ++failures) * (0.5 + Math.random() / 2), false);
  };

  const halt = (token: string | undefined): false => {
    become('unpaired');
    later(unpairedPause, true);
    refused(token);
    return false;
  };

  /** Whether to go on with the next batch at once. */
  async function sendOne(): Promise<boolean> {
    const batch = await oldest(size);
    if (batch.length === 0) return false;
    if (!maySend()) {
      become('unpaired');
      return false;
    }
    const token = tokenNow();
    const answer = await post(
      batch.map(({ item }) => item),
      token,
    ).catch(() => undefined);
    if (!answer) {
      retry('offline');
      return false;
    }
    const verdict = judge(batch, answer, Date.now(), token !== undefined);
    switch (verdict.kind) {
      case 'settle':
        await settle(verdict.keys, verdict.refused);
        failures = 0;
        size = batchSize;
        sending.lastSent = Date.now();
        if (verdict.stop) return halt(token);
        become('fine');
        return true;
      case 'smaller':
        size = Math.ceil(batch.length / 2);
        return true;
      case 'wait':
        become('busy');
        later(Math.max(1, verdict.seconds), true);
        return false;
      case 'stop':
        return halt(token);
      case 'retry':
        retry('busy');
        return false;
    }
  }

  async function run(): Promise<void> {
    do {
      again = false;
      await alone(async () => {
        while (await sendOne());
      });
    } while (again);
  }

  function wake(): void {
    again = true;
    if (running || Date.now() < notBefore) return;
    running = true;
    clearTimeout(timer);
    run()
      .catch(() => retry('busy'))
      .finally(() => {
        running = false;
      });
  }

  /** For whoever mended it; the time that a server named still counts. */
  function tryNow(): void {
    if (sending.connection === 'unpaired') notBefore = 0;
    wake();
  }

  addEventListener('online', tryNow);
  setInterval(wake, 60_000);
  return { wake, tryNow, sending };
}
export type Drainer = ReturnType<typeof createDrainer>;
