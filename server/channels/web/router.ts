import { type ErrorRequestHandler, type Request, type Response, Router, urlencoded } from 'express';
import type { Problem } from '#shared/contract/errors.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import { ratingId } from '#shared/core/rating-id.ts';
import { catalogueOf, isLanguage } from '#shared/messages/index.ts';
import { renderAccessibility } from './accessibility.ts';
import { assets } from './assets.ts';
import { renderExample } from './example.ts';
import { type Entry, languageOf, type Mistake, renderForm } from './form.ts';
import { renderPrivacy } from './privacy.ts';
import { commentFrom, gradeFrom, mistakesIn, textFrom } from './submission.ts';
import { renderThanks, type Ways } from './thanks.ts';
import { renderUnknown } from './unknown.ts';

export type Outcome =
  | { ok: true; comment?: string; again?: boolean }
  | { ok: false; problem: Problem; retryAfter?: number | undefined };

export interface WebDeps {
  formOf(touchpoint: string, language: string): Form | null;
  accept(input: unknown, request: Request): Promise<Outcome>;
  /** An addition to an earlier rating: who goes back and chooses again corrects the first answer. */
  amend?(id: string, addition: unknown): Promise<Outcome>;
  municipality(): string;
  ways?(): Ways;
}

/** Dutch for whoever reads Dutch at all: many a Dutch browser is set to English. */
function formFor(deps: WebDeps, request: Request, touchpoint: string, asked: unknown): Form | null {
  const form = deps.formOf(touchpoint, 'nl');
  if (!form) return null;
  const offered = form.languages.filter(isLanguage);
  const wanted = isLanguage(asked)
    ? asked
    : request.acceptsLanguages('nl') || request.acceptsLanguages(...offered);
  return wanted && wanted !== 'nl' ? deps.formOf(touchpoint, wanted) : form;
}

const send = (response: Response, status: number, page: string, caching = 'no-store') =>
  response
    .status(status)
    .set({ 'cache-control': caching, 'referrer-policy': 'same-origin' })
    .type('html')
    .send(page);

/** The ways in without JavaScript: the plain form, its thanks, and the pages that every form links to. */
export function webChannel(deps: WebDeps): Router {
  const router = Router();
  const unknown = (response: Response) => send(response, 404, renderUnknown(deps.municipality()));

  router.use('/assets-form', assets());
  router.get('/q/:touchpoint', (request, response) => {
    const query = request.url.split('?')[1];
    response.redirect(302, `/f/${encodeURIComponent(request.params.touchpoint)}${query ? `?${query}` : ''}`);
  });

  router.get('/f/:touchpoint', (request, response) => {
    const { language, grade, product } = request.query;
    const form = formFor(deps, request, request.params.touchpoint, language);
    if (!form) return unknown(response);
    const entry = { id: ratingId(), grade: gradeFrom(grade), product: textFrom(product, 100) };
    // Who goes back has to find the same id again: another choice then corrects the first.
    return send(response, 200, renderForm(form, entry), 'private, no-cache');
  });

  router.get('/f/:touchpoint/bedankt', (request, response) => {
    const form = formFor(deps, request, request.params.touchpoint, request.query.language);
    if (!form) return unknown(response);
    return send(response, 200, renderThanks(form, request.query.redacted === '1', deps.ways?.() ?? {}));
  });

  router.post('/f/:touchpoint', urlencoded({ extended: false, limit: '16kb' }), async (request, response) => {
    const fields: Record<string, unknown> = request.body ?? {};
    const form = formFor(deps, request, request.params.touchpoint, fields.language);
    if (!form) return unknown(response);
    const language = languageOf(form);
    const entry: Entry = {
      id: textFrom(fields.id, 36) ?? '',
      grade: gradeFrom(fields.grade),
      product: textFrom(fields.product, 100),
      comment: commentFrom(fields.comment),
    };
    let outcome = await deps.accept({ ...entry, touchpoint: form.touchpoint, language }, request);
    // Also who chooses as at first again: there may have been a correction in between.
    if (deps.amend && (outcome.ok ? outcome.again : outcome.problem.status === 409)) {
      outcome = await deps.amend(entry.id, { grade: entry.grade, comment: entry.comment });
    }
    if (outcome.ok) {
      const redacted = outcome.comment !== undefined && outcome.comment !== entry.comment;
      const query = new URLSearchParams({ language, ...(redacted && { redacted: '1' }) });
      return response.redirect(303, `/f/${form.touchpoint}/bedankt?${query}`);
    }
    const { problem, retryAfter } = outcome;
    const about = (field: string) => problem.errors.some(({ pointer }) => pointer.startsWith(field));
    const mistakes = mistakesIn(problem, entry, catalogueOf(language).page);
    if (about('/id')) entry.id = ratingId();
    if (about('/product')) entry.product = undefined;
    if (retryAfter !== undefined) response.set('retry-after', String(retryAfter));
    return send(response, problem.status, renderForm(form, entry, mistakes));
  });

  router.get('/widget-example', (request, response) => {
    const origin = `${request.protocol}://${request.get('host')}`;
    const touchpoint = textFrom(request.query.touchpoint, 63) ?? 'website';
    if (!deps.formOf(touchpoint, 'nl')) return unknown(response);
    return send(response, 200, renderExample(deps.municipality(), origin, touchpoint));
  });
  router.get('/privacy', (_request, response) => send(response, 200, renderPrivacy(deps.municipality())));
  router.get('/toegankelijkheid', (_request, response) =>
    send(response, 200, renderAccessibility(deps.municipality())),
  );

  router.use((_request, response) => void unknown(response));

  const tooLarge: ErrorRequestHandler = (error: { status?: number }, request, response, next) => {
    const form = error.status === 413 && formFor(deps, request, request.path.split('/')[2] ?? '', undefined);
    if (!form) return next(error);
    const mistake: Mistake = { field: 'comment', text: catalogueOf(form.language).page.commentTooLong };
    return send(response, 413, renderForm(form, { id: ratingId() }, [mistake]));
  };
  router.use('/', tooLarge);
  return router;
}
