import type { RequestHandler, Response, Router } from 'express';
import { type AuditEvent, type AuditPage, AuditQuery } from '#shared/contract/audit.ts';
import { dayOfDate, startOfDay } from '#shared/core/calendar.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { AuditRecord, AuditSearch, AuditStore } from '../storage/port/audit.ts';

const pageSize = 100;

export function auditRoutes({ audit, needs }: { audit: AuditStore; needs: RequestHandler }): Router {
  const router = apiRouter();

  router.get('/audit-events', needs, async (request, response) => {
    const { from, to, q, cursor, format } = parse(AuditQuery, request.query);
    const search: AuditSearch = {
      from: from === undefined ? null : startOfDay(dayOfDate(from)),
      to: to === undefined ? null : startOfDay(dayOfDate(to) + 1),
      text: q?.trim() || null,
      before: cursor === undefined ? null : Number(cursor),
      most: pageSize + 1,
    };
    if (format !== 'json') return stream(audit, search, format, response);
    const found = await audit.search(search);
    const items = found.slice(0, pageSize).map(eventOf);
    const page: AuditPage = { items, next: found.length > pageSize ? String(items.at(-1)!.id) : null };
    sendJson(response, 200, page);
  });

  return router;
}

function eventOf({ kind, actor, name, at, ...record }: AuditRecord): AuditEvent {
  return { ...record, at: new Date(at).toISOString(), actor: { kind, id: actor, name } };
}

const columns = [
  'id',
  'at',
  'kind',
  'actor',
  'name',
  'session',
  'method',
  'route',
  'object',
  'outcome',
  'hash',
];

/** A cell for a spreadsheet: what would be taken for a formula gets an apostrophe. */
function cellOf(value: unknown): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** All of it, newest first, page by page, so that a long log takes no more memory than a short one. */
async function stream(
  audit: AuditStore,
  search: AuditSearch,
  format: 'csv' | 'ndjson',
  response: Response,
): Promise<void> {
  const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
  response.set({ 'Content-Type': type, 'Content-Disposition': `attachment; filename="logboek.${format}"` });
  const lineOf = (record: AuditRecord) =>
    format === 'ndjson'
      ? JSON.stringify(eventOf(record))
      : columns
          .map((name) =>
            cellOf(name === 'at' ? new Date(record.at).toISOString() : record[name as keyof AuditRecord]),
          )
          .join(',');
  if (format === 'csv') response.write(`\uFEFF${columns.join(',')}\r\n`);
  let { before } = search;
  for (;;) {
    const found = await audit.search({ ...search, before, most: 1000 });
    const text = found.map((record) => `${lineOf(record)}${format === 'csv' ? '\r\n' : '\n'}`).join('');
    if (text && !response.write(text))
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
    if (found.length < 1000 || response.destroyed) break;
    before = found.at(-1)!.id;
  }
  response.end();
}
