import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { RatingAccepted } from '#shared/contract/rating.ts';
import { SurveyLink, SurveyLinkChange } from '#shared/contract/survey-links.ts';
import {
  CallOffer,
  CallRating,
  Line,
  LineChange,
  OfferKept,
  ResponseRate,
  SimulatedAnswer,
  SimulatedStep,
} from '#shared/contract/telephony.ts';
import { failures, json, list, needs } from './parts.ts';

const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const eitherBody = (schema: z.ZodType) => ({
  content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
});
const named = (name: string) => ({ path: z.object({ [name]: z.string() }) });
const document = {
  description: 'A TwiML document: what the caller hears, and the address of the next step',
  content: { 'text/xml': { schema: z.string() } },
};
/** Whatever else a platform sends is neither read nor kept. */
const Webhook = z.object({
  CallSid: z.string(),
  CallStatus: z.string().optional(),
  Digits: z.string().optional().meta({ description: 'Absent: nothing was pressed' }),
});
const webhook = (operationId: string, summary: string) => ({
  post: {
    operationId,
    summary,
    description:
      'Signed by the platform of the line: `X-Twilio-Signature` (base64 of HMAC-SHA1 over the public address and the parameters), or Ed25519 of Telnyx.',
    ...needs('anybody'),
    requestParams: named('touchpoint'),
    requestBody: { content: { 'application/x-www-form-urlencoded': { schema: Webhook } } },
    responses: { '200': document, ...failures(403) },
  },
});

export const telephonyPaths: ZodOpenApiPathsObject = {
  '/telephony/ratings': {
    post: {
      operationId: 'giveCallRating',
      summary: 'The grade (rapportcijfer) of a telephone call',
      ...needs('machine'),
      requestBody: eitherBody(CallRating),
      responses: {
        '201': json(RatingAccepted, 'Stored'),
        '200': json(RatingAccepted, 'Known, or corrected'),
        ...failures(400, 401, 403),
      },
    },
  },
  '/telephony/offers': {
    post: {
      operationId: 'tellCallOffer',
      summary: 'A caller (beller) was asked whether to give a grade',
      ...needs('machine'),
      requestBody: eitherBody(CallOffer),
      responses: {
        '201': json(OfferKept, 'Counted'),
        '200': json(OfferKept, 'Counted before'),
        ...failures(400, 401, 403),
      },
    },
  },
  '/telephony/response-rates': {
    get: {
      operationId: 'listResponseRates',
      summary: 'How many callers answered (respons), per line',
      ...needs('figures'),
      requestParams: { query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }) },
      responses: { '200': json(list(ResponseRate), 'Per line'), ...failures(400, 401, 403) },
    },
  },
  '/telephony/lines': {
    get: {
      operationId: 'listLines',
      summary: 'Telephone lines (telefoonlijnen)',
      ...needs('administration'),
      responses: { '200': json(list(Line), 'All'), ...failures(401, 403) },
    },
  },
  '/telephony/lines/{touchpoint}': {
    put: {
      operationId: 'setLine',
      summary: 'Set a telephone line',
      ...needs('administration'),
      requestParams: named('touchpoint'),
      requestBody: body(LineChange),
      responses: { '200': json(Line, 'As it is now'), ...failures(400, 401, 403, 404) },
    },
  },
  '/telephony/lines/{touchpoint}/simulated-steps': {
    post: {
      operationId: 'simulateStep',
      summary: 'Try a line: one step of a call that never counts',
      ...needs('administration'),
      requestParams: named('touchpoint'),
      requestBody: body(SimulatedStep),
      responses: { '200': json(SimulatedAnswer, 'What the caller hears'), ...failures(400, 401, 403, 404) },
    },
  },
  '/telephony/twiml/{touchpoint}': webhook('answerCall', 'The next step of a call, for a telephone platform'),
  '/telephony/twiml/{touchpoint}/status': webhook('endCall', 'The end of a call, for a telephone platform'),
  '/survey-links': {
    get: {
      operationId: 'listSurveyLinks',
      summary: 'Links of an earlier survey, and where they lead to',
      ...needs('administration'),
      responses: { '200': json(list(SurveyLink), 'All'), ...failures(401, 403) },
    },
  },
  '/survey-links/{id}': {
    put: {
      operationId: 'setSurveyLink',
      summary: 'Say where a link leads to',
      ...needs('administration'),
      requestParams: named('id'),
      requestBody: body(SurveyLinkChange),
      responses: { '200': json(SurveyLink, 'Kept'), ...failures(400, 401, 403) },
    },
    delete: {
      operationId: 'removeSurveyLink',
      summary: 'Forget a link',
      ...needs('administration'),
      requestParams: named('id'),
      responses: { '204': { description: 'Gone' }, ...failures(401, 403, 404) },
    },
  },
};
