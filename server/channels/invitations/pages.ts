import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import { isLanguage, type Language } from '#shared/messages/index.ts';
import { invitationPages as texts } from '#shared/messages/invitations.ts';
import { formBody } from '../../http/body.ts';
import type { InvitationRecord, InvitationStore } from '../../storage/port/invitations.ts';
import type { Links } from './links.ts';

const day = 86_400_000;
/** So long an answer can be changed, in milliseconds. */
export const changeWindow = day;

/** What the plain pages of residents can do. */
export interface Pages<Outcome> {
  unknown(response: Response): unknown;
  formFor(request: Request, touchpoint: string, language: unknown): Form | null;
  show(request: Request, response: Response, place: { form: Form; path: string; fixed: Fixed }): unknown;
  take(
    request: Request,
    response: Response,
    place: {
      form: Form;
      path: string;
      fixed: Fixed;
      accept(input: unknown): Promise<Outcome>;
      amend(id: string, addition: unknown): Promise<Outcome>;
    },
  ): unknown;
  thanks(request: Request, response: Response, form: Form): unknown;
  tooLarge(response: Response, form: Form, path: string): unknown;
  notice(
    response: Response,
    status: number,
    notice: { title: string; text: string; language: Language; button?: { label: string; action: string } },
  ): unknown;
}
interface Fixed {
  id: string;
  product: string | null;
}

export interface InvitationPageOptions<Outcome> {
  store: InvitationStore;
  links: Links;
  pages: Pages<Outcome>;
  now: () => number;
  /** Keeps a rating by the one way in, then tells when it was received. */
  accept(
    request: Request,
    input: unknown,
    touchpoint: string,
    received: (at: number) => Promise<void>,
  ): Promise<Outcome>;
  amend(
    id: string,
    addition: unknown,
    touchpoint: string,
    received: (at: number) => Promise<void>,
  ): Promise<Outcome>;
}

/**
 * What a link leads to. Mail scanners open every link of a mail and run its scripts: reading writes nothing, only the
 * pressed button does.
 */
export function invitationPages<Outcome>(options: InvitationPageOptions<Outcome>): Router {
  const { store, links, pages, now, accept, amend } = options;
  const router = Router({ strict: true, caseSensitive: true });

  /** The link is a secret: no copy of it is kept, told to another page, or found by a search engine. */
  router.use(['/i', '/afmelden'], (_request, response, next) => {
    const { setHeader } = response;
    const always: Record<string, string> = {
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    };
    response.setHeader = function (name, value) {
      return setHeader.call(this, name, always[name.toLowerCase()] ?? value);
    };
    for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
    next();
  });

  const invitationOf = async (request: Request): Promise<InvitationRecord | null> => {
    const token = links.invitation.read(String(request.params.token));
    const found = await store.find({ token: token ?? Buffer.alloc(16) });
    return token && found;
  };
  const isClosed = ({ answeredAt, expiresAt }: InvitationRecord) =>
    answeredAt === null ? now() >= expiresAt : now() - answeredAt >= changeWindow;
  const languageOf = (request: Request, otherwise = 'nl'): Language => {
    const { language } = request.query;
    return isLanguage(language) ? language : isLanguage(otherwise) ? otherwise : 'nl';
  };
  const closed = (request: Request, response: Response, { language }: InvitationRecord) => {
    const spoken = languageOf(request, language);
    const { closedTitle: title, closedText: text } = texts[spoken];
    return pages.notice(response, 410, { title, text, language: spoken });
  };

  /** An invitation that is there, with its form. */
  const withForm =
    (
      answer: (
        request: Request,
        response: Response,
        found: { invitation: InvitationRecord; form: Form; path: string; fixed: Fixed },
      ) => unknown,
    ) =>
    async (request: Request, response: Response) => {
      const invitation = await invitationOf(request);
      const asked = request.body?.language ?? request.query.language ?? invitation?.language;
      const form = invitation && pages.formFor(request, invitation.touchpoint, asked);
      if (!form) return pages.unknown(response);
      const fixed = { id: links.ratingOf(invitation.token), product: invitation.product };
      return answer(request, response, { invitation, form, path: `/i/${request.params.token}`, fixed });
    };

  router.get(
    '/i/:token',
    withForm((request, response, { invitation, form, path, fixed }) =>
      isClosed(invitation)
        ? closed(request, response, invitation)
        : pages.show(request, response, { form, path, fixed }),
    ),
  );
  router.get(
    '/i/:token/bedankt',
    withForm((request, response, { form }) => pages.thanks(request, response, form)),
  );
  router.post(
    '/i/:token',
    formBody,
    withForm((request, response, { invitation, form, path, fixed }) => {
      if (isClosed(invitation)) return closed(request, response, invitation);
      const received = (at: number) => store.answered(invitation.token, at);
      return pages.take(request, response, {
        ...{ form, path, fixed },
        accept: (input) => accept(request, input, form.touchpoint, received),
        amend: (id, addition) => amend(id, addition, form.touchpoint, received),
      });
    }),
  );

  router.get('/afmelden/:token', (request, response) => {
    if (!links.unsubscribe.read(request.params.token)) return pages.unknown(response);
    const language = languageOf(request);
    const { leaveTitle: title, leaveText: text, leave: label } = texts[language];
    return pages.notice(response, 200, {
      title,
      text,
      language,
      button: { label, action: request.originalUrl },
    });
  });
  // The button, and the one press of a mail program (RFC 8058), which sends no cookie and follows no link.
  router.post('/afmelden/:token', async (request, response) => {
    const address = links.unsubscribe.read(request.params.token);
    if (!address) return pages.unknown(response);
    await store.unsubscribe(address, now());
    const language = languageOf(request);
    const { leftTitle: title, leftText: text } = texts[language];
    return pages.notice(response, 200, { title, text, language });
  });

  const tooLarge: ErrorRequestHandler = async (error, request, response, next) => {
    const token = /^\/i\/([^/]+)$/.exec(request.path)?.[1] ?? '';
    const read = links.invitation.read(token);
    const large = error instanceof ProblemError && error.code === 'too-large';
    const invitation = large && read && (await store.find({ token: read }));
    const form = invitation && pages.formFor(request, invitation.touchpoint, invitation.language);
    return form ? pages.tooLarge(response, form, `/i/${token}`) : next(error);
  };
  router.use('/', tooLarge);
  return router;
}
