import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { may, type Permission, permissions, type Role, roles } from '#shared/contract/access.ts';
import { dashboardPages } from '#shared/contract/pages.ts';
import { databaseFile, readEnvironment } from '../../server/environment.ts';
import { serve } from '../../server/serve.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { Listener } from '../support/listener.ts';
import { startPrepared } from '../support/prepared.ts';
import { type Program, root, temporaryFolder } from '../support/program.ts';
import { aRating, get, post, send } from '../support/ratings.ts';

interface Operation {
  operationId: string;
  'x-permission'?: Permission | 'anybody' | 'signed-in' | 'session';
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  'x-events': Record<string, Record<string, Permission>>;
}

/** What is served outside the API, for anybody; a page that is not named here fails the test. */
const pages = [
  ...[...dashboardPages, '/beheer/*section', '/kiosk', '/healthz', '/readyz', '/.well-known/security.txt'],
  ...['/privacy', '/toegankelijkheid', '/f/:touchpoint', '/f/:touchpoint/bedankt', '/q/:touchpoint'],
  ...['/q/:touchpoint.svg', '/q/:touchpoint.png', '/q/:touchpoint/poster'],
  ...['/widget-example', '/theme/kf/:id', '/i/:token', '/i/:token/bedankt', '/afmelden/:token'],
  ...['/q/:touchpoint.svg', '/q/:touchpoint.png', '/q/:touchpoint/poster'],
].map((path) => `GET ${path}`);
const forms = ['POST /f/:touchpoint', 'POST /i/:token', 'POST /afmelden/:token'];
/** Not for anybody: see the test of its own in api-staff. */
const guarded = ['GET /metrics'];
const isFile = (route: string) => /^GET \/[\w-]+\.(?:css|js|woff2|svg|png)$/.test(route);

let program: Program;
let tokens: Record<string, string>;
let document: Document;
let operations: { method: string; path: string; operation: Operation }[];

const other = { channel: 'geheim', touchpoint: 'geheim-1', location: 'Elders', word: 'vliegtuigmotor' };

beforeAll(async () => {
  const started = await startPrepared({
    settings: {
      channels: [{ key: other.channel, name: 'Geheim kanaal' }],
      indicators: [
        {
          ...{ key: 'geheim-cijfer', name: 'Geheim cijfer', objective: 'x', source: 'x', unit: 'x' },
          ...{ channel: other.channel, years: {} },
        },
      ],
      touchpoints: [
        {
          ...{ key: other.touchpoint, name: 'Geheim punt', channel: other.channel, location: other.location },
          ...{ scale: 'grade', origins: [], trial: false, retired: false },
        },
      ],
    },
    tokens: {
      ...Object.fromEntries(roles.map((role) => [role, role])),
      ...Object.fromEntries(
        ['viewer', 'manager', 'controller'].map((role) => [`limited ${role}`, `${role} channels:balie`]),
      ),
      elsewhere: 'manager locations:Noord',
    },
  });
  program = started.program;
  tokens = started.tokens;
  document = (await get<Document>(program.url, '/openapi.json')).body;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  // Here only tens, there only ones: any one in an answer is of the other channel.
  for (let i = 0; i < 12; i++) {
    await post(program.url, aRating({ grade: 10, comment: 'Prima geholpen aan de balie' }));
    await post(
      program.url,
      aRating({ grade: 1, touchpoint: other.touchpoint, comment: `Wat een ${other.word}` }),
    );
  }
});
afterAll(() => program.stop());

const ask = (method: string, path: string, token?: string) =>
  fetch(`${program.url}/api/v1${path.replaceAll(/\{\w+\}/g, 'x1')}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
  });

describe('every route and role', () => {
  test('AC6: every operation of the document says who may ask it', () => {
    const known = [...Object.keys(permissions), 'anybody', 'signed-in', 'session'];
    const silent = operations.filter(({ operation }) => !known.includes(operation['x-permission'] ?? ''));
    expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(operations.length).toBeGreaterThan(20);
  });

  test('AC6: every route that the program has is in the document, and every page is known', async () => {
    const DATA_DIR = join(temporaryFolder(), 'data');
    const environment = readEnvironment({ DATA_DIR, PORT: '0', LOG_LEVEL: 'silent' });
    const store = await openSqlite({ file: databaseFile(environment) });
    const running = await serve({ store, environment });
    const routes = routesOf(running.app);
    await running.close();
    await store.close();
    const documented = operations.map(({ method, path }) => `${method} /api/v1${path}`);
    const known = [...documented, ...pages, ...forms, ...guarded];
    expect(routes.filter((route) => !known.includes(route) && !isFile(route))).toEqual([]);
    expect(routes.length).toBeGreaterThan(20);
  });

  test('AC6: nobody without a session or token gets further than 401, at any route that is not for anybody', async () => {
    for (const { method, path, operation } of operations) {
      const { status } = await ask(method, path);
      const closed = operation['x-permission'] !== 'anybody';
      if (closed) expect({ method, path, status }).toEqual({ method, path, status: 401 });
      else expect({ method, path, status }).not.toMatchObject({ status: expect.toBeOneOf([401, 500]) });
      if (closed) {
        const wrong = await ask(method, path, 'x'.repeat(43));
        expect({ method, path, status: wrong.status }).toEqual({ method, path, status: 401 });
      }
    }
  });

  test.each(roles)(
    'AC6: %s may do what the document says and is refused with 403 whatever else',
    async (role) => {
      for (const { method, path, operation } of operations) {
        const needed = operation['x-permission']!;
        if (needed === 'anybody') continue;
        const { status } = await ask(method, path, tokens[role]);
        const allowed = needed === 'signed-in' || (needed !== 'session' && may(role, needed));
        const refused = status === 401 || status === 403;
        expect({ method, path, needed, status, refused }).toMatchObject({ refused: !allowed });
        expect(status, `${method} ${path}`).toBeLessThan(500);
      }
    },
  );
});

describe('an account that is limited to one channel or location', () => {
  test.each(['viewer', 'manager', 'controller'])(
    'AC7: a limited %s finds nothing of elsewhere in any answer, whatever is asked',
    async (role) => {
      for (const { method, path, operation } of operations.filter((one) => one.method === 'GET')) {
        if (operation['x-permission'] === 'anybody') continue;
        for (const query of queries) {
          const response = await ask(method, `${path}${query}`, tokens[`limited ${role}`]);
          const text = await response.text();
          const where = `${path}${query}`;
          expect(text.toLowerCase(), where).not.toMatch(/geheim|vliegtuigmotor|elders/);
          expect(onesIn(text), where).toBe(0);
          expect(response.status, where).toBeLessThan(500);
        }
        for (const [name, value] of Object.entries({
          channel: other.channel,
          touchpoint: other.touchpoint,
        })) {
          const asked = `${path}?${name}=${value}&${periods}`;
          const response = await ask(method, asked, tokens[`limited ${role}`]);
          if (response.status === 200)
            expect(await response.text(), asked).not.toMatch(/geheim|vliegtuigmotor/);
          else expect(response.status, asked).toBeOneOf([400, 403, 404]);
        }
      }
    },
  );

  test('AC7: it sees its own, and what lies elsewhere does not exist for it', async () => {
    const summary = (query: string, token: string) =>
      get<{ total: { n: number }; groups: { key: string }[] }>(program.url, `/summary?${query}`, token);
    const own = await summary('by=channel', tokens['limited viewer']!);
    expect(own.body).toMatchObject({ total: { n: 12 }, groups: [{ key: 'balie' }] });
    expect((await summary('by=channel', tokens.viewer!)).body.total.n).toBe(24);
    for (const query of [
      `channel=${other.channel}`,
      `touchpoint=${other.touchpoint}`,
      'channel=balie&channel=web',
    ])
      expect((await summary(query, tokens['limited viewer']!)).status, query).toBe(404);
    expect((await summary('touchpoint=balie-1', tokens['limited viewer']!)).body.total.n).toBe(12);
    expect((await summary('', tokens.elsewhere!)).body.total.n).toBe(0);
    expect((await summary('location=Elders', tokens.elsewhere!)).status).toBe(404);
  });

  test('AC7: response rates of invitations count who was asked about its own touchpoints', async () => {
    for (const touchpoint of ['balie-1', other.touchpoint, other.touchpoint]) {
      const asked = { touchpoint, moment: 'aanvraag' };
      const made = await send('POST', `${program.url}/api/v1/invitations`, asked, {
        authorization: `Bearer ${tokens.admin}`,
      });
      expect(made.status).toBe(201);
    }
    const asked = async (token: string) => {
      const path = '/invitations/response-rates';
      const { body } = await get<{ items: { invited: number }[] }>(program.url, path, token);
      return body.items.map(({ invited }) => invited);
    };
    expect(await asked(tokens.viewer!)).toEqual([3]);
    for (const role of ['viewer', 'manager', 'controller'])
      expect(await asked(tokens[`limited ${role}`]!), role).toEqual([1]);
    expect(await asked(tokens.elsewhere!)).toEqual([]);
  });

  test('AC7: what it watches live is narrowed too', async () => {
    const [own, foreign] = await Promise.all(
      [{}, { filters: { channel: [other.channel] } }].map(async (more) => {
        const listener = await new Listener(program.url, { token: tokens['limited manager'] }).connected();
        const reply = await listener.subscribe({ period: 'year', by: 'touchpoint', ...more });
        return { listener, reply };
      }),
    );
    expect(own!.reply.total.n).toBe(12);
    expect(foreign!.reply.error?.status).toBe(404);
    await post(program.url, aRating({ grade: 1, touchpoint: other.touchpoint }));
    await post(program.url, aRating({ grade: 10 }));
    await own!.listener.sees('the grade of its own channel', ({ total }) => total.n === 13);
    expect(JSON.stringify([own!.listener.changes, own!.reply])).not.toContain('geheim');
    for (const { listener } of [own!, foreign!]) listener.close();
  });

  test('AC7: an object of elsewhere is not found, whoever may change such objects', async () => {
    const comments = await get<{ items: { reference: string }[] }>(
      program.url,
      `/comments?channel=${other.channel}`,
      tokens.manager,
    );
    const keys: Record<string, string> = {
      ...{ reference: comments.body.items[0]!.reference, key: 'geheim-cijfer', year: '2026' },
    };
    const inPath = operations.filter(({ path }) => path.includes('{'));
    for (const { method, path, operation } of inPath) {
      const needed = operation['x-permission']!;
      const role = ['manager', 'controller'].find(
        (one) => needed in permissions && may(one as Role, needed as Permission),
      );
      if (!role) continue;
      const name = `${method} ${path}`;
      const { status } = await send(
        method,
        `${program.url}/api/v1${path.replaceAll(/\{(\w+)\}/g, (_whole, key) => keys[key] ?? 'x1')}`,
        method === 'GET' || method === 'DELETE' ? undefined : (bodies[name] ?? {}),
        { authorization: `Bearer ${tokens[`limited ${role}`]}` },
      );
      expect({ name, status }).toMatchObject({ name, status: expect.toBeOneOf([403, 404]) });
    }
  });
});

/** For routes that look at the body before they look for the object: one that is right. */
const bodies: Record<string, unknown> = {
  'PATCH /signals/{id}': { status: 'settled' },
  'PATCH /comments/{reference}': { version: 0, note: 'x' },
};

describe('every socket event and role', () => {
  test('AC6: every namespace that the program has is in the document', () => {
    const text = globSync('server/**/*.ts', { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    const namespaces = text.flatMap((code) =>
      [...code.matchAll(/\bof\('(\/[\w-]+)'\)/g)].map(([, name]) => name),
    );
    expect([...new Set(namespaces)].sort()).toEqual(Object.keys(document['x-events']).sort());
  });

  test('AC6: who may not see figures, and nobody at all, is not let in', async () => {
    for (const role of ['nobody', ...roles]) {
      const listener = new Listener(program.url, role === 'nobody' ? {} : { token: tokens[role] });
      const allowed =
        role !== 'nobody' && may(role as (typeof roles)[number], document['x-events']['/live']!.subscribe!);
      const result = await listener.connected().then(
        () => true,
        () => false,
      );
      expect({ role, result }).toEqual({ role, result: allowed });
      if (allowed) {
        expect((await listener.subscribe({ period: 'year', by: 'channel' })).error).toBeUndefined();
        await listener.ask('unsubscribe');
      }
      listener.close();
    }
  });
});

const periods = 'from=2026-01-01&to=2026-12-31&baseFrom=2025-01-01&baseTo=2025-12-31';
const queries = [
  '',
  '?by=channel',
  '?by=touchpoint',
  '?interval=year&by=location',
  `?${periods}&by=channel,touchpoint`,
  '?format=csv',
  '?format=ndjson',
  '?year=2026',
];

/** How many ones the histograms in an answer count. */
function onesIn(text: string): number {
  return [...text.matchAll(/"histogram":\[(\d+),/g)].reduce((sum, [, ones]) => sum + Number(ones), 0);
}

interface Layer {
  slash: boolean;
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
  match(path: string): boolean;
}
/** Every route of the program, as the document writes it. */
function routesOf(app: unknown): string[] {
  const walk = (layers: readonly Layer[], prefix: string): string[] =>
    layers.flatMap(({ route, handle, match: _, ...layer }, place) => {
      if (route)
        return [route.path]
          .flat()
          .flatMap((path) =>
            Object.keys(route.methods).map((method) =>
              `${method.toUpperCase()} ${prefix}${path}`.replaceAll(prefix ? /:(\w+)/g : /$^/g, '{$1}'),
            ),
          );
      if (!handle.stack) return [];
      const under = !layer.slash && layers[place]!.match('/api/v1') ? '/api/v1' : prefix;
      return walk(handle.stack, under);
    });
  return walk((app as { router: { stack: Layer[] } }).router.stack, '');
}
