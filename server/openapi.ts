import type { RequestHandler } from 'express';
import * as z from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { Account } from '#shared/contract/access.ts';
import { Problem } from '#shared/contract/errors.ts';
import { Explanation, ExplanationQuery } from '#shared/contract/explanation.ts';
import { Series, SeriesQuery, Summary, SummaryQuery } from '#shared/contract/figures.ts';
import { RatingAccepted, RatingAddition, RatingBatch, RatingInput } from '#shared/contract/rating.ts';
import { Channel, Form, Indicator, IndicatorYear, Product, Touchpoint } from '#shared/contract/settings.ts';
import { Signal, SignalChange, SignalsQuery } from '#shared/contract/signals.ts';
import { ThemeChange } from '#shared/contract/themes.ts';
import { apiVersion } from './http/headers.ts';

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
const problem = {
  description: 'What is wrong, and where',
  content: { 'application/problem+json': { schema: Problem } },
};
const failures = (...statuses: number[]) =>
  Object.fromEntries(statuses.map((status) => [String(status), problem]));
const staff: { security: Record<string, string[]>[] } = { security: [{ session: [] }, { token: [] }] };
const list = (schema: z.ZodType) => z.object({ items: z.array(schema) });

const paths: ZodOpenApiPathsObject = {
  '/ratings': {
    post: {
      operationId: 'giveRating',
      summary: 'Give a rating (waardering)',
      requestBody: {
        content: { 'application/json': { schema: RatingInput }, 'text/plain': { schema: RatingInput } },
      },
      responses: {
        '201': json(RatingAccepted, 'Stored'),
        '200': json(RatingAccepted, 'Was stored before with the same content'),
        ...failures(400, 403, 409, 413, 415, 429, 503),
      },
    },
  },
  '/ratings/{id}': {
    patch: {
      operationId: 'addToRating',
      summary: 'Replace fields of a rating, within 30 minutes',
      requestParams: { path: z.object({ id: z.uuid() }) },
      requestBody: { content: { 'application/json': { schema: RatingAddition } } },
      responses: {
        '200': json(RatingAccepted, 'Stored'),
        ...failures(400, 403, 404, 410, 413, 415, 429, 503),
      },
    },
  },
  '/ratings/batch': {
    post: {
      operationId: 'giveRatings',
      summary: 'Give up to 500 ratings that waited on a device',
      requestBody: { content: { 'application/json': { schema: RatingBatch } } },
      responses: {
        '200': json(
          z.object({
            results: z.array(
              z.object({
                id: z.string(),
                status: z.enum(['accepted', 'duplicate', 'rejected']),
                errors: Problem.shape.errors.optional(),
              }),
            ),
          }),
          'One result per rating, in the same order',
        ),
        ...failures(400, 403, 413, 415, 429, 503),
      },
    },
  },
  '/touchpoints/{key}/form': {
    get: {
      operationId: 'readForm',
      summary: 'What a touchpoint (contactpunt) asks',
      requestParams: {
        path: z.object({ key: z.string() }),
        query: z.object({ language: z.string().optional() }),
      },
      responses: { '200': json(Form, 'The form'), ...failures(403, 404) },
    },
  },
  '/telephony/ratings': {
    post: {
      operationId: 'giveCallRating',
      summary: 'The grade of a telephone call',
      security: [{ token: [] }],
      requestBody: {
        content: {
          'application/json': {
            schema: z.object({
              callId: z.string(),
              touchpoint: z.string(),
              language: z.string().optional(),
              grade: z.int(),
              status: z.string().optional(),
              occurredAt: z.string().optional(),
            }),
          },
        },
      },
      responses: {
        '201': json(RatingAccepted, 'Stored'),
        '200': json(RatingAccepted, 'Known, or corrected'),
        ...failures(400, 401, 403),
      },
    },
  },
  '/summary': {
    get: {
      operationId: 'readSummary',
      summary: 'Rapportcijfers of a period, per group',
      ...staff,
      requestParams: { query: z.object(SummaryQuery.shape) },
      responses: { '200': json(Summary, 'Figures'), ...failures(400, 401, 403) },
    },
  },
  '/series': {
    get: {
      operationId: 'readSeries',
      summary: 'Rapportcijfers per interval',
      ...staff,
      requestParams: { query: z.object(SeriesQuery.shape) },
      responses: { '200': json(Series, 'Figures'), ...failures(400, 401, 403) },
    },
  },
  '/explanations': {
    get: {
      operationId: 'explainChange',
      summary: 'Why the rapportcijfer of one period differs from that of another (verklaring)',
      ...staff,
      requestParams: { query: z.object(ExplanationQuery.shape) },
      responses: { '200': json(Explanation, 'The explanation'), ...failures(400, 401, 403) },
    },
  },
  '/themes': {
    get: {
      operationId: 'compareThemes',
      summary: "What comments mention (thema's) in two periods",
      ...staff,
      requestParams: { query: z.object(ExplanationQuery.shape) },
      responses: {
        '200': json(list(ThemeChange), 'Every theme that is mentioned'),
        ...failures(400, 401, 403),
      },
    },
  },
  '/signals': {
    get: {
      operationId: 'listSignals',
      summary: 'Grades that fell (signalen), newest first',
      ...staff,
      requestParams: { query: SignalsQuery },
      responses: { '200': json(list(Signal), 'The signals'), ...failures(400, 401, 403) },
    },
  },
  '/signals/{id}': {
    patch: {
      operationId: 'settleSignal',
      summary: 'Settle a signal (afhandelen); its place is watched anew',
      ...staff,
      requestParams: { path: z.object({ id: z.string() }) },
      requestBody: { content: { 'application/json': { schema: SignalChange } } },
      responses: { '200': json(Signal, 'The signal'), ...failures(400, 401, 403, 404) },
    },
  },
  '/indicators/{key}/{year}': {
    put: {
      operationId: 'changeIndicator',
      summary: 'Change what is written to a year of an indicator (indicator)',
      ...staff,
      requestParams: { path: z.object({ key: z.string(), year: z.string() }) },
      requestBody: { content: { 'application/json': { schema: IndicatorYear.partial() } } },
      responses: { '200': json(Indicator, 'The indicator'), ...failures(400, 401, 403, 404) },
    },
  },
  ...Object.fromEntries(
    (
      [
        ['channels', 'kanalen', Channel],
        ['touchpoints', 'contactpunten', Touchpoint],
        ['products', 'producten', Product],
        ['indicators', 'indicatoren', Indicator],
      ] as const
    ).map(([name, dutch, schema]) => [
      `/${name}`,
      {
        get: {
          operationId: `list-${name}`,
          summary: `All ${name} (${dutch})`,
          ...staff,
          responses: { '200': json(list(schema), 'All'), ...failures(401, 403) },
        },
      },
    ]),
  ),
  '/account': {
    get: {
      operationId: 'readAccount',
      summary: 'Who is signed in',
      ...staff,
      responses: { '200': json(Account, 'The account'), ...failures(401) },
    },
  },
};

/** The document, made from the same schemas that check what comes in. */
export function openApi(publicUrl: string | null): RequestHandler {
  let text: string | null = null;
  return (_request, response) => {
    text ??= JSON.stringify(
      createDocument({
        openapi: '3.1.0',
        info: {
          title: 'Klantpuls',
          version: apiVersion,
          description:
            'Customer feedback of a Dutch municipality. The API is in English, with the Dutch term in brackets: a deliberate deviation from the rule of Dutch names.',
          license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
          contact: {
            name: 'The municipality that runs this',
            ...(publicUrl === null ? {} : { url: `${publicUrl}/privacy` }),
          },
        },
        servers: [{ url: `${publicUrl ?? ''}/api/v1` }],
        components: {
          securitySchemes: {
            session: { type: 'apiKey', in: 'cookie', name: 'klantpuls.session_token' },
            token: { type: 'http', scheme: 'bearer' },
          },
        },
        paths,
      }),
    );
    response.set('Access-Control-Allow-Origin', '*').type('json').send(text);
  };
}
