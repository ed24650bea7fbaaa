import type { Answers } from '#shared/contract/rating.ts';

export interface Content {
  grade?: number;
  smiley?: number;
  answers?: Answers;
  comment?: string;
}
export interface Report {
  /** The server has it; `comment` is what it stored of the text. */
  sent(content: Content, comment: string | undefined): void;
  /** It will be tried again. */
  waiting(): void;
  /** It will not be tried again; the status says why. */
  failed(status: number): void;
}

const longestWait = 60;
const common = () => ({ keepalive: true, signal: AbortSignal.timeout(20_000) });

/** Until the time is over or, unless the server named the time, the network is back or the page is left. */
const pause = (seconds: number, named: boolean) =>
  new Promise<void>((resolve) => {
    const over = new AbortController();
    const go = () => {
      over.abort();
      resolve();
    };
    setTimeout(go, seconds * 1000);
    if (!named) for (const event of ['online', 'pagehide']) addEventListener(event, go, over);
  });

/**
 * Delivers one rating, whose `id` stands in `context`: the first content as a POST that is repeated unchanged until it is answered, everything after
 * that as additions to the same id. What comes while a request is under way waits for its answer.
 */
export function delivery(ratings: string, context: Record<string, unknown>, report: Report) {
  let first: Content | undefined;
  let stored = false;
  let wanted: Content = {};
  let running = false;

  const send = (content: Content) =>
    stored
      ? fetch(`${ratings}/${context.id}`, {
          ...common(),
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(content),
        })
      : // Text needs no preflight, so the grade is under way at once.
        fetch(ratings, {
          method: 'POST',
          keepalive: true,
          body: JSON.stringify({ ...context, ...content }),
        });

  async function run(): Promise<void> {
    for (let attempt = 0; !stored || Object.keys(wanted).length; ) {
      let content = wanted;
      if (!stored) content = first ??= wanted;
      if (stored || content === wanted) wanted = {};
      const response = await send(content).catch(() => undefined);
      const status = response?.status ?? 0;
      if (response?.ok) {
        const answer: { comment?: string } = await response.json().catch(() => ({}));
        stored = true;
        attempt = 0;
        report.sent(content, answer.comment);
      } else if (!status || status === 429 || status >= 500) {
        if (stored) wanted = { ...content, ...wanted };
        report.waiting();
        const named = Number(response?.headers.get('retry-after'));
        await pause(named || Math.min(longestWait, 2 ** attempt++) * (1 + Math.random()), named > 0);
      } else {
        wanted = {};
        report.failed(status);
        return;
      }
    }
  }

  return (content: Content): void => {
    wanted = { ...wanted, ...content };
    if (running) return;
    running = true;
    run().finally(() => {
      running = false;
    });
  };
}
