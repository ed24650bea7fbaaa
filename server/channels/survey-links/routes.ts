import { type RequestHandler, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { type SurveyLink, SurveyLinkChange, SurveyLinkId } from '#shared/contract/survey-links.ts';
import { readJson } from '../../http/body.ts';
import { parse } from '../../http/parse.ts';
import { sendJson } from '../../http/respond.ts';
import { apiRouter } from '../../http/router.ts';
import type { SurveyLinkStore } from '../../storage/port/survey-links.ts';
import type { Settings } from '../../storage/port.ts';

/** The form with the grade that was chosen: what an address of an earlier survey comes to. */
export function targetOf(link: SurveyLink, query: URLSearchParams): string {
  const rating = query.get('Q_RATINGID') ?? '';
  const grade = Object.keys(link.grades).length > 0 ? link.grades[rating] : Number(rating);
  const product = link.forms[query.get('Q_Formid') ?? ''] ?? link.product;
  const chosen = new URLSearchParams();
  if (grade !== undefined && Number.isInteger(grade) && grade >= 1 && grade <= 10)
    chosen.set('grade', String(grade));
  if (product !== null) chosen.set('product', product);
  return `/f/${encodeURIComponent(link.touchpoint)}${chosen.size > 0 ? `?${chosen}` : ''}`;
}

/**
 * Links of an earlier survey (`/theme/kf/<id>?Q_Formid=…&Q_RATINGID=…`) lead to the form of a touchpoint. Whoever opens
 * one, also a scanner of mail, changes nothing: the form is only filled in.
 */
export function surveyLinkPages(store: SurveyLinkStore): Router {
  const router = Router({ caseSensitive: true });
  router.get('/theme/kf/:id', async (request, response, next) => {
    const link = await store.find(request.params.id);
    if (!link) return next();
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    response
      .set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
      .redirect(302, targetOf(link, query));
  });
  return router;
}

export interface SurveyLinkOptions {
  store: SurveyLinkStore;
  settings: () => Settings;
  administration: RequestHandler;
}

/** Which address leads where: read and changed by administrators. */
export function surveyLinkRoutes({ store, settings, administration }: SurveyLinkOptions): Router {
  const router = apiRouter();
  router.get('/survey-links', administration, async (_request, response) => {
    sendJson(response, 200, { items: await store.all() });
  });

  router.put('/survey-links/:id', administration, async (request, response) => {
    const id = SurveyLinkId.safeParse(request.params.id);
    if (!id.success) throw new ProblemError('invalid-input', id.error.issues[0]!.message);
    const link = { id: id.data, ...parse(SurveyLinkChange, await readJson(request, limits.bodyBytes)) };
    const { touchpoints, products } = settings();
    const known = new Set(products.map(({ key }) => key));
    const wrong: [string, string][] = [];
    if (!touchpoints.some(({ key }) => key === link.touchpoint))
      wrong.push(['/touchpoint', 'This touchpoint does not exist.']);
    for (const [pointer, key] of [['/product', link.product], ...Object.entries(link.forms)])
      if (key !== null && !known.has(key!))
        wrong.push([pointer === '/product' ? pointer : `/forms/${pointer}`, 'This product does not exist.']);
    const errors = wrong.map(([pointer, detail]) => ({ pointer, code: 'unknown-value' as const, detail }));
    if (errors.length > 0) throw new ProblemError('invalid-input', errors[0]!.detail, { errors });
    await store.save(link);
    sendJson(response, 200, link);
  });

  router.delete('/survey-links/:id', administration, async (request, response) => {
    if (!(await store.remove(String(request.params.id))))
      throw new ProblemError('not-found', 'There is no link with this id.');
    response.status(204).end();
  });
  return router;
}
