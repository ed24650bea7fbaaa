import { type ErrorRequestHandler, type Request, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import { formBody } from '../../http/body.ts';
import type { Settings } from '../../storage/port.ts';
import { renderAccessibility } from './accessibility.ts';
import { assets } from './assets.ts';
import { renderExample } from './example.ts';
import type { Outcome, ResidentPages } from './pages.ts';
import { renderPrivacy } from './privacy.ts';
import { textFrom } from './submission.ts';

export interface WebDeps {
  pages: ResidentPages;
  formOf(touchpoint: string, language: string): Form | null;
  accept(input: unknown, request: Request): Promise<Outcome>;
  formToken(touchpoint: string, id: string): string;
  amend(id: string, addition: unknown): Promise<Outcome>;
  settings(): Settings;
  /** The widget at an address that never changes; null before the pages were built. */
  pinnedWidget(): { path: string; integrity: string } | null;
}

/** The ways in without JavaScript: the plain form, its thanks, and the pages that every form links to. */
export function webChannel(deps: WebDeps): Router {
  const { pages, accept, amend } = deps;
  const { send, unknown } = pages;
  const router = Router();
  const pathOf = ({ touchpoint }: Form) => `/f/${touchpoint}`;

  router.use('/assets-form', assets());
  router.get('/q/:touchpoint', (request, response) => {
    const query = request.url.split('?')[1];
    response.redirect(302, `/f/${encodeURIComponent(request.params.touchpoint)}${query ? `?${query}` : ''}`);
  });

  router.get('/f/:touchpoint', (request, response) => {
    const form = pages.formFor(request, request.params.touchpoint, request.query.language);
    if (!form) return unknown(response);
    const formToken = (id: string) => deps.formToken(form.touchpoint, id);
    return pages.show(request, response, { form, path: pathOf(form), formToken });
  });

  router.get('/f/:touchpoint/bedankt', (request, response) => {
    const form = pages.formFor(request, request.params.touchpoint, request.query.language);
    return form ? pages.thanks(request, response, form, pathOf(form)) : unknown(response);
  });

  router.post('/f/:touchpoint', formBody, async (request: Request<{ touchpoint: string }>, response) => {
    const form = pages.formFor(request, request.params.touchpoint, request.body?.language);
    if (!form) return unknown(response);
    const place = { form, path: pathOf(form), amend, accept: (input: unknown) => accept(input, request) };
    return pages.take(request, response, place);
  });

  router.get('/widget-example', (request, response) => {
    const origin = `${request.protocol}://${request.get('host')}`;
    const touchpoint = textFrom(request.query.touchpoint, 63) ?? 'website';
    if (!deps.formOf(touchpoint, 'nl')) return unknown(response);
    const { municipality } = deps.settings();
    return send(response, 200, renderExample(municipality, origin, touchpoint, deps.pinnedWidget()));
  });
  router.get('/privacy', (_request, response) => send(response, 200, renderPrivacy(deps.settings())));
  router.get('/toegankelijkheid', (_request, response) =>
    send(response, 200, renderAccessibility(deps.settings())),
  );

  router.use((_request, response) => void unknown(response));

  const tooLarge: ErrorRequestHandler = (error, request, response, next) => {
    const large = error instanceof ProblemError && error.code === 'too-large';
    const form = large && pages.formFor(request, request.path.split('/')[2] ?? '', undefined);
    return form ? pages.tooLarge(response, form, pathOf(form)) : next(error);
  };
  router.use('/', tooLarge);
  return router;
}
