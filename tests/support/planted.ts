import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eventTypes } from '#shared/contract/webhooks.ts';
import { startMailbox } from './mailbox.ts';
import { parametersOf, sendWebhook } from './phone.ts';
import { startPrepared } from './prepared.ts';
import type { Program } from './program.ts';
import { sentences } from './redaction.ts';
import { until } from './until.ts';

interface Plant {
  text: string;
  personal: string;
}

/** A generator whose numbers follow from its seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const random = seeded(7);
const digits = (count: number) => Array.from({ length: count }, () => random(10)).join('');
const letters = (count: number) =>
  Array.from({ length: count }, () => 'BDFGHJKLNPRSTVXZ'[random(16)]).join('');
function bsn(): string {
  for (;;) {
    const first = `1${digits(7)}`;
    const rest = [...first].reduce((sum, digit, at) => sum + (9 - at) * Number(digit), 0) % 11;
    if (rest < 10) return first + rest;
  }
}
function iban(): string {
  const account = `0${digits(9)}`;
  const check = 98n - (BigInt(`10231110${account}232100`) % 97n);
  return `NL${String(check).padStart(2, '0')} ABNA ${account.slice(0, 4)} ${account.slice(4, 8)} ${account.slice(8)}`;
}
const makers: [string, () => string][] = [
  ['Bel mij terug op # na zes uur.', () => `06-${1 + random(8)}${digits(7)}`],
  ['Ik ben te bereiken op #, dank u', () => `070 ${1 + random(8)}${digits(2)} ${digits(2)} ${digits(2)}`],
  ['Mail #!', () => `${letters(5).toLowerCase()}.${letters(4).toLowerCase()}${digits(3)}@voorbeeld.nl`],
  ['mijn BSN is # en toch moest ik het nog eens zeggen', bsn],
  ['Maak het over op #.', iban],
  ['Het gaat om zaak #, al maanden', () => `${1 + random(9)}${digits(8)}`],
  ['Ik woon op # en wacht nog', () => `${1 + random(8)}${digits(3)} ${letters(2)} ${1 + random(300)}`],
];

/** Comments with an identifier of some length, as people type them: the labelled sentences, then made ones. */
export function plants(count: number): Plant[] {
  // What a search for bytes can find; of names nobody promises all.
  const labelled = [...sentences('seen'), ...sentences('unseen')].filter(
    ({ kind, personal }) => kind !== null && kind !== 'name' && personal.length >= 7,
  );
  const made = Array.from({ length: Math.max(0, count - labelled.length) }, (_, at) => {
    const [around, make] = makers[at % makers.length]!;
    const personal = make();
    return { text: around.replace('#', personal), personal };
  });
  return [...labelled, ...made].slice(0, count);
}

const isDigit = (sign: string | undefined) => sign !== undefined && sign >= '0' && sign <= '9';
/** Which of these stand in the text. A number within a longer one is another number. */
export function foundIn(text: string, planted: Plant[]): Plant[] {
  const byBegin = new Map<string, Plant[]>();
  for (const plant of planted) {
    const begin = plant.personal.slice(0, 7);
    byBegin.set(begin, [...(byBegin.get(begin) ?? []), plant]);
  }
  const found: Plant[] = [];
  for (let at = 0; at + 7 <= text.length; at++) {
    for (const plant of byBegin.get(text.slice(at, at + 7)) ?? []) {
      const { personal } = plant;
      const within =
        (isDigit(personal[0]) && isDigit(text[at - 1])) ||
        (isDigit(personal.at(-1)) && isDigit(text[at + personal.length]));
      if (!within && text.startsWith(personal, at)) found.push(plant);
    }
  }
  return found;
}

const line = 'telefoon-14079';
const platformSecret = 'the auth token of the platform';
type Way = (here: Here, plants: Plant[]) => Promise<void>;
interface Here {
  program: Program;
  tokens: Record<'line' | 'admin', string>;
}

async function ask(
  url: string,
  body: unknown,
  { method = 'POST', token }: { method?: string; token?: string } = {},
): Promise<ReturnType<typeof JSON.parse>> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${method} ${url}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}
const api = ({ program }: Here, path: string) => `${program.url}/api/v1${path}`;
const rating = (text: string, more: object = {}) => ({
  ...{ id: randomUUID(), touchpoint: 'website', grade: 6, comment: text, answers: { waarom: text }, ...more },
});
/** Some at a time, as residents come. */
async function each(plants: Plant[], work: (plant: Plant, at: number) => Promise<unknown>): Promise<void> {
  const queue = plants.entries();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const [at, plant] of queue) await work(plant, at);
    }),
  );
}
async function inBatches(here: Here, plants: Plant[], touchpoint: string, token?: string): Promise<void> {
  for (let from = 0; from < plants.length; from += 100) {
    const ratings = plants
      .slice(from, from + 100)
      .map(({ text }) => rating(text, { touchpoint, givenAt: new Date().toISOString() }));
    const sent = { sentAt: new Date().toISOString(), ratings };
    const { results } = await ask(api(here, '/ratings/batch'), sent, token ? { token } : {});
    for (const { status } of results) if (status !== 'accepted') throw new Error(`${status} in a batch`);
  }
}
async function press(url: string, fields: Record<string, string>): Promise<void> {
  const body = new URLSearchParams(fields);
  const { status } = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  if (status !== 303) throw new Error(`${status} for ${url}`);
}

/** Every way in. */
const ways: Record<string, Way> = {
  single: (here, plants) => each(plants, ({ text }) => ask(api(here, '/ratings'), rating(text))),
  batch: (here, plants) => inBatches(here, plants, 'website'),
  patch: (here, plants) =>
    each(plants, async ({ text }) => {
      const first = rating('niets');
      await ask(api(here, '/ratings'), first);
      await ask(api(here, `/ratings/${first.id}`), { comment: text }, { method: 'PATCH' });
    }),
  async import({ program }, plants) {
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = plants.map(
      ({ text }, at) => `website;7;2026-0${1 + (at % 9)}-03 10:00;${cell(text)};${cell(text)}`,
    );
    const file = join(program.dataDir, '..', 'planted.csv');
    writeFileSync(file, `touchpoint;grade;givenAt;comment;answers.waarom\n${rows.join('\n')}\n`);
    const { stdout } = await program.command('import', file);
    if (!stdout.includes(`${rows.length} accepted`)) throw new Error(stdout);
  },
  async kiosk(here, plants) {
    const pairing = await ask(api(here, '/device-pairings'), undefined);
    const tablet = { name: 'Tablet hal', touchpoint: 'balie-1' };
    const confirm = { method: 'PUT', token: here.tokens.admin };
    await ask(api(here, `/device-pairings/${pairing.user_code}`), tablet, confirm);
    const grant = 'urn:ietf:params:oauth:grant-type:device_code';
    const asked = { grant_type: grant, device_code: pairing.device_code };
    await inBatches(here, plants, 'balie-1', (await ask(api(here, '/device-tokens'), asked)).access_token);
  },
  form: ({ program }, plants) =>
    each(plants, ({ text }) =>
      press(`${program.url}/f/website`, { id: randomUUID(), grade: '5', comment: text }),
    ),
  telephone: (here, plants) =>
    each(plants, ({ text }) =>
      ask(api(here, '/ratings'), rating(text, { touchpoint: line }), { token: here.tokens.line }),
    ),
  // The platform tells who calls, and by what name.
  twiml: ({ program }, plants) =>
    each(plants, async ({ text, personal }) => {
      const caller = { From: personal, CallerName: text };
      const call = (address: string, more: object = {}) =>
        sendWebhook(address, parametersOf(`CA${randomUUID()}`, { ...caller, ...more }), {
          secret: platformSecret,
        });
      const first = await call(`${program.url}/api/v1/telephony/twiml/${line}?lang=nl`);
      const kept = await call(first.action!, { Digits: '8' });
      if (kept.action === null) throw new Error(kept.xml);
    }),
  invitation: (here, plants) =>
    each(plants, async ({ text }, at) => {
      const invitation = { moment: 'aanvraag', email: addressOf(at) };
      const { link } = await ask(api(here, '/invitations'), invitation, { token: here.tokens.admin });
      await press(`${here.program.url}${new URL(link).pathname}`, { grade: '4', comment: text });
    }),
};
const addressOf = (at: number) => `genodigde${at}@inwoner.test`;

export interface Planted {
  planted: number;
  ratings: number;
  told: number;
  /** Where an identifier was found, and the text that it was in. */
  found: string[];
}

/**
 * Sends comments with identifiers through every way in, to a program of its own with a receiver of webhooks and a mail
 * server, and looks for them in every file of its data, in its log at its finest, and in all that went out.
 */
export async function plantEverywhere(count: number): Promise<Planted> {
  const told: string[] = [];
  const receiver = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    told.push(text);
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const mailbox = await startMailbox();
  const here = await startPrepared({
    environment: {
      ...{ LOG_LEVEL: 'debug', RATE_LIMIT: 'off', TWIML_AUTH_TOKEN: platformSecret },
      ...{ WEBHOOK_PRIVATE: '127.0.0.1', SMTP_URL: mailbox.url, MAIL_FROM: 'Gemeente <post@gemeente.test>' },
    },
    settings: { answerKeys: ['waarom'] },
    tokens: { line: `machine telephony:${line}`, admin: 'admin' },
  });
  const { program, tokens } = here;
  try {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const hook = { name: 'Zaaksysteem', url, types: eventTypes };
    await ask(api(here, '/webhooks'), hook, { token: tokens.admin });
    const planted = plants(count);
    const names = Object.keys(ways);
    for (const [way, send] of Object.values(ways).entries())
      await send(
        here,
        planted.filter((_, at) => at % names.length === way),
      );
    // Also where it cannot be stored: in what an answer or the log says about it.
    for (const { text } of planted.slice(0, 20))
      await ask(api(here, '/ratings'), { ...rating(text), grade: text }).catch(() => {});
    const outgoing = async () => {
      const headers = { authorization: `Bearer ${tokens.admin}` };
      return (await fetch(api(here, '/outgoing'), { headers })).json();
    };
    await until(
      'all told',
      async () => {
        const { deliveries, mail } = await outgoing();
        return deliveries.waiting + mail.waiting + mail.sending === 0;
      },
      180_000,
    );
    const files = readdirSync(program.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')] as const);
    const invited = Array.from({ length: Math.ceil(count / names.length) }, (_, at) => ({
      text: 'the address of an invitation',
      personal: addressOf(at),
    }));
    const places = [
      ...files,
      ['the log', program.output.join('\n')],
      ['a webhook', told.join('\n')],
    ] as const;
    const found = places.flatMap(([name, text]) =>
      foundIn(text, [...planted, ...invited]).map((plant) => `${name}: ${plant.text}`),
    );
    const { total } = await (
      await fetch(api(here, '/summary?from=2026-01-01'), {
        headers: { authorization: `Bearer ${tokens.admin}` },
      })
    ).json();
    return { planted: planted.length, ratings: total.n, told: told.length, found };
  } finally {
    await program.stop();
    await mailbox.close();
    receiver.closeAllConnections();
    receiver.close();
  }
}
