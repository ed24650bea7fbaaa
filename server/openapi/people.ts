import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  linkPurposes,
  NewToken,
  NewUser,
  SecondFactor,
  SecondFactorChange,
  SentLink,
  StaffSession,
  Token,
  User,
  UserChange,
} from '#shared/contract/access.ts';
import { DigestQuery, Letter, MailWishes, MailWishesAnswer } from '#shared/contract/mail-wishes.ts';
import { failures, json, list, needs } from './parts.ts';

const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const done = { description: 'Done' };
const there = { description: 'Go there' };
const byId = { path: z.object({ id: z.string() }) };
const proof = body(z.object({ password: z.string() }));
const codes = z.object({ recoveryCodes: z.array(z.string()) });
const administration = needs('administration');

export const peoplePaths: ZodOpenApiPathsObject = {
  '/sign-on': {
    get: {
      operationId: 'beginSignOn',
      summary: 'Sign in through the identity provider of the municipality',
      ...needs('anybody'),
      responses: { '302': there, ...failures(404, 429) },
    },
  },
  '/sign-on/callback': {
    get: {
      operationId: 'finishSignOn',
      summary: 'Where the identity provider sends the browser back to',
      ...needs('anybody'),
      responses: { '302': there, ...failures(404, 429) },
    },
  },
  '/link-openings': {
    post: {
      operationId: 'openLink',
      summary: 'Whose a one-time link is',
      ...needs('anybody'),
      requestBody: body(z.object({ token: z.string() })),
      responses: {
        '200': json(
          z.object({ name: z.string(), email: z.string(), purpose: z.enum(linkPurposes) }),
          'Whose',
        ),
        ...failures(400, 403, 404),
      },
    },
  },
  '/passwords': {
    post: {
      operationId: 'choosePassword',
      summary: 'Choose a password with a one-time link',
      ...needs('anybody'),
      requestBody: body(z.object({ token: z.string(), password: z.string() })),
      responses: { '204': done, ...failures(400, 403, 404) },
    },
  },
  '/password-resets': {
    post: {
      operationId: 'askPasswordReset',
      summary: 'Ask for a link to choose a new password, by mail',
      ...needs('anybody'),
      requestBody: body(z.object({ email: z.string() })),
      responses: { '202': { description: 'Sent, if there is such an account' }, ...failures(400, 403, 429) },
    },
  },
  '/account/password': {
    put: {
      operationId: 'changePassword',
      summary: 'Change your own password; your other sessions end',
      ...needs('session'),
      requestBody: body(z.object({ current: z.string(), password: z.string() })),
      responses: { '204': done, ...failures(400, 401, 403, 429) },
    },
  },
  '/account/sessions': {
    get: {
      operationId: 'listOwnSessions',
      summary: 'Where you are signed in (sessies)',
      ...needs('session'),
      responses: { '200': json(list(StaffSession), 'Your sessions'), ...failures(401, 403) },
    },
  },
  '/account/sessions/{id}': {
    delete: {
      operationId: 'endOwnSession',
      summary: 'End one of your sessions',
      ...needs('session'),
      requestParams: byId,
      responses: { '204': done, ...failures(401, 403, 404) },
    },
  },
  '/account/mail-wishes': {
    get: {
      operationId: 'readMailWishes',
      summary: 'What you asked to get by e-mail',
      ...needs('session'),
      responses: { '200': json(MailWishesAnswer, 'Yours'), ...failures(401, 403) },
    },
    put: {
      operationId: 'changeMailWishes',
      summary: 'Get signals, or what the week was like, by e-mail',
      ...needs('session'),
      requestBody: body(MailWishes),
      responses: { '200': json(MailWishesAnswer, 'Yours'), ...failures(400, 401, 403) },
    },
  },
  '/account/digest': {
    get: {
      operationId: 'previewDigest',
      summary: 'What the mail about last week says to you',
      ...needs('session'),
      requestParams: { query: DigestQuery },
      responses: { '200': json(Letter, 'The mail'), ...failures(400, 401, 403) },
    },
  },
  '/account/second-factor': {
    get: {
      operationId: 'readSecondFactor',
      summary: 'Whether your account has a second factor',
      ...needs('session'),
      responses: {
        '200': json(z.object({ active: z.boolean(), hasPassword: z.boolean() }), 'Yours'),
        ...failures(401, 403),
      },
    },
    post: {
      operationId: 'makeSecondFactor',
      summary: 'Get a secret for an app; it counts once a code of it was sent',
      ...needs('session'),
      requestBody: proof,
      responses: { '201': json(SecondFactor, 'Shown once'), ...failures(400, 401, 403, 409, 429) },
    },
    put: {
      operationId: 'changeSecondFactor',
      summary: 'Begin or stop asking a code of the app',
      ...needs('session'),
      requestBody: body(SecondFactorChange),
      responses: { '204': done, ...failures(400, 401, 403, 429) },
    },
  },
  '/account/recovery-codes': {
    post: {
      operationId: 'makeRecoveryCodes',
      summary: 'Get new recovery codes; the old ones are worth nothing any more',
      ...needs('session'),
      requestBody: proof,
      responses: { '201': json(codes, 'Shown once'), ...failures(400, 401, 403, 409, 429) },
    },
  },
  '/users': {
    get: {
      operationId: 'listUsers',
      summary: 'All accounts (gebruikers)',
      ...administration,
      responses: { '200': json(list(User), 'All'), ...failures(401, 403) },
    },
    post: {
      operationId: 'inviteUser',
      summary: 'Make an account; its link goes by mail, or is in the answer to pass on',
      ...administration,
      requestBody: body(NewUser),
      responses: {
        '201': json(z.object({ user: User, link: z.string().nullable() }), 'Invited'),
        ...failures(400, 401, 403, 409),
      },
    },
  },
  '/users/{id}': {
    patch: {
      operationId: 'changeUser',
      summary: 'Change name, role or limits, or disable an account',
      ...administration,
      requestParams: byId,
      requestBody: body(UserChange),
      responses: { '200': json(User, 'The account'), ...failures(400, 401, 403, 404, 409) },
    },
    delete: {
      operationId: 'deleteUser',
      summary: 'Delete an account',
      ...administration,
      requestParams: byId,
      responses: { '204': done, ...failures(401, 403, 404, 409) },
    },
  },
  '/users/{id}/links': {
    post: {
      operationId: 'sendLink',
      summary: 'A new link to choose a password',
      ...administration,
      requestParams: byId,
      responses: { '201': json(SentLink, 'Sent, or to pass on'), ...failures(401, 403, 404) },
    },
  },
  '/users/{id}/second-factor': {
    delete: {
      operationId: 'removeSecondFactor',
      summary: 'For who lost the phone and the recovery codes',
      ...administration,
      requestParams: byId,
      responses: { '204': done, ...failures(401, 403, 404) },
    },
  },
  '/users/{id}/sessions': {
    get: {
      operationId: 'listSessions',
      summary: 'Where somebody is signed in (sessies)',
      ...administration,
      requestParams: byId,
      responses: { '200': json(list(StaffSession), 'The sessions'), ...failures(401, 403, 404) },
    },
    delete: {
      operationId: 'endSessions',
      summary: 'Sign somebody out everywhere',
      ...administration,
      requestParams: byId,
      responses: { '204': done, ...failures(401, 403, 404) },
    },
  },
  '/tokens': {
    get: {
      operationId: 'listTokens',
      summary: 'All tokens (sleutels), without their secrets',
      ...administration,
      responses: { '200': json(list(Token), 'All'), ...failures(401, 403) },
    },
    post: {
      operationId: 'makeToken',
      summary: 'Make a token; its secret is in this answer only',
      ...administration,
      requestBody: body(NewToken),
      responses: {
        '201': json(z.object({ ...Token.shape, token: z.string() }), 'Made'),
        ...failures(400, 401, 403),
      },
    },
  },
  '/tokens/{id}': {
    delete: {
      operationId: 'revokeToken',
      summary: 'Revoke a token (intrekken); its connections close',
      ...administration,
      requestParams: byId,
      responses: { '204': done, ...failures(401, 403, 404) },
    },
  },
};
