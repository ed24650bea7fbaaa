import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommentItem, CommentsAnswer, CommentsPatched } from '#shared/contract/comments.ts';
import type { Problem } from '#shared/contract/errors.ts';
import type { SettingsFile } from '#shared/contract/settings.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

const settings: SettingsFile = { aggressionAddress: 'meldpunt@gemeente.example' };
let mailbox: Mailbox;
let program: Program;
let tokens: Record<'anja' | 'bob' | 'viewer', string>;

beforeAll(async () => {
  mailbox = await startMailbox();
  const wanted = { anja: 'manager', bob: 'manager', viewer: 'viewer' };
  const environment = { SMTP_URL: mailbox.url, MAIL_FROM: 'klantpuls@gemeente.example' };
  ({ program, tokens } = await startPrepared({ settings, tokens: wanted, environment }));
});
afterAll(() => Promise.all([program?.stop(), mailbox?.close()]));

const list = async (query = '', token = tokens.anja) =>
  (await get<CommentsAnswer>(program.url, `/comments${query}`, token)).body;
const rate = async (comment: string, fields: object = {}) => {
  const rating = aRating({ comment, ...fields });
  const { status } = await send('POST', `${program.url}/api/v1/ratings`, rating);
  expect(status).toBe(201);
  return rating;
};
const patch = <Body = CommentItem>(path: string, body: unknown, token = tokens.anja) =>
  send<Body>('PATCH', `${program.url}/api/v1/comments${path}`, body, { authorization: `Bearer ${token}` });

test('RE1 RE4: managers read what was written, by reference and not by id, page by page while others write', async () => {
  const first = await rate('Lange wachttijd aan de balie', { grade: 4 });
  for (let i = 0; i < 60; i++) await rate(`Prima geholpen ${i}`, { touchpoint: 'website', grade: 9 });
  const page = await list();
  expect(page).toMatchObject({ found: 61, next: expect.stringMatching(/./) });
  expect(page.items).toHaveLength(50);
  await rate('Ondertussen');
  const rest = await list(`?cursor=${page.next}`);
  expect(rest.next).toBeNull();
  expect(rest.found).toBeUndefined();
  expect(rest.items).toHaveLength(11);
  const seen = new Set([...page.items, ...rest.items].map(({ reference }) => reference));
  expect(seen.size).toBe(61);
  const [found] = (await list('?q=wachttijden&channel=balie&theme=wachttijd&kind=improvement&status=new'))
    .items;
  expect(found).toMatchObject({
    ...{ text: 'Lange wachttijd aan de balie', grade: 4, channel: 'balie', touchpoint: 'balie-1' },
    ...{ kinds: ['improvement'], followUp: { version: 0, status: 'new' } },
  });
  expect(JSON.stringify(found)).not.toContain(first.id);
  expect(await list('?channel=telefoon')).toEqual({ items: [], next: null, found: 0 });
  for (const query of [
    '?theme=NIET',
    '?status=geen',
    '?cursor=x',
    '?channel=geen',
    '?from=2026-02-01&to=2026-01-01',
  ])
    expect((await get(program.url, `/comments${query}`, tokens.anja)).status, query).toBe(400);
  expect((await get(program.url, '/comments', tokens.viewer)).status).toBe(403);
});

test('RE5 RE7: two managers see each other’s follow-up live; a conflicting edit is refused with how it is now', async () => {
  const listen = async (token: string) => {
    const socket: Socket = io(`${program.url}/live`, { auth: { token }, transports: ['websocket'] });
    const heard: [string, CommentItem & { reference: string }][] = [];
    socket.onAny((event, item) => heard.push([event, item]));
    await new Promise<void>((resolve) => socket.on('connect', resolve));
    return { socket, heard };
  };
  const [anja, bob, viewer] = [
    await listen(tokens.anja),
    await listen(tokens.bob),
    await listen(tokens.viewer),
  ];
  // Whatever was given before is told by then.
  await rate('Eerst dit', { grade: 6 });
  for (const one of [anja, bob]) {
    await until('what came before is told', () => one.heard.some(([, item]) => item.text === 'Eerst dit'));
    one.heard.length = 0;
  }
  const rating = await rate('De deur klemt', { grade: 5 });
  const [, fresh] = await until('the comment is announced', () => bob.heard[0]);
  expect(bob.heard[0]).toEqual(['comment', (await list('?q=deur')).items[0]]);

  const done = { version: 0, status: 'in-progress', owner: 'Anja' };
  const changed = await patch(`/${fresh.reference}`, done);
  expect(changed).toMatchObject({ status: 200, body: { followUp: { version: 1, changedBy: 'anja' } } });
  await until('the follow-up is heard', () => bob.heard[1]);
  expect(bob.heard[1]).toEqual(['follow-up', changed.body]);
  const late = await patch<Problem>(`/${fresh.reference}`, { version: 0, note: 'Ook gezien' }, tokens.bob);
  expect(late).toMatchObject({ status: 409, body: { current: changed.body } });
  const again = await patch(`/${fresh.reference}`, { version: 1, note: 'Ook gezien' }, tokens.bob);
  expect(again.body.followUp).toMatchObject({ version: 2, owner: 'Anja', note: 'Ook gezien' });

  await send('PATCH', `${program.url}/api/v1/ratings/${rating.id}`, { comment: '' });
  await until('that it is gone is heard', () => anja.heard.some(([event]) => event === 'comment-gone'));
  expect(viewer.heard).toEqual([]);
  for (const { socket } of [anja, bob, viewer]) socket.disconnect();
});

test('RE5: several are followed up at once; what a colleague changed meanwhile is told apart', async () => {
  const items = (await list('?q=prima')).items.slice(0, 3);
  await patch(`/${items[0]!.reference}`, { version: 0, status: 'done' }, tokens.bob);
  const named = items.map(({ reference }) => ({ reference, version: 0 }));
  const change = { status: 'done', done: 'Wij gaven het door.' };
  const { status, body } = await patch<CommentsPatched>('', { items: named, change });
  expect(status).toBe(200);
  expect(body.changed.map(({ reference }) => reference)).toEqual(
    named.slice(1).map(({ reference }) => reference),
  );
  expect(body.conflicts.map(({ followUp }) => followUp.changedBy)).toEqual(['bob']);
  expect((await list('?status=done')).found).toBe(3);
  const improvements = await get(program.url, '/improvements?channel=web', tokens.anja);
  expect(improvements.body).toMatchObject({ items: [{ done: change.done, comments: 2, channels: ['web'] }] });
  expect((await patch('', { items: [], change })).status).toBe(400);
  expect((await patch('/AAAAAAAAAAAAAAAAAAAAAA', { version: 0 })).status).toBe(404);
});

test('RE9: a threat is passed on to the address of the municipality, and that is seen', async () => {
  await rate('Ik sloeg hem bijna, ze werden bedreigd', { grade: 1 });
  const [threat] = (await list('?kind=aggression')).items;
  const path = `${program.url}/api/v1/comments/${threat!.reference}/forwardings`;
  const headers = { authorization: `Bearer ${tokens.anja}` };
  const forwarded = await send<CommentItem>('POST', path, undefined, headers);
  expect(forwarded).toMatchObject({ status: 201, body: { followUp: { version: 1, changedBy: 'anja' } } });
  expect(forwarded.body.followUp.forwardedAt).not.toBeNull();
  const letter = await until('the mail arrives', () => mailbox.letters[0]);
  expect(letter.to).toBe('meldpunt@gemeente.example');
  expect((await mailbox.parsed())[0]!.text).toContain('> Ik sloeg hem bijna');
  expect((await get(program.url, '/comment-themes', tokens.anja)).body).toMatchObject({
    forwardingTo: settings.aggressionAddress,
    items: expect.arrayContaining([{ key: 'wachttijd', label: { nl: 'Wachttijd', en: expect.any(String) } }]),
  });
});
