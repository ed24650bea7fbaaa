import { hash } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import { isCleanText } from '#shared/contract/rating.ts';
import { dateOfDay, dayOf, instantOfLocalTime } from '#shared/core/calendar.ts';
import { CsvRefused } from '#shared/core/csv.ts';
import { redact } from '#shared/core/redact.ts';
import { withoutWords } from '#shared/core/retention.ts';
import { checkRating } from '../../ingest/check-rating.ts';
import { textOfAnswers } from '../../storage/answers.ts';
import { mark, type NewRating, type Settings } from '../../storage/port.ts';
import { questionnaireAt } from '../../storage/questionnaires.ts';
import { answersOfCells } from './answers.ts';
import type { Occurrences } from './occurrences.ts';

const texts = ['touchpoint', 'language', 'product', 'comment'] as const;
const numbers = ['grade', 'smiley'] as const;
const known: readonly string[] = [...texts, ...numbers, 'givenAt', 'id', 'method'];
const answerPrefix = 'answers.';
const longestMethod = 200;

/** Which field of a row is which column; -1 is none. */
export interface Columns {
  count: number;
  texts: [name: string, place: number][];
  numbers: [name: string, place: number][];
  answers: [key: string, place: number][];
  touchpoint: number;
  product: number;
  givenAt: number;
  id: number;
  method: number;
  /** Per place: whether it holds what differs from row to row (id, method, comment, answers). */
  free: boolean[];
}

export function columnsOf(names: string[]): Columns {
  const strange = names.filter((name) => !known.includes(name) && !/^answers\.[^.]+$/.test(name));
  if (strange.length > 0)
    throw new CsvRefused(
      `These columns are not known: ${strange.join(', ')}. Known: ${known.join(', ')}, answers.KEY.`,
    );
  if (
    !names.includes('touchpoint') ||
    !names.includes('givenAt') ||
    !numbers.some((name) => names.includes(name))
  )
    throw new CsvRefused('The first line must name touchpoint, givenAt, and grade or smiley.');
  const places = (wanted: readonly string[]) =>
    wanted
      .filter((name) => names.includes(name))
      .map((name): [string, number] => [name, names.indexOf(name)]);
  return {
    count: names.length,
    texts: places(texts),
    numbers: places(numbers),
    answers: places(names.filter((name) => name.startsWith(answerPrefix))).map(([name, place]) => [
      name.slice(answerPrefix.length),
      place,
    ]),
    touchpoint: names.indexOf('touchpoint'),
    product: names.indexOf('product'),
    givenAt: names.indexOf('givenAt'),
    id: names.indexOf('id'),
    method: names.indexOf('method'),
    free: names.map((name) => ['id', 'method', 'comment'].includes(name) || name.startsWith(answerPrefix)),
  };
}

const withoutOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;
const unset = '00000000-0000-8000-8000-000000000000';

/** A time without offset is what a clock in Amsterdam shows. */
function instant(text: string): string {
  if (text.endsWith('Z')) return text.replace(' ', 'T');
  const at = withoutOffset.test(text) ? instantOfLocalTime(text) : Number.NaN;
  return Number.isNaN(at) ? text.replace(' ', 'T') : new Date(at).toISOString();
}

/** A whole number becomes a number, anything else stays as it is for the check to refuse. */
const numeric = (text: string): unknown => (/^\d{1,3}$/.test(text) ? Number(text) : text);

function rawRating(fields: string[], columns: Columns, settings: Settings): Record<string, unknown> {
  const raw: Record<string, unknown> = { id: fields[columns.id] || unset };
  for (const [name, place] of columns.texts) if (fields[place]) raw[name] = fields[place];
  for (const [name, place] of columns.numbers) if (fields[place]) raw[name] = numeric(fields[place]);
  const givenAt = fields[columns.givenAt];
  if (givenAt) raw.givenAt = instant(givenAt);
  const cells = columns.answers.flatMap(([key, place]): [string, string][] =>
    fields[place] ? [[key, fields[place]]] : [],
  );
  if (cells.length > 0) {
    const at = Date.parse(String(raw.givenAt));
    const asked = questionnaireAt(settings, fields[columns.touchpoint] ?? '', null, at);
    raw.answers = answersOfCells(cells, asked?.questions ?? []);
  }
  return raw;
}

/** What a derived id stands for, up to the time of the row. */
const headOf = ({ touchpoint, grade, smiley, product, language, method }: NewRating): string =>
  JSON.stringify([touchpoint, grade, smiley, product, language, method ?? null]).slice(0, -1);

/**
 * An id for a row without one: its time, then bits of a keyed hash of the redacted row and of its number among equal
 * rows. Equal rows all count, and the same file again gives the same ids. In order of time, which an index likes.
 */
function derivedId(secret: string, head: string, rating: NewRating, occurrences: Occurrences): string {
  const { at, answers, comment } = rating;
  const rest = comment === null && answers === null ? 'null,null' : restOf(rating);
  const row = `${head},${at},${rest}]`;
  const first = hash('sha256', `${secret}\nimport\n${row}`);
  const occurrence = occurrences.next(first);
  const bits = occurrence === 1 ? first : hash('sha256', `${secret}\nimport ${occurrence}\n${row}`);
  return `${Math.max(0, at).toString(16).padStart(12, '0')}8${bits.slice(0, 3)}a${bits.slice(3, 18)}`;
}
const restOf = ({ answers, comment }: NewRating): string =>
  JSON.stringify([textOfAnswers(answers), comment]).slice(1, -1);

export interface RowContext {
  settings: Settings;
  secret: string;
  receivedAt: number;
  occurrences: Occurrences;
  known: KnownRows;
  /** From when on ratings are kept, and their words, in milliseconds UTC. */
  ratingsFrom: number;
  wordsFrom: number;
}

/** Nothing is taken that the next night would remove. The id stays that of the whole row: the same next year as well. */
function asKept(rating: NewRating, { ratingsFrom, wordsFrom }: RowContext): NewRating | string {
  if (rating.at < ratingsFrom)
    return `givenAt: Ratings from before ${dateOfDay(dayOf(ratingsFrom))} are not kept.`;
  if (rating.at < wordsFrom) {
    rating.comment = null;
    rating.answers = withoutWords(rating.answers);
  }
  return rating;
}

/**
 * Rows that were found right before, by all of their fields but the time: in a large file most rows are like one
 * of these, and then only the time is left to check.
 */
export type KnownRows = Map<string, { rating: NewRating; head: string }>;
const mostKnown = 20_000;

/** Of a row that holds no more than where, what and when; null for any other. */
function plainKey(fields: string[], columns: Columns): string | null {
  if (fields.length !== columns.count) return null;
  let key = '';
  for (let place = 0; place < fields.length; place++) {
    if (place === columns.givenAt) continue;
    if (columns.free[place] && fields[place] !== '') return null;
    key += `${fields[place]}\n`;
  }
  return key;
}

const plain = /^\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?(Z?))?$/;
/** The instant at which an hour begins, as it is written: offsets change on whole hours. */
const hours = new Map<string, number>();
const mostHours = 100_000;

/** Milliseconds UTC of a time as most files write it; null for another spelling, and for what does not exist. */
function plainTime(text: string): number | null {
  const found = plain.exec(text);
  if (!found) return null;
  const [, minutes, seconds = '0', fraction = '', utc = ''] = found;
  const written = text.slice(0, 13) + utc;
  let hour = hours.get(written);
  if (hour === undefined) {
    const local = instantOfLocalTime(`${text.slice(0, 13)}:00`);
    hour =
      utc === '' || Number.isNaN(local) ? local : Date.parse(`${text.slice(0, 13)}:00Z`.replace(' ', 'T'));
    if (hours.size > mostHours) hours.clear();
    hours.set(written, hour);
  }
  const at = hour + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'));
  return Number.isNaN(at) ? null : at;
}

/** One row as a rating, or why it is not one. */
export function ratingOfRow(fields: string[], columns: Columns, context: RowContext): NewRating | string {
  const key = plainKey(fields, columns);
  const like = key === null ? undefined : context.known.get(key);
  const time = like ? plainTime(fields[columns.givenAt] ?? '') : null;
  if (like && time !== null && time >= limits.earliest && time <= context.receivedAt) {
    const rating: NewRating = { ...like.rating, at: time, givenAt: time };
    rating.id = derivedId(context.secret, like.head, rating, context.occurrences);
    return asKept(rating, context);
  }
  if (fields.length > columns.count) return `There are ${fields.length} fields and ${columns.count} columns.`;
  const raw = rawRating(fields, columns, context.settings);
  const checked = checkRating(raw, context.settings, context.receivedAt, null);
  const reasons = checked.ok
    ? []
    : checked.errors.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`);
  if (raw.givenAt === undefined) reasons.push('givenAt: This field is required.');
  const method = fields[columns.method];
  if (method && !isCleanText(method))
    reasons.push('method: Control characters and broken characters are not allowed.');
  if (method && method.length > longestMethod) reasons.push(`method: At most ${longestMethod} characters.`);
  if (!checked.ok || reasons.length > 0) return reasons.join(' ');
  const rating = checked.value;
  rating.marks |= mark.imported;
  if (method) rating.method = redact(method);
  const head = headOf(rating);
  if (!fields[columns.id]) rating.id = derivedId(context.secret, head, rating, context.occurrences);
  // Where a questionnaire has versions, the method depends on the time too.
  const timeless = !context.settings.questionnaires.has(rating.touchpoint);
  if (key !== null && timeless && rating.marks === mark.imported && context.known.size < mostKnown)
    context.known.set(key, { rating, head });
  return asKept(rating, context);
}
