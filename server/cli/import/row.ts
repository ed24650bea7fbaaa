import { hash } from 'node:crypto';
import { instantOfLocalTime } from '#shared/core/calendar.ts';
import { checkRating } from '../../ingest/check-rating.ts';
import { textOfAnswers } from '../../storage/answers.ts';
import { mark, type NewRating, type Settings } from '../../storage/port.ts';
import type { Occurrences } from './occurrences.ts';

export const columns = [
  'touchpoint',
  'grade',
  'smiley',
  'givenAt',
  'id',
  'language',
  'product',
  'method',
  'comment',
];
export const isColumn = (name: string): boolean => columns.includes(name) || /^answers\.[^.]+$/.test(name);

export type Row = Record<string, string>;

const withoutOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;
const unset = '00000000-0000-8000-8000-000000000000';

/** A time without offset is what a clock in Amsterdam shows. */
function instant(text: string): string {
  const at = withoutOffset.test(text) ? instantOfLocalTime(text) : Number.NaN;
  return Number.isNaN(at) ? text.replace(' ', 'T') : new Date(at).toISOString();
}

/** A whole number stays a number, anything else stays as it is for the check to refuse. */
const numeric = (text: string): unknown => (/^\d{1,3}$/.test(text) ? Number(text) : text);

function rawRating(row: Row): Record<string, unknown> {
  const raw: Record<string, unknown> = { id: row.id || unset };
  for (const name of ['touchpoint', 'language', 'product', 'comment']) if (row[name]) raw[name] = row[name];
  if (row.grade) raw.grade = numeric(row.grade);
  if (row.smiley) raw.smiley = numeric(row.smiley);
  if (row.givenAt) raw.givenAt = instant(row.givenAt);
  const answers = Object.entries(row).filter(([name, value]) => name.startsWith('answers.') && value);
  if (answers.length > 0)
    raw.answers = Object.fromEntries(answers.map(([name, value]) => [name.slice(8), value]));
  return raw;
}

/**
 * An id for a row without one: its time, then bits of a keyed hash of the redacted row and of its number among equal
 * rows. Equal rows all count, and the same file again gives the same ids. In order of time, which an index likes.
 */
function derivedId(secret: string, rating: NewRating, occurrences: Occurrences): string {
  const { touchpoint, grade, smiley, product, language, method, at, answers, comment } = rating;
  const row = JSON.stringify([
    touchpoint,
    grade,
    smiley,
    product,
    language,
    method ?? null,
    at,
    textOfAnswers(answers),
    comment,
  ]);
  const first = hash('sha256', `${secret}\nimport\n${row}`);
  const occurrence = occurrences.next(first);
  const bits = occurrence === 1 ? first : hash('sha256', `${secret}\nimport ${occurrence}\n${row}`);
  const time = Math.max(0, at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-8${bits.slice(0, 3)}-a${bits.slice(3, 6)}-${bits.slice(6, 18)}`;
}

/** One row as a rating, or why it is not one. */
export function ratingOfRow(
  row: Row,
  context: { settings: Settings; secret: string; receivedAt: number; occurrences: Occurrences },
): NewRating | string {
  const raw = rawRating(row);
  const checked = checkRating(raw, context.settings, context.receivedAt, null);
  const reasons = checked.ok
    ? []
    : checked.errors.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`);
  if (!row.givenAt) reasons.push('givenAt: This field is required.');
  if (!checked.ok || reasons.length > 0) return reasons.join(' ');
  const rating: NewRating = { ...checked.value, marks: checked.value.marks | mark.imported };
  if (row.method) rating.method = row.method.slice(0, 200);
  if (!row.id) rating.id = derivedId(context.secret, rating, context.occurrences);
  return rating;
}
