import type { Router } from 'express';
import type { Guard } from '../access/guard.ts';
import { keepIndexed } from '../inbox/indexing.ts';
import { tellNews } from '../inbox/news.ts';
import { inboxRoutes } from '../inbox/routes.ts';
import type { Live } from '../live/sockets.ts';
import type { Store } from '../storage/port.ts';
import type { References } from '../storage/reference.ts';
import type { ReadingThread } from '../storage/thread.ts';
import type { QueueMail } from './outgoing.ts';

export interface InboxWiring {
  store: Store;
  thread: ReadingThread;
  references: References;
  guard: Guard;
  live: Live;
  now: () => number;
  queueMail: QueueMail;
  logError: (error: unknown) => void;
}

/** What people wrote: found, followed up, and told live. */
export function inbox(options: InboxWiring): { routes: Router; close(): Promise<void> } {
  const { store, references, guard, live, logError } = options;
  const { announce, isHeard } = live;
  const news = tellNews({ store, references, announce, isHeard, log: logError });
  const indexing = keepIndexed(store, { onRead: () => news.soon(), log: logError });
  return {
    routes: inboxRoutes({
      ...options,
      administration: guard.needs('administration'),
      comments: guard.needs('comments'),
      checked: guard.needs('comments', { reach: 'checked' }),
      onChange: () => news.soon(),
      catchUp: () => indexing.now(),
    }),
    async close() {
      news.close();
      await indexing.close();
    },
  };
}
