import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SettingsFile } from '#shared/contract/settings.ts';
import type { NewRating, Settings } from '../../storage/port.ts';
import { CsvRefused, type CsvRow, CsvSplitter } from './csv.ts';
import { Occurrences } from './occurrences.ts';
import type { Rejected } from './rejected.ts';
import { columns, isColumn, type Row, ratingOfRow } from './row.ts';

export interface ReaderInput {
  file: string;
  secret: string;
  settings: Settings;
  createTouchpoints: string | null;
  createProducts: boolean;
  receivedAt: number;
}

export interface Batch {
  entries: NewRating[];
  /** The line of each entry. */
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

const port = parentPort!;
const input = workerData as ReaderInput;
const settings: Settings = {
  ...input.settings,
  touchpoints: [...input.settings.touchpoints],
  products: [...input.settings.products],
};
const occurrences = new Occurrences();
const newBatch = (): Batch => ({
  entries: [],
  lines: [],
  rejected: [],
  touchpoints: [],
  products: [],
  bytes: 0,
  last: false,
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
  port.postMessage({ ...batch, last, ...(refused ? { refused } : {}) });
  batch = newBatch();
  sent++;
  while (!last && sent - taken > ahead)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
}

/** Touchpoints and products that a row names and that may be made. */
function create({ touchpoint, product }: Row): void {
  if (input.createTouchpoints && touchpoint && !settings.touchpoints.some(({ key }) => key === touchpoint)) {
    const made = {
      key: touchpoint,
      name: touchpoint,
      channel: input.createTouchpoints,
      location: null,
      scale: 'grade' as const,
      origins: [],
      trial: false,
      retired: false,
    };
    batch.touchpoints.push(made);
    settings.touchpoints.push({ ...made, guarded: false });
  }
  if (input.createProducts && product && !settings.products.some(({ key }) => key === product)) {
    const made = { key: product, name: product, upl: null, retired: false };
    batch.products.push(made);
    settings.products.push({ ...made, id: 0 });
  }
}

/** Which field of a row is which column; the separator is the one that the header uses. */
function readHeader(text: string): { separator: string; names: string[] } {
  const separator = text.includes(';') ? ';' : ',';
  const names = text.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const strange = names.filter((name) => !isColumn(name));
  if (strange.length > 0)
    throw new CsvRefused(
      `These columns are not known: ${strange.join(', ')}. Known: ${columns.join(', ')}, answers.KEY.`,
    );
  if (
    !names.includes('touchpoint') ||
    !names.includes('givenAt') ||
    !(names.includes('grade') || names.includes('smiley'))
  )
    throw new CsvRefused('The first line must name touchpoint, givenAt, and grade or smiley.');
  return { separator, names };
}

const context = { settings, secret: input.secret, receivedAt: input.receivedAt, occurrences };

function take({ line, fields }: CsvRow, names: string[]): void {
  if (fields.length > names.length) {
    batch.rejected.push({ line, reason: `There are ${fields.length} fields and ${names.length} columns.` });
    return;
  }
  const row: Row = {};
  for (let i = 0; i < fields.length; i++) row[names[i]!] = fields[i]!;
  if (input.createTouchpoints || input.createProducts) create(row);
  const rating = ratingOfRow(row, context);
  if (typeof rating === 'string') batch.rejected.push({ line, reason: rating });
  else {
    batch.entries.push(rating);
    batch.lines.push(line);
  }
}

async function read(): Promise<void> {
  let header: { names: string[]; splitter: CsvSplitter } | null = null;
  let before = '';
  let bytes = 0;
  const takeAll = async (rows: CsvRow[]) => {
    for (const row of rows) {
      take(row, header!.names);
      if (batch.entries.length + batch.rejected.length < perBatch) continue;
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
      const { separator, names } = readHeader(before.slice(0, end).trimEnd());
      header = { names, splitter: new CsvSplitter(separator, 2) };
      text = before.slice(end + 1);
    }
    await takeAll(header.splitter.push(text));
  }
  if (!header) throw new CsvRefused('The file has no rows.');
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
