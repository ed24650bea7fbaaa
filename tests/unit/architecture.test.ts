import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const files = globSync('{server,client,shared}/**/*.{ts,tsx,mjs}', { cwd: root })
  .filter((file) => !/^(?:client|server)\/dist\//.test(file) && !file.includes('node_modules'))
  .sort();
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

interface Import {
  from: string;
  /** A path from the project folder, `node:…`, or the name of a package. */
  to: string;
  /** A type is gone when the program runs, and a thread starts anew. */
  kind: 'code' | 'type' | 'thread';
}

/** Everything that a module names: static, dynamic and type imports, and files that it hands to a thread. */
function importsOf(file: string, text: string): Import[] {
  const found = (pattern: RegExp, kindOf: (match: RegExpMatchArray) => Import['kind']): Import[] =>
    [...text.matchAll(pattern)].map((match) => ({
      ...{ from: file, to: resolve(file, match.at(-1)!), kind: kindOf(match) },
    }));
  const typeOrCode = (match: RegExpMatchArray) => (match[1] ? 'type' : 'code');
  return [
    ...found(/^(?:import|export)\s+(type\s)?[^;'"]*?\bfrom '([^']+)'/gm, typeOrCode),
    ...found(/^import '([^']+)'/gm, () => 'code'),
    ...found(/(: )?\bimport\('([^']+)'\)/g, typeOrCode),
    ...found(/\bnew URL\('(\.[^']+\.(?:ts|tsx|mjs))', import\.meta\.url\)/g, () => 'thread'),
  ];
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('#shared/')) return specifier.slice(1);
  if (specifier.startsWith('.')) return join(dirname(file), specifier.replace(/\?.*$/, ''));
  return specifier;
}

const imports = files.flatMap((file) => importsOf(file, textOf(file)));
const own = /^(?:server|client|shared)\//;
const isPackage = (to: string) => !own.test(to);

/** Imports of the files that match which go somewhere else than allowed. */
const strays = (of: RegExp, allowed: (to: string, one: Import) => boolean) =>
  imports
    .filter((one) => of.test(one.from) && !allowed(one.to, one))
    .map(({ from, to }) => `${from} imports ${to}`);
const within =
  (...folders: string[]) =>
  (to: string) =>
    folders.some((folder) => to === folder || (folder.endsWith('/') && to.startsWith(folder)));

describe('the reading of imports', () => {
  test('CM4: every form of import is seen, with where it goes', () => {
    const text = [
      "import a from './a.ts';",
      "import type { B } from '../b.ts';",
      "import {\n  c,\n  type D,\n} from '#shared/core/c.ts';",
      "export * from 'pkg';",
      "import 'side.css';",
      "const e = await import('./e.ts');",
      "let f: import('express').Request;",
      "new Worker(new URL('./g.ts', import.meta.url));",
    ].join('\n');
    expect(importsOf('server/x/y.ts', text).map(({ to, kind }) => `${to} ${kind}`)).toEqual([
      ...['server/x/a.ts code', 'server/b.ts type', 'shared/core/c.ts code', 'pkg code', 'side.css code'],
      ...['server/x/e.ts code', 'express type', 'server/x/g.ts thread'],
    ]);
  });

  test('CM4: the files of all three parts are read, and what they import exists', () => {
    for (const part of ['server/', 'client/', 'shared/'])
      expect(files.filter((file) => file.startsWith(part)).length).toBeGreaterThan(10);
    const known = new Set(files);
    const missing = imports.filter(
      ({ to }) => own.test(to) && /\.(?:ts|tsx|mjs)$/.test(to) && !known.has(to),
    );
    expect(missing).toEqual([]);
  });
});

describe('directions', () => {
  test('CM4: the contract imports zod and itself only', () => {
    expect(strays(/^shared\/contract\//, within('zod', 'shared/contract/'))).toEqual([]);
  });

  test('CM4: the core imports zod, the contract and itself only', () => {
    expect(strays(/^shared\/core\//, within('zod', 'shared/contract/', 'shared/core/'))).toEqual([]);
  });

  test('CM4: the messages import the contract and themselves only', () => {
    expect(strays(/^shared\/messages\//, within('shared/contract/', 'shared/messages/'))).toEqual([]);
  });

  test('CM4: the storage port imports what is shared only', () => {
    const allowed = within('shared/', 'server/storage/port.ts', 'server/storage/port/');
    expect(strays(/^server\/storage\/port(?:\.ts$|\/)/, allowed)).toEqual([]);
  });

  test('CM4: what all adapters share imports the port, what is shared and Node, no adapter', () => {
    const allowed = (to: string) =>
      within('shared/', 'server/storage/port/')(to) ||
      /^server\/storage\/[^/]+$/.test(to) ||
      to.startsWith('node:');
    expect(strays(/^server\/storage\/[^/]+$/, allowed)).toEqual([]);
  });

  test('CM4: the SQLite adapter imports the port, what is shared, Node and its own driver only', () => {
    const allowed = (to: string) =>
      within('shared/', 'server/storage/', 'better-sqlite3')(to) || to.startsWith('node:');
    expect(strays(/^server\/storage\/sqlite\//, allowed)).toEqual([]);
  });

  test('CM4: the PostgreSQL adapter imports the port, what is shared, Node and its own driver only', () => {
    const allowed = (to: string) => within('shared/', 'server/storage/', 'pg')(to) || to.startsWith('node:');
    expect(strays(/^server\/storage\/postgres\//, allowed)).toEqual([]);
    expect(strays(/^server\/storage\/postgres\//, (to) => !to.startsWith('server/storage/sqlite/'))).toEqual(
      [],
    );
  });

  // Every folder of the server is a feature, but for those that have a place of their own.
  const others = [
    'server/app/',
    'server/cli/',
    'server/demo/',
    'server/http/',
    'server/openapi/',
    'server/storage/',
  ];
  const folders = files.flatMap((file) => /^server\/(?:channels\/)?[^/]+\//.exec(file)?.[0] ?? []);
  const features = [...new Set(folders)].filter((folder) => !others.includes(folder));

  test.each(features)('CM4: %s imports no other feature, no adapter and nothing above it', (feature) => {
    const allowed = (to: string) =>
      isPackage(to) ||
      within(feature, 'shared/', 'server/http/', 'server/storage/port/')(to) ||
      /^server\/storage\/[^/]+$/.test(to);
    expect(strays(new RegExp(`^${feature}`), allowed)).toEqual([]);
  });

  test('CM4: the way in, the way out and the channels are among the features', () => {
    for (const name of [
      'ingest',
      'live',
      'reports',
      'access',
      'settings',
      'channels/web',
      'channels/telephony',
    ])
      expect(features).toContain(`server/${name}/`);
  });

  test('CM4: what all features use knows none of them', () => {
    const allowed = (to: string) => isPackage(to) || within('shared/', 'server/http/')(to);
    expect(strays(/^server\/http\//, allowed)).toEqual([]);
  });

  test('CM4: only the start of a program, the demo and the commands name an adapter', () => {
    const mayName = /^server\/(?:main\.ts|open-store\.ts|demo\/|cli\/|storage\/(?:sqlite|postgres|move)\/)/;
    const named = imports.filter(({ to }) => /^server\/storage\/(?:sqlite|postgres|move)\//.test(to));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ from }) => !mayName.test(from))).toEqual([]);
  });

  test('CM4: nothing above a feature is imported by it: the application knows no demo and no command', () => {
    const above = within(
      'server/main.ts',
      'server/start.ts',
      'server/open-store.ts',
      'server/demo/',
      'server/cli/',
    );
    expect(
      strays(/^server\/(?:app|serve|environment)\.ts$|^server\/(?:app|openapi)\//, (to) => !above(to)),
    ).toEqual([]);
  });

  test('CM4: what is shared knows neither server nor client, and they do not know each other', () => {
    expect(strays(/^shared\//, (to) => !/^(?:server|client)\//.test(to))).toEqual([]);
    expect(strays(/^server\//, (to) => !to.startsWith('client/'))).toEqual([]);
    expect(strays(/^client\//, (to) => !to.startsWith('server/'))).toEqual([]);
  });

  test.each(['dashboard', 'kiosk', 'widget'])(
    'CM4: the %s imports what is shared, ui and itself only',
    (client) => {
      const allowed = (to: string) =>
        isPackage(to) || within('shared/', 'client/ui/', `client/${client}/`)(to);
      expect(strays(new RegExp(`^client/${client}/`), allowed)).toEqual([]);
    },
  );

  test('CM4: ui knows no client', () => {
    expect(strays(/^client\/ui\//, (to) => isPackage(to) || within('shared/', 'client/ui/')(to))).toEqual([]);
  });

  test('CM4: the widget carries no package, and of what is shared only limits, messages and the making of an id', () => {
    const small = within('shared/contract/limits.ts', 'shared/messages/', 'shared/core/rating-id.ts');
    const allowed = (to: string, { kind }: Import) =>
      kind === 'type' || within('client/widget/')(to) || small(to);
    expect(strays(/^client\/widget\//, allowed)).toEqual([]);
  });

  test('CM4: no module of server or shared comes back to itself', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, kind } of imports)
      if (kind === 'code' && /^(?:server|shared)\//.test(from))
        next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file) || path.includes(file)) return;
      for (const to of next.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of next.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe('habits', () => {
  /** Code without its comments. */
  const codeOf = (file: string) => textOf(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, '');
  const naming = (pattern: RegExp) => files.filter((file) => pattern.test(codeOf(file)));

  test('CM4: no file has more than 300 lines', () => {
    const lines = files.map((file) => ({ file, lines: textOf(file).trimEnd().split('\n').length }));
    expect(lines.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test('CM4: nothing is left to the type checker’s good faith', () => {
    expect(naming(/(?::|<|\bas|\|) ?any\b(?! ?\()/)).toEqual([]);
    expect(files.filter((file) => /@ts-(?:ignore|expect-error|nocheck)/.test(textOf(file)))).toEqual([]);
  });

  test('CM4: chance decides in the clients only: who is asked, and how long to wait before trying again', () => {
    const allowed = ['client/kiosk/drainer.ts', 'client/widget/delivery.ts', 'client/widget/element.ts'];
    expect(naming(/\bMath\.random\b/).filter((file) => !allowed.includes(file))).toEqual([]);
  });
});
