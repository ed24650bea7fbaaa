import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import {
  DeliveryReport,
  type Invitation,
  InvitationBatch,
  type InvitationMade,
  InvitationRules,
  invitationsPerBatch,
  RatesQuery,
  type ResponseRate,
} from '#shared/contract/invitations.ts';
import { limits } from '#shared/contract/limits.ts';
import { RatingId } from '#shared/contract/rating.ts';
import { dayOfDate, startOfDay } from '#shared/core/calendar.ts';
import { readBody, readJson } from '../../http/body.ts';
import { parse } from '../../http/parse.ts';
import { reachOf } from '../../http/reach.ts';
import { sendJson } from '../../http/respond.ts';
import { apiRouter } from '../../http/router.ts';
import type { InvitationRecord, InvitationStore } from '../../storage/port/invitations.ts';
import type { MailStore } from '../../storage/port/mail.ts';
import type { Settings } from '../../storage/port.ts';
import { touchpointsWithin } from '../../storage/reach.ts';
import type { InvitationResult, Invite } from './invite.ts';
import { invitationFrom, isRegistration, OpenFormsQuery } from './open-forms.ts';
import { invitationRows } from './rows.ts';

export interface InvitationRouteOptions {
  store: InvitationStore;
  mail: Pick<MailStore, 'report'>;
  settings: () => Settings;
  invite: Invite;
  /** Where the pages are, as the person who is invited reaches them. */
  baseOf: (request: Request) => string;
  now: () => number;
  guard: {
    invite: RequestHandler;
    administration: RequestHandler;
    /** The response rates are held to the reach of the account here. */
    figures: RequestHandler;
  };
  /** What NotifyNL sends along with a report; null: reports are not taken. */
  callbackToken: string | null;
}

const made = (result: InvitationResult): InvitationMade => {
  if (result.ok) {
    const { ok: _, ...rest } = result;
    return rest;
  }
  const { errors } = result;
  const detail = errors.length === 1 ? errors[0]!.detail : `${errors.length} fields are not right.`;
  throw new ProblemError('invalid-input', detail, { errors });
};
const listed = (result: InvitationResult) =>
  result.ok ? made(result) : { id: result.id, status: 'rejected', errors: result.errors };

export function invitationRoutes(options: InvitationRouteOptions): Router {
  const { store, mail, settings, invite, baseOf, now, guard, callbackToken } = options;
  const router = apiRouter();

  router.post('/invitations', guard.invite, async (request, response) => {
    const [result] = await invite([await readJson(request, limits.bodyBytes)], baseOf(request));
    const body = made(result!);
    response.locals.object = body.id;
    sendJson(response, body.status === 'accepted' ? 201 : 200, body);
  });

  router.post('/invitations/batch', guard.invite, async (request, response) => {
    const base = baseOf(request);
    if (request.is('text/csv')) {
      const text = (await readBody(request, limits.batchBytes)).toString('utf8');
      const rows = invitationRows(text, request.query);
      if (rows.length > invitationsPerBatch)
        throw new ProblemError('too-large', `At most ${invitationsPerBatch} rows at a time.`);
      const results = await invite(
        rows.map(({ raw }) => raw),
        base,
      );
      return sendJson(response, 200, {
        results: results.map((result, place) => ({ line: rows[place]!.line, ...listed(result) })),
      });
    }
    const { invitations } = parse(InvitationBatch, await readJson(request, limits.batchBytes));
    sendJson(response, 200, { results: (await invite(invitations, base)).map(listed) });
  });

  router.post('/invitations/open-forms', guard.invite, async (request, response) => {
    const query = parse(OpenFormsQuery, request.query);
    const raw = await readJson(request, limits.batchBytes);
    if (!isRegistration(raw))
      throw new ProblemError('invalid-input', 'This is no registration of Open Forms: `values` is missing.');
    const [result] = await invite([invitationFrom(raw, query)], baseOf(request));
    sendJson(response, 201, made(result!));
  });

  // Before the ones with an id.
  router.get('/invitations/response-rates', guard.figures, async (request, response) => {
    const { from, to } = parse(RatesQuery, request.query);
    const start = (date: string | undefined, after: number) =>
      date === undefined ? null : startOfDay(dayOfDate(date) + after);
    const { products } = settings();
    const reach = reachOf(response);
    const own = reach && touchpointsWithin(settings(), reach).map(({ key }) => key);
    const rows = await store.rates(start(from, 0), start(to, 1), own);
    const items = rows.map(
      (row): ResponseRate => ({
        ...row,
        label: products.find(({ key }) => key === row.product)?.name ?? row.product ?? '',
        rate: row.reached === 0 ? null : row.answered / row.reached,
      }),
    );
    sendJson(response, 200, { items });
  });
  router.get('/invitations/rules', guard.administration, async (_request, response) =>
    sendJson(response, 200, await store.rules()),
  );
  router.put('/invitations/rules', guard.administration, async (request, response) => {
    const rules = parse(InvitationRules, await readJson(request, limits.bodyBytes));
    await store.setRules(rules);
    sendJson(response, 200, rules);
  });

  router.post('/invitations/delivery-reports', async (request, response) => {
    if (callbackToken === null)
      throw new ProblemError('not-found', 'Reports are taken when NOTIFY_CALLBACK_TOKEN is set.');
    const [, given = ''] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const [is, wanted] = [given, callbackToken].map((text) => Buffer.from(text));
    if (is!.length !== wanted!.length || !timingSafeEqual(is!, wanted!))
      throw new ProblemError(
        'not-signed-in',
        'The token of NotifyNL is not the one in NOTIFY_CALLBACK_TOKEN.',
      );
    const report = parse(DeliveryReport, await readJson(request, limits.bodyBytes));
    const state = report.status === 'delivered' ? 'delivered' : 'bounced';
    if (report.status === 'delivered' || report.status.endsWith('failure'))
      await mail.report(report.id, state, state === 'bounced' ? report.status : null, now());
    response.status(204).end();
  });

  router.get('/invitations/:id', guard.invite, async (request, response) => {
    const id = RatingId.safeParse(request.params.id);
    const found = id.success ? await store.find({ id: id.data }) : null;
    if (!found) throw new ProblemError('not-found', 'There is no invitation with this id.');
    sendJson(response, 200, view(found));
  });
  return router;
}

function view({
  token: _,
  delivery,
  createdAt,
  expiresAt,
  answeredAt,
  ...rest
}: InvitationRecord): Invitation {
  return {
    ...rest,
    delivery: delivery ?? 'link',
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    answeredAt: answeredAt === null ? null : new Date(answeredAt).toISOString(),
  };
}
