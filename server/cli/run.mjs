// Starts a program of Klantpuls on a machine that has only Node ≥ 20 and npm: installs what package-lock.json names,
// builds pages and programs when they changed, and runs the program with the Node that the project brings along. Without
// the name of a program it only sees to it that all is there.
// This one file is plain JavaScript, because it runs before there is anything else.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const args = process.argv.slice(2);
const forTests = args[0] === '--for-tests';
if (forTests) args.shift();
const nodeFlags = [];
while (args[0]?.startsWith('--')) nodeFlags.push(args.shift());

const say = (line) => process.stderr.write(`klantpuls: ${line}\n`);
const fail = (line) => {
  say(line);
  process.exit(1);
};
const digest = (...parts) => createHash('sha256').update(parts.join('\n')).digest('hex');
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function install() {
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.klantpuls-installed');
  const lock = digest(read(join(root, 'package-lock.json')));
  const installed = read(stamp);
  if (installed === `${lock} all` || (!forTests && installed === `${lock} production`)) return;
  say('installing what package-lock.json names (a minute on a new machine) …');
  const which = forTests ? [] : ['--omit=dev'];
  // No package needs an install script; a script that does not run cannot fail or harm.
  const done = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...which],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  );
  if (done.status !== 0) fail('npm ci failed; see its message above. Check the network and try again.');
  writeFileSync(stamp, `${lock} ${forTests ? 'all' : 'production'}`);
}

/** The Node of the project; where its platform has none, the one that runs now if it is new enough. */
function findNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packageName = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const brought = join(root, 'node_modules', packageName, 'bin', name);
  if (existsSync(brought)) return brought;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(
    `no Node for ${process.platform}-${process.arch} comes along; install Node 24 yourself and start again.`,
  );
}

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

/** What `part`/build.ts makes of `part` and shared, unless it is there. */
function build(node, part, what) {
  const dist = join(root, part, 'dist');
  const stamp = join(dist, '.built-from');
  const sources = [...filesUnder(join(root, part)), ...filesUnder(join(root, 'shared'))].sort();
  const state = digest(
    read(join(root, 'package-lock.json')),
    ...sources.map((path) => `${path} ${statSync(path).size} ${digest(readFileSync(path))}`),
  );
  if (read(stamp) === state) return;
  say(`building the ${what} …`);
  rmSync(dist, { recursive: true, force: true });
  const done = spawnSync(node, [join(root, part, 'build.ts')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) fail(`the ${what} could not be built; see the message above.`);
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, state);
}

install();
const node = findNode();
const needsPages = forTests || ['server/main.ts', 'server/demo/main.ts'].includes(args[0]);
if (needsPages && !args.includes('--help')) build(node, 'client', 'pages');
build(node, 'server', 'programs');
if (args.length === 0) process.exit();

/** server/cli/token.ts is server/dist/cli-token.js when it is built. */
const built = (program) =>
  program.startsWith('server/')
    ? `server/dist/${program.slice('server/'.length).replace(/\.ts$/, '.js').replaceAll('/', '-')}`
    : program;
const child = spawn(node, [...nodeFlags, join(root, built(args[0])), ...args.slice(1)], {
  stdio: 'inherit',
  cwd: root,
  // What was compiled once is kept: every later start is a quarter faster.
  env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'), ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
