import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import type { Questionnaire } from '#shared/contract/questionnaire.ts';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { countRatings, inDatabase } from '../support/database.ts';
import { startPrepared } from '../support/prepared.ts';
import { built, type Program, root, temporaryFolder } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

let program: Program;
let viewer: string;
let admin: string;
const folder = temporaryFolder();

beforeAll(async () => {
  const started = await startPrepared({
    settings: {
      answerKeys: ['reason'],
      products: [{ key: 'paspoort', name: 'Paspoort', upl: null, retired: false }],
    },
    tokens: { viewer: 'viewer', admin: 'admin' },
  });
  program = started.program;
  ({ viewer, admin } = started.tokens);
});
afterAll(() => program.stop());

let files = 0;
const csv = (content: string | Buffer): string => {
  const file = join(folder, `${++files}.csv`);
  writeFileSync(file, content);
  return file;
};
const load = async (content: string | Buffer, ...options: string[]) => {
  const file = csv(content);
  const { stdout, stderr, code } = await program.command('import', file, ...options);
  const [read, accepted, duplicate, rejected] = (
    stdout.match(/\d+(?= (?:read|accepted|duplicate|rejected))/g) ?? []
  ).map(Number);
  const reasons = existsSync(`${file}.rejected.csv`) ? readFileSync(`${file}.rejected.csv`, 'utf8') : null;
  return { file, code, stderr, counts: { read, accepted, duplicate, rejected }, reasons };
};
const figures = async (query: string) => (await get<Summary>(program.url, `/summary?${query}`, viewer)).body;

describe('an import', () => {
  test('AG8: equal rows all count, and a second import of the same file adds nothing', async () => {
    const content = [
      'touchpoint,grade,givenAt,comment',
      'balie-1,8,2023-01-05 10:00,',
      'balie-1,8,2023-01-05 10:00,',
      'balie-1,8,2023-01-05 10:00,"Goed, dank"',
      'balie-1,8,2023-01-05 10:00,',
    ].join('\n');
    const first = await load(content);
    expect(first).toMatchObject({
      code: 0,
      counts: { read: 4, accepted: 4, duplicate: 0, rejected: 0 },
      reasons: null,
    });
    const again = await load(content);
    expect(again.counts).toEqual({ read: 4, accepted: 0, duplicate: 4, rejected: 0 });
    const more = await load(`${content}\nbalie-1,8,2023-01-05 10:00,`);
    expect(more.counts).toEqual({ read: 5, accepted: 1, duplicate: 4, rejected: 0 });
    const { total } = await figures('from=2023-01-05&to=2023-01-05');
    expect(total.n).toBe(5);
  });

  test('AG8: ; and , and a BOM, quotes and line ends of any kind are read alike', async () => {
    // Words are kept for a year.
    const yesterday = dateOfDay(dayOf(Date.now()) - 1);
    const rows = [
      ['touchpoint', 'grade', 'givenAt', 'comment', 'answers.reason'],
      ['balie-1', '9', `${yesterday}T09:00`, '"een; twee, ""drie""\nvier"', 'snel'],
      ['website', '3', `${yesterday}T09:00:30`, '', ''],
    ];
    const text = (separator: string, end: string) => rows.map((row) => row.join(separator)).join(end);
    expect((await load(`\ufeff${text(';', '\r\n')}\r\n`)).counts).toMatchObject({ accepted: 2, rejected: 0 });
    expect((await load(text(',', '\n'))).counts).toMatchObject({ duplicate: 2, rejected: 0 });
    const comments = inDatabase(program.dataDir, (db) =>
      db.prepare('SELECT text FROM comments').pluck().all(),
    );
    expect(comments).toContain('een; twee, "drie"\nvier');
  });

  test('AG8: a time without offset is Amsterdam time, one with an offset is what it says', async () => {
    const { counts } = await load(
      [
        'touchpoint;grade;givenAt',
        'digitaal-product;5;2023-07-01 00:30',
        'digitaal-product;5;2023-06-30T22:30:00Z',
        'digitaal-product;5;2023-07-01T00:30:00+02:00',
        'digitaal-product;5;2023-12-31 23:59:59',
      ].join('\n'),
    );
    expect(counts).toMatchObject({ accepted: 4 });
    expect((await figures('from=2023-07-01&to=2023-07-01&by=hour')).groups).toMatchObject([
      { key: '0', n: 3 },
    ]);
    expect((await figures('from=2023-12-31&to=2023-12-31&by=hour')).groups).toMatchObject([
      { key: '23', n: 1 },
    ]);
  });

  test('AG8: bad rows are listed with line and reason, without the comment, and the rest is taken', async () => {
    const id = '0192f0c1-8a3e-7cc3-98c4-dc0c0c07398f';
    const { code, counts, reasons } = await load(
      [
        'touchpoint;grade;givenAt;language;product;comment;id',
        'balie-1;11;2023-03-01 10:00;;;geheim1;',
        'balie-1;7,5;2023-03-01 10:00;;;geheim2;',
        '"balie-1";8;2023-03-01 10:00;nl;paspoort;"twee',
        'regels";',
        'elders;8;2023-03-01 10:00;;;geheim3;',
        'balie-1;8;gisteren;xx;fiets;geheim4;',
        'balie-1;8;1999-03-01 10:00;;;geheim5;',
        `balie-1;8;;;;geheim6;`,
        'balie-1;;2023-03-01 10:00;;;geheim7;',
        'balie-1;8;2023-03-01 10:00;;;geheim8;;;;',
        `balie-1;8;2023-03-01 10:00;;;;${id}`,
        `balie-1;9;2023-03-01 10:00;;;geheim9;${id}`,
        `balie-1;9;2023-03-01 10:00;;;geheim\u0001;`,
        'balie-1;10;2023-03-01 10:00;nl;paspoort;;',
      ].join('\n'),
    );
    expect(code).toBe(0);
    expect(counts).toEqual({ read: 13, accepted: 3, duplicate: 0, rejected: 10 });
    const lines = reasons!.trim().split('\n');
    expect(lines[0]).toBe('line;reason');
    expect(
      lines
        .slice(1)
        .map((line) => Number(line.split(';')[0]))
        .sort((a, b) => a - b),
    ).toEqual([2, 3, 6, 7, 8, 9, 10, 11, 13, 14]);
    const reason = (line: number) => lines.find((text) => text.startsWith(`${line};`));
    expect(reason(6)).toContain('touchpoint');
    for (const field of ['givenAt', 'language', 'product']) expect(reason(7)).toContain(field);
    expect(reason(9)).toContain('givenAt');
    expect(reason(13)).toContain('id');
    expect(reasons).not.toContain('geheim');
  });

  test('QN3: imported answers are held against the version of their time, and a newer version changes none of them', async () => {
    const option = (key: string) => ({ key, text: { nl: key } });
    const version = (after: number, asked: object[]) => ({
      ...{ touchpoint: 'digitaal-product', after, scale: 'grade', question: null, commentQuestion: null },
      ...{ product: null, questions: asked },
    });
    const geholpen = { key: 'geholpen', type: 'yes-no', text: { nl: 'Geholpen?' }, options: [] };
    const reden = {
      ...{ key: 'reden', type: 'multiple', text: { nl: 'Waarom?' } },
      options: [option('tijd'), option('uitleg')],
    };
    const ask = async (after: number, asked: object[]) => {
      const url = `${program.url}/api/v1/questionnaires`;
      const headers = { authorization: `Bearer ${admin}` };
      const { status, body } = await send<Questionnaire>('POST', url, version(after, asked), headers);
      expect(status, JSON.stringify(body)).toBe(201);
      return new Date(Date.parse(body.validFrom!) + 1).toISOString();
    };
    const stored = () =>
      inDatabase(program.dataDir, (db) =>
        db
          .prepare(
            `SELECT answers FROM ratings WHERE answers IS NOT NULL AND placement IN
             (SELECT id FROM placements WHERE touchpoint = 'digitaal-product') ORDER BY grade`,
          )
          .pluck()
          .all(),
      );
    const second = await ask(1, [geholpen, reden]);
    const head = 'touchpoint;grade;givenAt;answers.geholpen;answers.reden';
    const rows = [
      head,
      `digitaal-product;1;${second};nee;tijd|uitleg`,
      `digitaal-product;2;${second};true;uitleg`,
      `digitaal-product;3;${second};Ja;`,
      `digitaal-product;4;${second};misschien;`,
      `digitaal-product;5;${second};;tijd|anders`,
    ];
    const first = await load(rows.join('\n'));
    expect(first.counts).toEqual({ read: 5, accepted: 3, duplicate: 0, rejected: 2 });
    expect(first.reasons).toMatch(/^5;.*true or false/m);
    expect(first.reasons).toMatch(/^6;.*not an option/m);
    const kept = [
      '{"geholpen":false,"reden":["tijd","uitleg"]}',
      '{"geholpen":true,"reden":["uitleg"]}',
      '{"geholpen":true}',
    ];
    expect(stored()).toEqual(kept);

    // The same key is asked in another way from now on.
    const third = await ask(2, [{ ...geholpen, type: 'choice', options: [option('ja'), option('deels')] }]);
    expect(stored()).toEqual(kept);
    const again = await load([...rows.slice(0, 4), `digitaal-product;10;${third};ja;`].join('\n'));
    expect(again.counts).toEqual({ read: 4, accepted: 1, duplicate: 3, rejected: 0 });
    expect(stored()).toEqual([...kept, '{"geholpen":"ja"}']);
  });

  test('AG8: touchpoints and products that do not exist are made when that is asked, with a key that is one', async () => {
    const content = [
      'touchpoint;grade;givenAt;product',
      'loket-9;8;2023-04-01 10:00;rijbewijs',
      'Loket Tien!;8;2023-04-01 10:00;rijbewijs',
    ].join('\n');
    expect((await load(content)).counts).toMatchObject({ accepted: 0, rejected: 2 });
    expect((await load(content, '--create-touchpoints', 'balie')).counts).toMatchObject({
      accepted: 0,
      rejected: 2,
    });
    const made = await load(content, '--create-touchpoints', 'balie', '--create-products');
    expect(made.counts).toMatchObject({ accepted: 1, rejected: 1 });
    expect(made.reasons).toMatch(/\n3;.*touchpoint/);
    expect((await figures('touchpoint=loket-9&by=product')).groups).toMatchObject([
      { key: 'rijbewijs', n: 1 },
    ]);
    expect(await load(content, '--create-touchpoints', 'nergens')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no channel nergens'),
    });
  });

  test('AG8: an import raises the figures but never the mark of a doubtful clock', async () => {
    await load('touchpoint;grade;givenAt\nwebsite;6;2023-05-05 12:00');
    expect((await figures('from=2023-05-05&to=2023-05-05&marked=exclude')).total.n).toBe(1);
  });

  test.each([
    ['an unknown column', 'touchpoint;grade;givenAt;naam\n', /naam/],
    ['a column too few', 'touchpoint;grade\n', /givenAt/],
    ['nothing', '', /no rows/],
    [
      'another encoding',
      Buffer.from('touchpoint;grade;givenAt;comment\nbalie-1;8;2023-01-01 10:00;caf\xe9\n', 'latin1'),
      /UTF-8/,
    ],
    [
      'an end in the middle of a character',
      Buffer.concat([
        Buffer.from('touchpoint;grade;givenAt;comment\nbalie-1;8;2023-01-01 10:00;caf'),
        Buffer.from([0xc3]),
      ]),
      /UTF-8/,
    ],
    ['UTF-16', Buffer.from('\ufefftouchpoint;grade;givenAt\n', 'utf16le'), /UTF-8/],
    [
      'a quote that is never closed',
      'touchpoint;grade;givenAt;comment\nbalie-1;8;2023-01-01 10:00;"open\n',
      /quote/,
    ],
  ])('AG8: a file with %s is refused with a sentence', async (_name, content, sentence) => {
    const before = countRatings(program.dataDir);
    const { code, stderr } = await load(content);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(sentence) });
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(countRatings(program.dataDir)).toBe(before);
  });
});

describe('a large import while ratings come in', () => {
  const rows = 60_000;
  const content = () =>
    [
      'touchpoint;grade;givenAt',
      ...Array.from({ length: rows }, (_, i) => {
        const time = new Date(Date.UTC(2024, 0, 1) + (i >> 1) * 500_000).toISOString();
        return `website;${1 + ((i >> 1) % 10)};${time}`;
      }),
    ].join('\n');

  test('AG8: Ctrl-C half-way loses nothing, and again with the whole file everything is there once', async () => {
    const file = csv(content());
    const before = countRatings(program.dataDir);
    const answered: unknown[] = [];
    const refusals: number[] = [];
    let going = true;
    const coming = Promise.all(
      Array.from({ length: 3 }, async () => {
        while (going) {
          const rating = aRating();
          const { status } = await post(program.url, rating);
          if (status === 201) answered.push(rating);
          else refusals.push(status);
        }
      }),
    );
    const env = { ...process.env, DATA_DIR: program.dataDir, NODE_OPTIONS: '' };
    const running = spawn(process.execPath, [built('server/cli/import.ts'), file], { cwd: root, env });
    let printed = '';
    running.stdout.on('data', (data) => {
      printed += data;
    });
    const ended = new Promise<number | null>((resolve) => running.on('close', resolve));
    const imported = () =>
      inDatabase(
        program.dataDir,
        (db) => db.prepare('SELECT count(*) FROM ratings WHERE marks & 4').pluck().get() as number,
      );
    const already = imported();
    await until('some of it is there', () => imported() > already);
    running.kill('SIGINT');
    expect(await ended).toBe(130);
    const half = Number(/(\d+) accepted/.exec(printed)?.[1]);
    expect(imported()).toBe(already + half);
    expect(half).toBeLessThan(rows);
    expect(printed).toContain('start the same import again');

    const again = await program.command('import', file);
    going = false;
    await coming;
    expect(again.stdout).toContain(`${rows} read, ${rows - half} accepted, ${half} duplicate, 0 rejected`);
    expect(refusals).toEqual([]);
    expect(answered.length).toBeGreaterThan(0);
    expect(countRatings(program.dataDir)).toBe(before + rows + answered.length);
    expect((await figures('from=2024-01-01&to=2024-12-31&touchpoint=website')).total.n).toBe(rows);
    expect(await program.command('recount')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('\n0 differences'),
    });
  });
});
