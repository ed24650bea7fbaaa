import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Everything that must be right before a change is shared: types, lint and format, then every test. */
const root = join(import.meta.dirname, '..');
const tool = (path: string) => join(root, 'node_modules', path);
const steps: [name: string, ...command: string[]][] = [
  ['types of the server', tool('.bin/tsc'), '-p', 'server'],
  ['types of the clients', tool('.bin/tsc'), '-p', 'client'],
  ['types of the tests', tool('.bin/tsc'), '-p', 'tests'],
  ['lint and format', tool('.bin/biome'), 'check', '--error-on-warnings', '.'],
  ['tests', process.execPath, join(root, 'tests/run.ts')],
];
if (process.argv.includes('--help')) {
  console.log(
    'Checks types, lint and format, architecture and tests: what has to be right before a change is shared.',
  );
  process.exit(0);
}
for (const [name, command, ...args] of steps) {
  console.log(`check: ${name}`);
  const done = spawnSync(command!, args, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) {
    console.error(`check: ${name} failed`);
    process.exit(1);
  }
}
