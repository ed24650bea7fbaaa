import { execFileSync } from 'node:child_process';
import { root } from './program.ts';

/** Installs and builds what the tests start, where that is not as the sources are. */
export default function setup(): void {
  // Vitest calls itself a test in the environment, and pages built for that are not what anybody gets.
  const { NODE_ENV: _, ...env } = process.env;
  execFileSync(process.execPath, ['server/cli/run.mjs', '--for-tests'], { cwd: root, stdio: 'inherit', env });
}
