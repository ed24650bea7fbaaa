import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Filters } from '#shared/contract/figures.ts';
import { Rhythm } from '#shared/contract/rhythm.ts';
import {
  MeasuredNorm,
  ServiceNorm,
  ServiceNormInput,
  ServiceNormsQuery,
} from '#shared/contract/service-norms.ts';
import { FigureSettings } from '#shared/contract/settings.ts';
import { failures, json, needs } from './parts.ts';

export const reportsPaths: ZodOpenApiPathsObject = {
  '/rhythms': {
    get: {
      operationId: 'readRhythm',
      summary: 'Rapportcijfers per hour of the week (ritme)',
      ...needs('figures'),
      requestParams: { query: Filters },
      responses: { '200': json(Rhythm, 'Figures'), ...failures(400, 401, 403) },
    },
  },
  '/service-norms': {
    get: {
      operationId: 'measureServiceNorms',
      summary: 'How often promises are kept (servicenormen), with the questions that can measure one',
      ...needs('figures'),
      requestParams: { query: ServiceNormsQuery },
      responses: {
        '200': json(z.object({ items: z.array(MeasuredNorm), answerKeys: z.array(z.string()) }), 'All'),
        ...failures(400, 401, 403),
      },
    },
  },
  '/service-norms/{key}': {
    put: {
      operationId: 'changeServiceNorm',
      summary:
        'Add or replace a service norm (servicenorm); what it measures is counted from the ratings kept',
      ...needs('indicators'),
      requestParams: { path: z.object({ key: z.string() }) },
      requestBody: { content: { 'application/json': { schema: ServiceNormInput } } },
      responses: { '200': json(ServiceNorm, 'The norm'), ...failures(400, 401, 403) },
    },
  },
  '/figure-settings': {
    get: {
      operationId: 'readFigureSettings',
      summary: 'How figures are shown and watched (instellingen)',
      ...needs('figures'),
      responses: { '200': json(FigureSettings, 'The settings'), ...failures(401, 403) },
    },
    put: {
      operationId: 'changeFigureSettings',
      summary: 'Change how figures are shown and watched (instellingen)',
      ...needs('administration'),
      requestBody: { content: { 'application/json': { schema: FigureSettings } } },
      responses: { '200': json(FigureSettings, 'The settings'), ...failures(400, 401, 403) },
    },
  },
};
