import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultRetention, type Retention, type RetentionState } from '#shared/contract/privacy.ts';
import { startPrepared } from '../support/prepared.ts';
import { type Program, root } from '../support/program.ts';

let program: Program;
let tokens: Record<'privacy' | 'manager' | 'admin', string>;
const folder = () => program.dataDir;

beforeAll(async () => {
  ({ program, tokens } = await startPrepared({
    settings: { answerKeys: ['waarom', 'hoe'], retention: { ...defaultRetention, commentMonths: 6 } },
    tokens: { privacy: 'privacy', manager: 'manager', admin: 'admin' },
  }));
});
afterAll(() => program.stop());

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
/** With a token unless it is null: residents have none. */
async function ask(method: string, path: string, body?: unknown, token: string | null = tokens.privacy) {
  const response = await fetch(`${program.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}
const rate = (fields: object) =>
  ask('POST', '/ratings', { id: randomUUID(), touchpoint: 'website', grade: 7, ...fields }, null);
/** In which files of the data these bytes are. */
const holding = (word: string) =>
  readdirSync(folder()).filter((name) => readFileSync(join(folder(), name)).includes(word));
const summary = async (query: string) =>
  (await ask('GET', `/summary?by=channel&${query}`, undefined, tokens.manager)).body.total.n;

test('RT3: whoever sets the periods sees what would go, and with which others', async () => {
  await rate({ givenAt: daysAgo(300), comment: 'Voorvertoning eekhoorn' });
  const state: RetentionState = (await ask('GET', '/privacy/retention')).body;
  expect(state.periods).toMatchObject({ commentMonths: 6, ratingMonths: 60 });
  expect(state.expiring.find(({ kind }) => kind === 'comments')).toMatchObject({ rows: 1 });
  const longer: RetentionState = (await ask('GET', '/privacy/retention?commentMonths=24')).body;
  expect(longer.expiring.find(({ kind }) => kind === 'comments')).toMatchObject({ rows: 0 });
  const none = { status: 400, body: { errors: [{ pointer: '/commentMonths' }] } };
  expect(await ask('GET', '/privacy/retention?commentMonths=0')).toMatchObject(none);
  const tooLong: Retention = { ...defaultRetention, commentMonths: 60, ratingMonths: 12 };
  expect(await ask('PUT', '/privacy/retention', tooLong)).toMatchObject(none);
  expect(await ask('PUT', '/privacy/retention', defaultRetention, tokens.manager)).toMatchObject({
    status: 403,
  });
});

test('RT1: after the removal the bytes of an expired comment are in no file of the data', async () => {
  const old = { id: randomUUID(), givenAt: daysAgo(400), comment: 'Verlopen stokstaartje bij loket 3' };
  await rate({ ...old, answers: { waarom: 'vanwege mijn hagedisje', hoe: 'snel' } });
  await ask('PATCH', `/ratings/${old.id}`, { comment: 'Verbeterd nijlpaardje' }, null);
  const kept = { givenAt: daysAgo(3), comment: 'Bewaarde zeehond', answers: { waarom: 'om de pinguin' } };
  await rate(kept);
  for (let i = 0; i < 80; i++) await rate({ givenAt: daysAgo(350 + i), comment: `Oud stokstaartje ${i}` });
  const before = await summary('from=2020-01-01');
  for (const word of ['stokstaartje', 'nijlpaardje', 'hagedisje']) expect(holding(word)).not.toEqual([]);

  const run = await ask('POST', '/privacy/retention-runs');
  expect(run).toMatchObject({ status: 201, body: { emptied: true } });
  expect(run.body.removed.comments).toBeGreaterThanOrEqual(81);
  for (const word of ['stokstaartje', 'nijlpaardje', 'hagedisje', 'eekhoorn', 'Verlopen'])
    expect(holding(word), word).toEqual([]);
  expect(holding('zeehond')).not.toEqual([]);
  expect(holding('pinguin')).not.toEqual([]);
  expect(await summary('from=2020-01-01')).toBe(before);
  const { lastRun } = (await ask('GET', '/privacy/retention')).body;
  expect(lastRun.removed).toEqual(run.body.removed);
  // A post that comes again is still the same one, though its words are gone.
  const again = await rate({ ...old, answers: { waarom: 'vanwege mijn hagedisje', hoe: 'snel' } });
  expect(again).toMatchObject({ status: 200, body: { status: 'duplicate' } });
});

test('RT2, RT4: counts of ratings that went are sealed, a recount agrees, and an import refuses rows from before', async () => {
  for (let i = 0; i < 12; i++)
    await rate({ givenAt: `2012-03-${10 + i}T10:00:00Z`, comment: `Oeroud mammoetje ${i}` });
  expect(await summary('from=2012-01-01&to=2012-12-31')).toBe(12);
  const run = await ask('POST', '/privacy/retention-runs');
  expect(run.body.removed.ratings).toBe(12);
  expect(await summary('from=2012-01-01&to=2012-12-31')).toBe(12);
  expect(holding('mammoetje')).toEqual([]);
  expect(await program.command('recount')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('0 differences'),
  });

  const file = join(folder(), '..', 'oud.csv');
  writeFileSync(
    file,
    `touchpoint;grade;givenAt;comment\nwebsite;8;2012-03-10 10:00;te oud\nwebsite;8;${daysAgo(300).slice(0, 10)} 10:00;Geen walrusje meer\n`,
  );
  const first = await program.command('import', file);
  expect(first.stdout).toContain('2 read, 1 accepted, 0 duplicate, 1 rejected');
  expect(readFileSync(`${file}.rejected.csv`, 'utf8')).toMatch(
    /Ratings from before \d{4}-\d\d-01 are not kept/,
  );
  expect(holding('walrusje')).toEqual([]);
  expect((await program.command('import', file)).stdout).toContain('0 accepted, 1 duplicate');
});

test('RT1: copies of the database from before an upgrade go after their period', async () => {
  const copy = join(folder(), 'klantpuls.db.before-0002');
  const recent = join(folder(), 'klantpuls.db.before-0003');
  for (const file of [copy, recent]) writeFileSync(file, 'x');
  utimesSync(copy, new Date(daysAgo(40)), new Date(daysAgo(40)));
  expect((await ask('POST', '/privacy/retention-runs')).body).toMatchObject({ copiesRemoved: 1 });
  expect(readdirSync(folder())).toContain('klantpuls.db.before-0003');
  expect(readdirSync(folder())).not.toContain('klantpuls.db.before-0002');
});

test('RT5: a comment is found and erased for whoever asks; the grade stays, and the audit log tells', async () => {
  const id = randomUUID();
  await rate({ id, comment: 'Mijn Goudvisje zwom weg', answers: { waarom: 'door het goudvisje' } });
  await rate({ comment: 'Een ander visje', touchpoint: 'balie-1' });
  expect((await ask('GET', '/privacy/comments?text=goudVISJE&touchpoint=balie-1')).body.items).toEqual([]);
  const today = new Date().toISOString().slice(0, 10);
  const { items } = (
    await ask('GET', `/privacy/comments?text=goudVISJE&touchpoint=website&from=${daysAgo(1).slice(0, 10)}`)
  ).body;
  expect(items).toMatchObject([{ comment: 'Mijn Goudvisje zwom weg', grade: 7, touchpoint: 'website' }]);
  expect(items[0].reference).not.toBe(id);
  expect(
    (await ask('GET', `/privacy/comments?text=goudvisje&to=${daysAgo(2).slice(0, 10)}`)).body.items,
  ).toEqual([]);
  const counted = await summary(`from=${today}`);
  expect(await ask('DELETE', `/privacy/comments/${items[0].reference}`)).toMatchObject({ status: 204 });
  expect(await ask('DELETE', `/privacy/comments/${items[0].reference}`)).toMatchObject({ status: 404 });
  expect((await ask('GET', '/privacy/comments?text=goudvisje')).body.items).toEqual([]);
  expect(await summary(`from=${today}`)).toBe(counted);
  await ask('POST', '/privacy/retention-runs');
  expect(holding('oudvisje')).toEqual([]);
  const events = (await ask('GET', '/audit-events')).body.items.map(
    ({ method, route }: { method: string; route: string }) => `${method} ${route}`,
  );
  expect(events).toContainEqual(expect.stringMatching(/^GET .*\/privacy\/comments$/));
  expect(events).toContainEqual(expect.stringMatching(/^DELETE .*\/privacy\/comments\//));
  expect(await ask('GET', '/privacy/comments?text=x', undefined, tokens.manager)).toMatchObject({
    status: 403,
  });
});

test('RD4: how often each label was put is told', async () => {
  await rate({ comment: 'Bel 06-12345678 of mail jan@voorbeeld.nl' });
  const figures = (await ask('GET', '/privacy/redactions')).body;
  expect(figures.redacted).toBeGreaterThanOrEqual(1);
  const of = (label: string) => figures.labels.find((one: { label: string }) => one.label === label).comments;
  expect([of('[telefoonnummer]'), of('[e-mailadres]'), of('[IBAN]')]).toEqual([1, 1, 0]);
});

test('OP2: the administrator sees how the installation fares', async () => {
  const { status, body } = await ask('GET', '/health', undefined, tokens.admin);
  expect(status).toBe(200);
  expect(body.databaseBytes).toBeGreaterThan(0);
  const states = Object.fromEntries(
    body.checks.map(({ key, state }: { key: string; state: string }) => [key, state]),
  );
  expect(states).toMatchObject({ storage: 'good', backup: 'attention', retention: 'good', tls: 'attention' });
  expect((await ask('GET', '/health')).status).toBe(403);
});

test('OP4: every figure that the example of alerts looks at is one that the program tells', async () => {
  const example = readFileSync(join(root, 'shared/guide/alerts.yml'), 'utf8');
  const looked = [...example.matchAll(/^ +expr: (.*)$/gm)].flatMap(
    ([, rule]) => rule!.match(/[a-z]\w+(?=[{[ ])/g)!,
  );
  expect(looked.length).toBeGreaterThan(5);
  const metrics = await fetch(`${program.url}/metrics`, {
    headers: { authorization: `Bearer ${tokens.admin}` },
  });
  const told = new Set([...(await metrics.text()).matchAll(/^([a-z]\w+)[{ ]/gm)].map(([, name]) => name));
  // What Prometheus itself knows: whether it got an answer.
  expect(looked.filter((name) => name !== 'up' && !told.has(name))).toEqual([]);
});
