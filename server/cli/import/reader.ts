import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { isCleanText, Key } from '#shared/contract/rating.ts';
import { type SettingsFile, Slug } from '#shared/contract/settings.ts';
import { CsvRefused, type CsvRow, CsvSplitter } from '#shared/core/csv.ts';
import { commentsKeptFrom, ratingsKeptFrom } from '#shared/core/retention.ts';
import type { Settings } from '../../storage/port.ts';
import { Occurrences } from './occurrences.ts';
import { type PackedMessage, PackedRatings } from './packed.ts';
import type { Rejected } from './rejected.ts';
import { type Columns, columnsOf, ratingOfRow } from './row.ts';

export interface ReaderInput {
  file: string;
  secret: string;
  settings: Settings;
  createTouchpoints: string | null;
  createProducts: boolean;
  receivedAt: number;
}

export interface Batch {
  ratings: PackedMessage;
  /** The line of each rating. */
  lines: number[];
  rejected: Rejected[];
  touchpoints: NonNullable<SettingsFile['touchpoints']>;
  products: NonNullable<SettingsFile['products']>;
  /** How far in the file. */
  bytes: number;
  last: boolean;
  /** Why the file as a whole cannot be imported. */
  refused?: string;
}

/** A commit of so many rows takes well under 50 ms. */
const perBatch = 2000;
/** Batches that may wait for the other thread. */
const ahead = 3;

const ProductKey = Key.refine(isCleanText);
const port = parentPort!;
const input = workerData as ReaderInput;
const settings: Settings = {
  ...input.settings,
  touchpoints: [...input.settings.touchpoints],
  products: [...input.settings.products],
};
const occurrences = new Occurrences();
const newBatch = () => ({
  ratings: new PackedRatings(),
  lines: [] as number[],
  rejected: [] as Rejected[],
  touchpoints: [] as Batch['touchpoints'],
  products: [] as Batch['products'],
  bytes: 0,
});
let batch = newBatch();
let sent = 0;
let taken = 0;
let wake = () => {};
port.on('message', () => {
  taken++;
  wake();
});

async function send(last: boolean, refused?: string): Promise<void> {
  const message: Batch = {
    ...batch,
    ratings: batch.ratings.message(),
    last,
    ...(refused ? { refused } : {}),
  };
  port.postMessage(message);
  batch = newBatch();
  sent++;
  while (!last && sent - taken > ahead)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
}

/** The touchpoint that a row names, when it is to be made; a key stands in addresses, so not every name can be one. */
function newTouchpoint(key: string | undefined): Batch['touchpoints'][number] | null {
  const channel = input.createTouchpoints;
  if (!channel || !key || settings.touchpoints.some((touchpoint) => touchpoint.key === key)) return null;
  if (!Slug.safeParse(key).success) return null;
  return {
    key,
    name: key,
    channel,
    location: null,
    scale: 'grade',
    origins: [],
    trial: false,
    retired: false,
  };
}

function newProduct(key: string | undefined): Batch['products'][number] | null {
  if (!input.createProducts || !key || settings.products.some((product) => product.key === key)) return null;
  return ProductKey.safeParse(key).success ? { key, name: key, upl: null, retired: false } : null;
}

/** The separator is the one that the header uses. */
function readHeader(text: string): { separator: string; columns: Columns } {
  const separator = text.includes(';') ? ';' : ',';
  const names = text.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  return { separator, columns: columnsOf(names) };
}

const context = {
  settings,
  secret: input.secret,
  receivedAt: input.receivedAt,
  occurrences,
  known: new Map(),
  ratingsFrom: Math.max(settings.kept.ratings, ratingsKeptFrom(input.receivedAt, settings.retention)),
  wordsFrom: commentsKeptFrom(input.receivedAt, settings.retention),
};

function take({ line, fields }: CsvRow, columns: Columns): void {
  const touchpoint = newTouchpoint(fields[columns.touchpoint]);
  const product = newProduct(fields[columns.product]);
  if (touchpoint)
    settings.touchpoints.push({ ...touchpoint, scale: touchpoint.scale ?? 'grade', guarded: false });
  if (product) settings.products.push({ ...product, id: 0 });
  const rating = ratingOfRow(fields, columns, context);
  if (typeof rating === 'string') {
    // Nothing is made for a row that is not taken.
    if (touchpoint) settings.touchpoints.pop();
    if (product) settings.products.pop();
    batch.rejected.push({ line, reason: rating });
    return;
  }
  if (touchpoint) batch.touchpoints.push(touchpoint);
  if (product) batch.products.push(product);
  batch.ratings.add(rating);
  batch.lines.push(line);
}

async function read(): Promise<void> {
  let header: { columns: Columns; splitter: CsvSplitter } | null = null;
  let before = '';
  let bytes = 0;
  const takeAll = async (rows: CsvRow[]) => {
    for (const row of rows) {
      take(row, header!.columns);
      if (batch.ratings.length + batch.rejected.length < perBatch) continue;
      batch.bytes = bytes;
      await send(false);
    }
  };
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of createReadStream(input.file, { highWaterMark: 1 << 18 })) {
    bytes += (chunk as Buffer).length;
    let text = decoder.decode(chunk as Buffer, { stream: true });
    if (!header) {
      before += text;
      const end = before.indexOf('\n');
      if (end === -1) continue;
      const { separator, columns } = readHeader(before.slice(0, end).trimEnd());
      header = { columns, splitter: new CsvSplitter(separator, 2) };
      text = before.slice(end + 1);
    }
    await takeAll(header.splitter.push(text));
  }
  if (!header) throw new CsvRefused('The file has no rows.');
  // Throws when the file ends half-way a character.
  decoder.decode();
  await takeAll(header.splitter.end());
}

try {
  await read();
  await send(true);
} catch (error) {
  const notText =
    error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
  if (!notText && !(error instanceof CsvRefused)) throw error;
  await send(
    true,
    notText ? 'The file is not UTF-8. Save it as "CSV UTF-8" and try again.' : (error as Error).message,
  );
}
port.close();
