import type { RequestHandler, Response, Router } from 'express';
import {
  CommentForwarding,
  CommentPatch,
  CommentsPatch,
  type CommentsPatched,
  CommentsQuery,
  commentsPerPage,
  type Improvement,
} from '#shared/contract/comments.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { Filters } from '#shared/contract/figures.ts';
import { limits } from '#shared/contract/limits.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import { lexiconOf } from '../storage/lexicon.ts';
import type { InboxRecord } from '../storage/port/inbox.ts';
import type { Store } from '../storage/port.ts';
import { reaches } from '../storage/reach.ts';
import type { References } from '../storage/reference.ts';
import { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { itemsOf } from './items.ts';
import { askComments, askImprovements } from './question.ts';
import { type QueueMail, threatMail } from './threat.ts';

export interface InboxOptions {
  store: Store;
  thread: ReadingThread;
  references: References;
  now: () => number;
  administration: RequestHandler;
  /** For lists: their filters are narrowed to what the account may see. */
  comments: RequestHandler;
  /** For single comments: here it is looked whether the account may see them. */
  checked: RequestHandler;
  queueMail: QueueMail;
  /** Called after a follow-up changed. */
  onChange: () => void;
  /** Resolves when what came until now can be found. */
  catchUp: () => Promise<unknown>;
}

/** What people wrote, and what staff did about it. */
export function inboxRoutes(options: InboxOptions): Router {
  const { store, thread, references, now, administration, comments, checked, queueMail, onChange } = options;
  const { catchUp } = options;
  const router = apiRouter();
  const itemOf = (record: InboxRecord) => itemsOf(store.settings(), references)(record);
  const gone = () => new ProblemError('not-found', 'There is no comment with this reference (any more).');
  const numberOf = (reference: string | undefined): number => {
    const number = references.numberOf(reference ?? '');
    if (number === null) throw gone();
    return number;
  };
  /** The comment, if there is one that this account may see. */
  const read = async (reference: unknown, response: Response): Promise<InboxRecord> => {
    const record = await store.inbox.get(numberOf(String(reference)));
    if (!record || !reaches(response.locals.reach, itemOf(record))) throw gone();
    return record;
  };
  const by = (response: Response) => ({ name: response.locals.principal.name as string, at: now() });
  const conflict = (record: InboxRecord) =>
    new ProblemError('edited-meanwhile', 'Somebody else changed the follow-up since. See `current`.', {
      current: itemOf(record),
    });

  router.get('/comments', comments, async (request, response) => {
    const { cursor, ...query } = parse(CommentsQuery, request.query);
    const today = dayOf(now());
    const { theme: _t, status: _s, kind: _k, q: _q, ...filters } = query;
    new Selection(store.settings(), filters, undefined, today);
    const [at = '', reference] = cursor ? [cursor.slice(0, -23), cursor.slice(-22)] : [];
    const after = cursor ? { at: Number(at), seq: numberOf(reference) } : null;
    if (!after) await catchUp();
    const { records, found } = await askComments(thread, { query, after, most: commentsPerPage + 1, today });
    const page = records.slice(0, commentsPerPage);
    const last = records.length > commentsPerPage ? page.at(-1)! : null;
    sendJson(response, 200, {
      items: page.map(itemsOf(store.settings(), references)),
      next: last && `${last.at}-${references.of(last.seq)}`,
      ...(found === null ? {} : { found }),
    });
  });

  router.get('/comments/:reference', checked, async (request, response) => {
    sendJson(response, 200, itemOf(await read(request.params.reference, response)));
  });

  router.patch('/comments/:reference', checked, async (request, response) => {
    const { version, ...change } = parse(CommentPatch, await readJson(request, limits.bodyBytes));
    const { seq } = await read(request.params.reference, response);
    const { changed, conflicts } = await store.inbox.followUp([{ seq, version }], change, by(response));
    onChange();
    if (conflicts[0]) throw conflict(conflicts[0]);
    if (!changed[0]) throw gone();
    sendJson(response, 200, itemOf(changed[0]));
  });

  router.patch('/comments', checked, async (request, response) => {
    const { items, change } = parse(CommentsPatch, await readJson(request, 4 * limits.bodyBytes));
    const named: { seq: number; version: number }[] = [];
    for (const { reference, version } of items)
      named.push({ seq: (await read(reference, response)).seq, version });
    const { changed, conflicts } = await store.inbox.followUp(named, change, by(response));
    onChange();
    sendJson(response, 200, {
      changed: changed.map(itemOf),
      conflicts: conflicts.map(itemOf),
    } satisfies CommentsPatched);
  });

  router.post('/comments/:reference/forwardings', checked, async (request, response) => {
    const settings = store.settings();
    const to = settings.aggressionAddress;
    if (to === null)
      throw new ProblemError('not-found', 'There is no address for threats: an administrator sets it.');
    const record = await read(request.params.reference, response);
    const { seq } = record;
    const who = by(response);
    if (!(await queueMail(threatMail(to, itemOf(record), settings, who.name))))
      throw new ProblemError('not-found', 'Klantpuls cannot send mail yet: an administrator sets that up.');
    // Sent, whatever a colleague changes at the same moment.
    for (let { version } = record.followUp; ; ) {
      const { changed, conflicts } = await store.inbox.followUp([{ seq, version }], { forwarded: true }, who);
      onChange();
      if (!conflicts[0]) return sendJson(response, 201, itemOf(changed[0] ?? record));
      version = conflicts[0].followUp.version;
    }
  });

  router.get('/improvements', comments, async (request, response) => {
    const filters = parse(Filters, request.query);
    const settings = store.settings();
    new Selection(settings, filters, undefined, dayOf(now()));
    const channelOf = new Map(settings.touchpoints.map(({ key, channel }) => [key, channel]));
    const placements = new Map(settings.placements.map(({ id, touchpoint }) => [id, touchpoint]));
    const found = await askImprovements(thread, filters, dayOf(now()));
    const items: Improvement[] = found.map((one) => ({
      done: one.done,
      lastDone: new Date(one.lastDone).toISOString(),
      comments: one.comments,
      channels: [...new Set(one.placements.map((id) => channelOf.get(placements.get(id)!)!))],
      themes: one.themes,
    }));
    sendJson(response, 200, { items });
  });

  router.get('/comment-themes', checked, (_request, response) => {
    const items = lexiconOf(store.settings().themes).lexicon.themes.map(({ key, label }) => ({ key, label }));
    const forwardingTo = store.settings().aggressionAddress;
    sendJson(response, 200, { items, forwardingTo });
  });

  router.put('/comment-forwarding', administration, async (request, response) => {
    const { forwardingTo } = parse(CommentForwarding, await readJson(request, limits.bodyBytes));
    await store.changeSettings({ aggressionAddress: forwardingTo });
    sendJson(response, 200, { forwardingTo });
  });

  return router;
}
