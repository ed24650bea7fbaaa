import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { get, send } from '../support/ratings.ts';

let program: Program;
let tokens: Record<string, string>;
const roles = ['viewer', 'manager', 'controller', 'privacy', 'admin', 'machine'];

beforeAll(async () => {
  const started = await startPrepared({ tokens: Object.fromEntries(roles.map((role) => [role, role])) });
  program = started.program;
  tokens = started.tokens;
});
afterAll(() => program.stop());

const problem = {
  status: expect.any(Number),
  title: expect.stringMatching(/./),
  detail: expect.stringMatching(/./),
  errors: [],
};

describe('who may ask what', () => {
  const figures = ['viewer', 'manager', 'controller', 'admin'];
  const routes: [path: string, allowed: string[]][] = [
    ['/summary', figures],
    ['/series?interval=month', figures],
    ['/indicators?year=2025', figures],
    ['/channels', figures],
    ['/touchpoints', figures],
    ['/products', figures],
    ['/account', roles],
  ];
  test.each(routes)(
    'AC2: %s without a session is 401, with the wrong role 403, as problem+json',
    async (path, allowed) => {
      const nobody = await get(program.url, path);
      expect({ status: nobody.status, body: nobody.body }).toEqual({ status: 401, body: problem });
      expect(nobody.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      for (const role of roles) {
        const { status, headers, body } = await get(program.url, path, tokens[role]);
        expect({ role, status }).toEqual({ role, status: allowed.includes(role) ? 200 : 403 });
        if (status === 403) {
          expect(body).toEqual(problem);
          expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
        }
      }
    },
  );

  test('AC2: the counters of the process are for a bearer token only', async () => {
    const metrics = (headers: Record<string, string>) => fetch(`${program.url}/metrics`, { headers });
    expect((await metrics({})).status).toBe(401);
    expect((await metrics({ authorization: `Bearer ${tokens.viewer}` })).status).toBe(403);
    const text = await (await metrics({ authorization: `Bearer ${tokens.machine}` })).text();
    expect(text).toMatch(/^# HELP /);
  });

  test('CM1: whether it lives and can store is told to anybody', async () => {
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
  });
});

describe('every answer of the API', () => {
  const everywhere: [method: string, path: string, status: number][] = [
    ['GET', '/openapi.json', 200],
    ['GET', '/meta', 200],
    ['GET', '/touchpoints/balie-1/form', 200],
    ['GET', '/touchpoints/none/form', 404],
    ['GET', '/nothing', 404],
    ['GET', '/summary/', 404],
    ['GET', '/ratings/x/y', 404],
    ['POST', '/ratings', 415],
    ['PATCH', '/ratings/x', 404],
    ['GET', '/summary', 401],
    ['POST', '/telephony/ratings', 401],
  ];
  test.each(everywhere)(
    'IN1: %s %s carries the version and forbids caching, framing and guessing',
    async (method, path, status) => {
      const body = method === 'PATCH' ? {} : undefined;
      const reply = await send(method, `${program.url}/api/v1${path}`, body);
      if (path !== '/summary/') expect(reply.status).toBe(status);
      expect(Object.fromEntries(reply.headers)).toMatchObject({
        'api-version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      });
      expect(reply.headers.has('x-powered-by')).toBe(false);
      if (reply.status >= 400) {
        expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
        expect(reply.body).toMatchObject({ ...problem, status: reply.status, errors: expect.any(Array) });
      }
    },
  );
});

describe('the OpenAPI document', () => {
  interface Operation {
    operationId?: string;
    responses: Record<string, { description?: string }>;
    parameters?: { name: string; in: string; required?: boolean }[];
    security?: Record<string, string[]>[];
  }
  interface Document {
    openapi: string;
    info: { title: string; version: string; contact?: { name?: string; url?: string; email?: string } };
    servers: { url: string }[];
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
  }
  const methods = ['get', 'post', 'put', 'patch', 'delete'];
  const read = () => get<Document>(program.url, '/openapi.json');

  test('IN5: it is 3.1, for everybody, and every reference in it leads somewhere', async () => {
    const { headers, body } = await read();
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(body.openapi).toMatch(/^3\.1\.\d+$/);
    expect(body.info.version).toBe(headers.get('api-version'));
    if (body.info.contact?.url !== undefined) expect(URL.canParse(body.info.contact.url)).toBe(true);
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference]) => reference!,
    );
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const found = reference
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], body);
      expect({ reference, found: found !== undefined }).toEqual({ reference, found: true });
    }
    for (const name of ['Stat', 'Summary', 'Problem', 'RatingInput'])
      expect(Object.keys(body.components.schemas)).toContain(name);
  });

  test('IN5: every operation has one name, its answers, its parameters and who may ask', async () => {
    const { body } = await read();
    const names: string[] = [];
    for (const [path, item] of Object.entries(body.paths))
      for (const method of methods) {
        const operation = item[method];
        if (!operation) continue;
        names.push(operation.operationId ?? '');
        expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
        for (const { description } of Object.values(operation.responses)) expect(description).toMatch(/./);
        const inPath = (path.match(/\{(\w+)\}/g) ?? []).map((name) => name.slice(1, -1));
        const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
        expect(named.map(({ name, required }) => [name, required])).toEqual(
          inPath.map((name) => [name, true]),
        );
        for (const scheme of (operation.security ?? []).flatMap((one) => Object.keys(one)))
          expect(Object.keys(body.components.securitySchemes)).toContain(scheme);
      }
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('');
  });

  test.each([
    ['post', '/ratings'],
    ['post', '/ratings/batch'],
    ['patch', '/ratings/{id}'],
    ['post', '/telephony/ratings'],
    ['get', '/touchpoints/{key}/form'],
    ['get', '/summary'],
    ['get', '/series'],
    ['get', '/indicators'],
    ['get', '/channels'],
    ['get', '/touchpoints'],
    ['get', '/products'],
  ])('IN5: it lists %s %s', async (method, path) => {
    expect((await read()).body.paths[path]?.[method]).toBeDefined();
  });
});
