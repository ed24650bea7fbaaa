import type { Router } from 'express';
import { dayOf } from '#shared/core/calendar.ts';
import type { Guard } from '../access/guard.ts';
import { signalOf } from '../insight/signals/routes.ts';
import { Notifier, type NotifierOptions } from '../notices/notifier.ts';
import { noticeRoutes } from '../notices/routes.ts';
import { summary } from '../reports/question.ts';
import type { Store } from '../storage/port.ts';
import type { ReadingThread } from '../storage/thread.ts';

export interface NoticesWiring
  extends Pick<NotifierOptions, 'publicUrl' | 'seal' | 'wake' | 'canMail' | 'now'> {
  store: Store;
  thread: ReadingThread;
  guard: Guard;
  logError: (error: unknown) => void;
}

/** Signals and the week by e-mail, for managers who asked for it. */
export function notices({ store, thread, guard, logError, ...options }: NoticesWiring): {
  routes: Router;
  look: () => void;
  close(): Promise<void>;
} {
  const { now, canMail } = options;
  const notifier = new Notifier({
    ...options,
    store,
    summary: (filters) => summary(thread, { filters, by: 'channel', today: dayOf(now()) }),
    signalOf: (record) => signalOf(record, store.settings(), dayOf(now())),
    failed: logError,
  });
  return {
    routes: noticeRoutes({ store: store.mailWishes, notifier, canMail, ownSession: guard.ownSession }),
    look: () => void notifier.look(),
    close: () => notifier.close(),
  };
}
