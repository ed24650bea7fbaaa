import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Explanation, ExplanationQuery } from '#shared/contract/explanation.ts';
import { Series, SeriesQuery, Summary, SummaryQuery } from '#shared/contract/figures.ts';
import { Signal, SignalChange, SignalsQuery } from '#shared/contract/signals.ts';
import { ThemeChange } from '#shared/contract/themes.ts';
import { failures, json, list, needs } from './parts.ts';

export const figuresPaths: ZodOpenApiPathsObject = {
  '/summary': {
    get: {
      operationId: 'readSummary',
      summary: 'Rapportcijfers of a period, per group',
      ...needs('figures'),
      requestParams: { query: z.object(SummaryQuery.shape) },
      responses: { '200': json(Summary, 'Figures'), ...failures(400, 401, 403) },
    },
  },
  '/series': {
    get: {
      operationId: 'readSeries',
      summary: 'Rapportcijfers per interval',
      ...needs('figures'),
      requestParams: { query: z.object(SeriesQuery.shape) },
      responses: { '200': json(Series, 'Figures'), ...failures(400, 401, 403) },
    },
  },
  '/explanations': {
    get: {
      operationId: 'explainChange',
      summary: 'Why the rapportcijfer of one period differs from that of another (verklaring)',
      ...needs('figures'),
      requestParams: { query: z.object(ExplanationQuery.shape) },
      responses: { '200': json(Explanation, 'The explanation'), ...failures(400, 401, 403) },
    },
  },
  '/themes': {
    get: {
      operationId: 'compareThemes',
      summary: "What comments mention (thema's) in two periods",
      ...needs('figures'),
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
      ...needs('figures'),
      requestParams: { query: SignalsQuery },
      responses: { '200': json(list(Signal), 'The signals'), ...failures(400, 401, 403) },
    },
  },
  '/signals/{id}': {
    patch: {
      operationId: 'settleSignal',
      summary: 'Settle a signal (afhandelen); its place is watched anew',
      ...needs('comments'),
      requestParams: { path: z.object({ id: z.string() }) },
      requestBody: { content: { 'application/json': { schema: SignalChange } } },
      responses: { '200': json(Signal, 'The signal'), ...failures(400, 401, 403, 404) },
    },
  },
};
