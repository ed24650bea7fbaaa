import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inDatabase } from '../support/database.ts';
import { runCommand, temporaryFolder } from '../support/program.ts';

const folder = temporaryFolder();
const dataDir = join(folder, 'data');

const load = async (content: string, ...options: string[]) => {
  const file = join(folder, 'ratings.csv');
  writeFileSync(file, content);
  const { stdout } = await runCommand(dataDir, 'import', file, ...options);
  return { summary: stdout.split('\n')[0], reasons: readFileSync(`${file}.rejected.csv`, 'utf8') };
};

test('AG8: a row that is rejected makes no touchpoint and no product', async () => {
  const content = [
    'touchpoint;grade;givenAt;product',
    'loket-20;11;2023-04-01 10:00;visakte',
    'loket-21;8;2024-02-30 10:00;visakte',
    `loket-22;8;2023-04-01 10:00;${'x'.repeat(101)}`,
    'loket-23;8;2023-04-01 10:00;vis\u0001akte',
    'loket-24;8;2023-04-01 10:00;jachtakte',
    'loket-24;11;2023-04-01 10:00;jachtakte',
    'loket-24;9;2023-04-01 10:00;jachtakte',
  ].join('\n');
  const { summary } = await load(content, '--create-touchpoints', 'balie', '--create-products');
  expect(summary).toBe('7 read, 2 accepted, 0 duplicate, 5 rejected');
  const keys = (table: string) =>
    inDatabase(dataDir, (db) =>
      db
        .prepare(`SELECT key FROM ${table} WHERE key LIKE 'loket-2_' OR key LIKE '%akte' OR key LIKE 'xx%'`)
        .pluck()
        .all(),
    );
  expect(keys('touchpoints')).toEqual(['loket-24']);
  expect(keys('products')).toEqual(['jachtakte']);
});

test('AG8: the words of an old method are checked and redacted like any text', async () => {
  const { summary, reasons } = await load(
    [
      'touchpoint;grade;givenAt;method',
      'balie-1;8;2022-04-01 10:00;enquête van jan@voorbeeld.nl',
      'balie-1;8;2022-04-01 10:00;geheim\u0001',
      `balie-1;8;2022-04-01 10:00;${'x'.repeat(201)}`,
    ].join('\n'),
  );
  expect(summary).toBe('3 read, 1 accepted, 0 duplicate, 2 rejected');
  expect(reasons.trim().split('\n').slice(1)).toEqual([
    expect.stringMatching(/^3;"method: Control characters/),
    expect.stringMatching(/^4;"method: At most 200/),
  ]);
  const labels = inDatabase(dataDir, (db) => db.prepare('SELECT label FROM methods').pluck().all());
  expect(labels.filter((label) => String(label).startsWith('enquête'))).toEqual([
    expect.not.stringContaining('jan@'),
  ]);
});
