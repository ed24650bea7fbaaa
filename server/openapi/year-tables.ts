import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Indicator, IndicatorYear } from '#shared/contract/settings.ts';
import {
  Freeze,
  IndicatorsAnswer,
  IndicatorsExportQuery,
  IndicatorsQuery,
  Reopen,
  YearTable,
  YearTablesQuery,
} from '#shared/contract/year-table.ts';
import { failures, json, list, needs } from './parts.ts';

const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });

export const yearTablePaths: ZodOpenApiPathsObject = {
  '/indicators': {
    get: {
      operationId: 'listIndicators',
      summary: 'All indicators (indicatoren); with a year also their row in the table of that year',
      ...needs('figures'),
      requestParams: { query: IndicatorsQuery },
      responses: { '200': json(IndicatorsAnswer, 'All'), ...failures(400, 401, 403) },
    },
  },
  '/indicators/{key}': {
    put: {
      operationId: 'defineIndicator',
      summary: 'Say what an indicator (indicator) is and where its figure comes from',
      ...needs('indicators'),
      requestParams: { path: z.object({ key: z.string() }) },
      requestBody: body(Indicator.omit({ key: true, years: true })),
      responses: { '200': json(Indicator, 'The indicator'), ...failures(400, 401, 403) },
    },
  },
  '/indicators/{key}/{year}': {
    put: {
      operationId: 'changeIndicator',
      summary: 'Change what is written to a year of an indicator (indicator)',
      ...needs('indicators'),
      requestParams: { path: z.object({ key: z.string(), year: z.string() }) },
      requestBody: body(IndicatorYear.partial()),
      responses: { '200': json(Indicator, 'The indicator'), ...failures(400, 401, 403, 404, 409) },
    },
  },
  '/year-tables': {
    get: {
      operationId: 'listYearTables',
      summary: 'Tables that were frozen (vastgestelde jaarcijfers), the newest first',
      ...needs('figures'),
      requestParams: { query: YearTablesQuery },
      responses: { '200': json(list(YearTable), 'All'), ...failures(400, 401, 403) },
    },
    post: {
      operationId: 'freezeYear',
      summary: 'Freeze the table of a year (vaststellen)',
      ...needs('indicators'),
      requestBody: body(Freeze),
      responses: { '201': json(YearTable, 'What was frozen'), ...failures(400, 401, 403, 404, 409) },
    },
  },
  '/year-tables/{id}/reopenings': {
    post: {
      operationId: 'reopenYear',
      summary: 'Open a frozen year again (heropenen); what was frozen stays in the history',
      ...needs('indicators'),
      requestParams: { path: z.object({ id: z.int() }) },
      requestBody: body(Reopen),
      responses: { '201': json(YearTable, 'The table'), ...failures(400, 401, 403, 404) },
    },
  },
  '/exports/indicators': {
    get: {
      operationId: 'exportIndicators',
      summary: 'The table of a year (jaarcijfers) for a spreadsheet',
      ...needs('exports'),
      requestParams: { query: IndicatorsExportQuery },
      responses: {
        '200': { description: 'CSV or XLSX', content: { 'text/csv': { schema: z.string() } } },
        ...failures(400, 401, 403),
      },
    },
  },
};
