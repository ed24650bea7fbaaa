import type { CommentItem } from '#shared/contract/comments.ts';
import type { Store } from '../storage/port.ts';
import type { References } from '../storage/reference.ts';
import { itemsOf } from './items.ts';

export type Announce = (
  news: { comment: CommentItem } | { changed: CommentItem } | { gone: string },
) => Promise<void>;

/** At least this long between two looks, in milliseconds. */
const pace = 100;
const perLook = 200;

/**
 * Tells managers what came, changed or went, whichever process wrote it: after a commit it looks what is new since the
 * last time.
 */
export function tellNews(options: {
  store: Store;
  references: References;
  announce: Announce;
  /** Whether anybody hears it. */
  isHeard: () => boolean;
  log: (error: unknown) => void;
}): { soon(): void; close(): void } {
  const { store, references, announce, isHeard, log } = options;
  let last: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> = store.inbox.lastNews().then(
    (number) => {
      last = number;
    },
    (error) => log(error),
  );

  async function look(): Promise<void> {
    timer = null;
    if (last === null || !isHeard()) {
      last = await store.inbox.lastNews();
      return;
    }
    const news = await store.inbox.news(last, perLook);
    if (news.length === 0) return;
    const itemOf = itemsOf(store.settings(), references);
    for (const { seq, what, number } of news) {
      last = number;
      if (what === 'gone') {
        await announce({ gone: references.of(seq) });
        continue;
      }
      const record = await store.inbox.get(seq);
      if (record) await announce(what === 'new' ? { comment: itemOf(record) } : { changed: itemOf(record) });
    }
    if (news.length === perLook) schedule();
  }
  function schedule(): void {
    timer ??= setTimeout(() => {
      working = working.then(look).catch(log);
    }, pace);
  }
  const unlisten = store.onChange(schedule);
  return {
    /** A follow-up of this process is announced by nobody else. */
    soon: schedule,
    close() {
      unlisten();
      if (timer) clearTimeout(timer);
    },
  };
}
