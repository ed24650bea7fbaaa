import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SettingsFile } from '#shared/contract/settings.ts';
import type { IndicatorsAnswer, YearTable } from '#shared/contract/year-table.ts';
import { dayOf, yearOfDay } from '#shared/core/calendar.ts';
import { isMet, printedGrade, printedMean } from '#shared/core/printed.ts';
import { demoSettings } from '../../server/demo/fill.ts';
import { inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, send } from '../support/ratings.ts';

interface Reported {
  indicatoren: {
    naam: string;
    bron: string;
    jaren: Record<
      string,
      {
        begroting?: number;
        realisatie: number;
        doelGehaald?: boolean;
        toelichting?: string;
        meetjaar?: number;
      }
    >;
  }[];
}
const report: Reported = JSON.parse(
  readFileSync(new URL('../support/year-report.json', import.meta.url), 'utf8'),
);
const thisYear = yearOfDay(dayOf(Date.now()));
const settings: SettingsFile = {
  indicators: [
    ...demoSettings.indicators!,
    {
      ...{
        key: 'balie',
        name: '=Balie',
        objective: '6.1',
        source: 'Klant in focus',
        unit: 'rapportcijfer 1-10',
      },
      filter: { channel: ['balie'], touchpoint: ['balie-1'], from: '01-01' },
      years: { [String(thisYear)]: { target: 7, realised: null } },
    },
  ],
};

let program: Program;
let tokens: Record<'viewer' | 'manager' | 'controller' | 'privacy', string>;
const table = async (year: number) =>
  (await get<IndicatorsAnswer>(program.url, `/indicators?year=${year}`, tokens.viewer)).body;
const rowOf = async (year: number, key: string) => (await table(year)).items.find((one) => one.key === key)!;
const ask = <Body>(method: string, path: string, body: unknown, token = tokens.controller) =>
  send<Body>(method, `${program.url}/api/v1${path}`, body, { authorization: `Bearer ${token}` });
const rate = async (...grades: number[]) => {
  for (const grade of grades) {
    const { status } = await send(
      'POST',
      `${program.url}/api/v1/ratings`,
      aRating({ grade, ...(grade === 7 ? { comment: 'Aardig geholpen' } : {}) }),
    );
    expect(status).toBe(201);
  }
};

beforeAll(async () => {
  const wanted = { viewer: 'viewer', manager: 'manager', controller: 'controller', privacy: 'privacy' };
  ({ program, tokens } = await startPrepared({ settings, tokens: wanted }));
});
afterAll(() => program.stop());

test('YT1: the four indicators of the year report come out digit for digit, with whether the target was met', async () => {
  for (const year of [2023, 2024]) {
    const { items } = await table(year);
    for (const { naam, bron, jaren } of report.indicatoren) {
      const { begroting, realisatie, doelGehaald, toelichting, meetjaar } = jaren[String(year)]!;
      const { row } = items.find(({ name }) => name === naam)!;
      expect(row).toMatchObject({ source: bron, target: begroting, realised: realisatie });
      expect(row!.met).toBe(doelGehaald ?? realisatie >= begroting!);
      if (toelichting) expect(row!.note).toBe(toelichting);
      if (meetjaar) expect(row!.measuredIn).toBe(meetjaar);
    }
  }
  expect((await table(2022)).items.map(({ key, row }) => [key, row!.realised, row!.met])).toEqual([
    ['participatie', 6.4, null],
  ]);
});

test('YT2: figures are rounded half up from exact counts, and compared as printed', () => {
  const counts = (grades: Record<number, number>) => Array.from({ length: 10 }, (_, i) => grades[i + 1] ?? 0);
  expect(printedMean(counts({ 6: 11, 7: 9 }))).toBe(6.5);
  expect(printedMean(counts({ 6: 131, 7: 69 }))).toBe(6.3);
  expect(printedMean(counts({ 6: 3, 7: 1 }))).toBe(6.3);
  expect(printedMean(counts({ 7: 19, 6: 1 }))).toBe(7);
  expect(printedMean(counts({}))).toBeNull();
  expect([7.25, 6.15, 6.949, 8].map(printedGrade)).toEqual([7.3, 6.2, 6.9, 8]);
  expect(isMet(7, 6.95)).toBe(true);
  expect(isMet(7, 6.9)).toBe(false);
  expect(isMet(null, 7)).toBeNull();
});

test('YT3: an indicator of our own is computed from its filter; below ten ratings it is not known', async () => {
  await rate(8, 8, 8, 8, 8);
  expect((await rowOf(thisYear, 'balie')).row).toMatchObject({ realised: null, met: null, n: 5, own: true });
  await rate(6, 6, 6, 6, 6, 7);
  expect((await rowOf(thisYear, 'balie')).row).toMatchObject({
    ...{ realised: 7, met: true, n: 11, entered: false, certainty: 'undecided' },
    counts: [0, 0, 0, 0, 0, 5, 1, 5, 0, 0],
  });
});

test('YT4: a frozen year stays as it is when ratings come in and a comment expires, its hash verifies, and what came late is shown as such', async () => {
  const note = 'Gelijk aan de norm.';
  expect((await ask('PUT', `/indicators/balie/${thisYear}`, { note })).status).toBe(200);
  const frozen = await ask<YearTable>('POST', '/year-tables', { year: thisYear });
  expect(frozen).toMatchObject({ status: 201, body: { frozenBy: 'controller', verified: true } });
  expect(frozen.body.hash).toMatch(/^[0-9a-f]{64}$/);
  const before = await rowOf(thisYear, 'balie');
  expect(before).toMatchObject({ row: { realised: 7, note }, late: null });

  const commentsLeft = () =>
    inDatabase(program.dataDir, (db) => db.prepare('SELECT count(*) FROM comments').pluck().get());
  expect(commentsLeft()).toBe(1);
  // As if it had been written four years ago: the removal of the night takes it.
  inDatabase(program.dataDir, (db) => db.prepare('UPDATE comments SET at = 0').run());
  expect((await ask('POST', '/privacy/retention-runs', {}, tokens.privacy)).status).toBe(201);
  expect(commentsLeft()).toBe(0);
  await rate(1, 1, 1);
  const after = await table(thisYear);
  const row = after.items.find(({ key }) => key === 'balie')!;
  expect(row.row).toEqual(before.row);
  expect(row.late).toEqual({ more: 3, fewer: 0, computed: 5.7 });
  expect(after.frozen).toEqual(frozen.body);
  expect((await ask('PUT', `/indicators/balie/${thisYear}`, { target: 5 })).status).toBe(409);
  expect((await ask('POST', '/year-tables', { year: thisYear })).status).toBe(409);

  const path = `/year-tables/${frozen.body.id}/reopenings`;
  expect((await ask('POST', path, { reason: ' ' })).status).toBe(400);
  expect((await ask('POST', path, { reason: 'Tablet was een dag offline' })).status).toBe(201);
  expect((await ask('POST', path, { reason: 'Nog eens' })).status).toBe(404);
  expect((await rowOf(thisYear, 'balie')).row).toMatchObject({ realised: 5.7, met: false });
  await ask('POST', '/year-tables', { year: thisYear });
  const { body } = await get<{ items: YearTable[] }>(program.url, '/year-tables', tokens.viewer);
  expect(body.items.map(({ reason, verified }) => [reason, verified])).toEqual([
    [null, true],
    ['Tablet was een dag offline', true],
  ]);
});

test('YT3: a survey of another held every other year also counts in the year without one, with the year it was held', async () => {
  const peiling = {
    name: 'Ondernemers',
    objective: '',
    source: 'Ondernemerspeiling',
    unit: 'cijfer',
    every: 2,
  };
  expect((await ask('PUT', '/indicators/peiling', peiling)).status).toBe(200);
  const entered = { target: 6.9, realised: 6.6, n: 412, measuredOn: '2031-05-01' };
  expect((await ask('PUT', '/indicators/peiling/2031', entered)).status).toBe(200);
  expect((await ask('PUT', '/indicators/peiling/2032', { target: 6.5 })).status).toBe(200);
  expect((await ask('PUT', '/indicators/peiling/2033', { target: 6.5 })).status).toBe(200);
  expect((await rowOf(2031, 'peiling')).row).toMatchObject({ realised: 6.6, met: false, measuredIn: null });
  expect((await rowOf(2032, 'peiling')).row).toMatchObject({
    ...{ realised: 6.6, target: 6.5, met: true, n: 412, measuredIn: 2031, measuredOn: '2031-05-01' },
  });
  expect((await rowOf(2033, 'peiling')).row).toMatchObject({ realised: null, met: null });
});

test('YT5: the table goes to a spreadsheet as the report has it, and no cell of it is a formula', async () => {
  const file = async (query: string, token: string) => {
    const response = await fetch(`${program.url}/api/v1/exports/indicators?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  expect((await file('format=csv', tokens.viewer)).response.status).toBe(403);
  const csv = await file(`format=csv&year=${thisYear}`, tokens.manager);
  expect(csv.response.headers.get('content-type')).toMatch(/^text\/csv/);
  const lines = csv.bytes.toString('utf8').split('\r\n');
  expect(lines[0]).toBe('\ufeffIndicator;Eenheid;Begroting;Realisatie;Doel gehaald;Toelichting;Bron');
  expect(lines[1]).toBe("'=Balie;rapportcijfer 1-10;7,0;5,7;nee;Gelijk aan de norm.;Klant in focus");
  const old = (await file('format=csv&year=2024', tokens.controller)).bytes.toString('utf8');
  expect(old).toContain(';7,3;6,6;nee;');
  expect(old).toContain(';7,0;7,0;ja;');

  const { response, bytes } = await file(`format=xlsx&year=${thisYear}`, tokens.controller);
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename=indicatoren-${thisYear}.xlsx`,
  );
  const parts = zipParts(bytes);
  const all = [...parts.values()].join('');
  expect(all).toMatch(/>(?:'|&apos;|&#39;)=Balie</);
  expect(all).toMatch(/<v>5\.7<\/v>/);
  expect(all).not.toContain('<f>');
});

test('YT6: a controller says what an indicator is; a key that is wrong and a year that is none are refused', async () => {
  const definition = {
    ...{ name: 'Ondernemers', objective: '6.1', source: 'Peiling', unit: 'rapportcijfer 1-10', every: 2 },
  };
  expect((await ask('PUT', '/indicators/ondernemers', definition)).status).toBe(200);
  expect((await ask('PUT', '/indicators/ondernemers', definition, tokens.manager)).status).toBe(403);
  expect((await ask('PUT', '/indicators/Geen%20sleutel', definition)).status).toBe(400);
  const outside = { target: 7, realised: 6.9, n: 412, measuredOn: '2025-10-01' };
  expect((await ask('PUT', '/indicators/ondernemers/2025', outside)).status).toBe(200);
  expect((await rowOf(2025, 'ondernemers')).row).toMatchObject({
    ...{ realised: 6.9, met: false, n: 412, measuredOn: '2025-10-01', certainty: null, own: false },
  });
  expect((await ask('PUT', '/indicators/ondernemers/25', outside)).status).toBe(404);
  expect((await get(program.url, '/indicators?year=jaar', tokens.viewer)).status).toBe(400);
});

/** The files in a zip archive, by name. */
function zipParts(bytes: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (bytes.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const [size, name, extra, comment] = [20, 28, 30, 32].map((offset, i) =>
      i === 0 ? bytes.readUInt32LE(at + offset) : bytes.readUInt16LE(at + offset),
    ) as [number, number, number, number];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    const text = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
    parts.set(bytes.toString('utf8', at + 46, at + 46 + name), text.toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return parts;
}
