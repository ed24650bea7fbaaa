import type { Request, Response } from 'express';
import type { Problem } from '#shared/contract/errors.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import { RatingId } from '#shared/contract/rating.ts';
import { ratingId } from '#shared/core/rating-id.ts';
import { catalogueOf, isLanguage, type Language } from '#shared/messages/index.ts';
import { type Entry, languageOf, renderForm } from './form.ts';
import { html } from './html.ts';
import { renderPage } from './page.ts';
import { answersFrom, commentFrom, gradeFrom, mistakesIn, smileyFrom, textFrom } from './submission.ts';
import { renderThanks, type Ways } from './thanks.ts';
import { renderUnknown } from './unknown.ts';

export type Outcome =
  | { ok: true; comment?: string; again?: boolean }
  | { ok: false; problem: Problem; retryAfter?: number | undefined };

export interface PageDeps {
  formOf(touchpoint: string, language: string): Form | null;
  municipality(): string;
  ways?(): Ways;
}

/** A form at an address of its own. */
export interface Place {
  form: Form;
  /** Where it is, and where it posts to. */
  path: string;
  /** What counts whatever the page sends: one answer, to one question. */
  fixed?: { id: string; product: string | null };
  accept(input: unknown): Promise<Outcome>;
  /** Proves later that this page was asked for. */
  formToken?(id: string): string | undefined;
  /** An addition to an earlier rating: who goes back and chooses again corrects the first answer. */
  amend?(id: string, addition: unknown): Promise<Outcome>;
}

/** Words alone, with at most one button. */
export interface Notice {
  title: string;
  text: string;
  language: Language;
  button?: { label: string; action: string };
}

export type ResidentPages = ReturnType<typeof residentPages>;

/** What residents see without JavaScript: the plain form at any address, its thanks, and words. */
export function residentPages(deps: PageDeps) {
  const send = (response: Response, status: number, page: string, caching = 'no-store') =>
    response
      .status(status)
      .set({ 'cache-control': caching, 'referrer-policy': 'same-origin' })
      .type('html')
      .send(page);

  return {
    send,
    unknown: (response: Response) => send(response, 404, renderUnknown(deps.municipality())),

    /** Dutch for whoever reads Dutch at all: many a Dutch browser is set to English. */
    formFor(request: Request, touchpoint: string, asked: unknown): Form | null {
      const form = deps.formOf(touchpoint, 'nl');
      if (!form) return null;
      const offered = form.languages.filter(isLanguage);
      const wanted = isLanguage(asked)
        ? asked
        : request.acceptsLanguages('nl') || request.acceptsLanguages(...offered);
      return wanted && wanted !== 'nl' ? deps.formOf(touchpoint, wanted) : form;
    },

    show(request: Request, response: Response, { form, path, fixed, formToken }: Omit<Place, 'accept'>) {
      const { grade, smiley, product, rating } = request.query;
      // Who changes an answer comes back with its id.
      const id = fixed?.id ?? RatingId.safeParse(rating).data ?? ratingId();
      const entry = {
        id,
        grade: gradeFrom(grade),
        smiley: smileyFrom(smiley),
        formToken: formToken?.(id),
        product: fixed ? undefined : textFrom(product, 100),
      };
      // Who goes back has to find the same id again: another choice then corrects the first.
      return send(response, 200, renderForm(form, entry, [], path), 'private, no-cache');
    },

    async take(request: Request, response: Response, { form, path, fixed, accept, amend }: Place) {
      const fields: Record<string, unknown> = request.body ?? {};
      const language = languageOf(form);
      const entry: Entry = {
        id: fixed?.id ?? textFrom(fields.id, 36) ?? '',
        ...(form.scale === 'smiley'
          ? { smiley: smileyFrom(fields.smiley) }
          : { grade: gradeFrom(fields.grade) }),
        formToken: textFrom(fields.formToken, 500),
        product: fixed ? (fixed.product ?? undefined) : textFrom(fields.product, 100),
        comment: commentFrom(fields.comment),
      };
      const { grade, smiley, comment } = entry;
      const answers = answersFrom(form, entry, fields);
      if (Object.keys(answers).length > 0) entry.answers = answers;
      const version = Number(textFrom(fields.form, 9)) || undefined;
      let outcome = await accept({ ...entry, touchpoint: form.touchpoint, language, form: version });
      // Also who chooses as at first again: there may have been a correction in between.
      if (amend && (outcome.ok ? outcome.again : outcome.problem.status === 409))
        outcome = await amend(entry.id, { grade, smiley, comment, answers: entry.answers });
      if (outcome.ok) {
        const redacted = outcome.comment !== undefined && outcome.comment !== entry.comment;
        const query = new URLSearchParams({ language, ...(redacted && { redacted: '1' }) });
        if (amend) query.set('rating', entry.id);
        if (amend) query.set(smiley === undefined ? 'grade' : 'smiley', String(smiley ?? grade));
        return response.redirect(303, `${path}/bedankt?${query}`);
      }
      const { problem, retryAfter } = outcome;
      const about = (field: string) => problem.errors.some(({ pointer }) => pointer.startsWith(field));
      const mistakes = mistakesIn(problem, form, entry, catalogueOf(language).page);
      if (about('/id')) entry.id = ratingId();
      if (fixed || about('/product')) entry.product = undefined;
      if (retryAfter !== undefined) response.set('retry-after', String(retryAfter));
      return send(response, problem.status, renderForm(form, entry, mistakes, path));
    },

    /** `path`: of the form, for whoever chose the wrong grade. */
    thanks(request: Request, response: Response, form: Form, path?: string) {
      const { redacted, rating, grade, smiley } = request.query;
      const id = RatingId.safeParse(rating).data;
      const again = { language: form.language, rating, grade, smiley };
      const known = Object.entries(again).filter(
        (one): one is [string, string] => typeof one[1] === 'string',
      );
      const change = path && id ? `${path}?${new URLSearchParams(known)}` : undefined;
      return send(response, 200, renderThanks(form, redacted === '1', deps.ways?.() ?? {}, change));
    },

    tooLarge(response: Response, form: Form, path: string) {
      const text = catalogueOf(form.language).page.commentTooLong;
      return send(response, 413, renderForm(form, { id: ratingId() }, [{ field: 'comment', text }], path));
    },

    notice(response: Response, status: number, { title, text, language, button }: Notice) {
      const main = html`<h1>${title}</h1>
        <p class="lead">${text}</p>
        ${button && html`<form method="post" action="${button.action}"><button>${button.label}</button></form>`}`;
      return send(response, status, renderPage({ title, language, municipality: deps.municipality(), main }));
    },
  };
}
