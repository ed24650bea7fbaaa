import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CommandRefused, command } from './command.ts';

await command({
  help: `Writes the list of all parts that are installed for the server (SBOM, CycloneDX in JSON) to standard output.

  npm run sbom > klantpuls.cdx.json
  npm run sbom -- --all    with the parts that only tests need

It comes from npm itself, so npm must be there.`,
  options: { all: { type: 'boolean' } },
  async run({ values }) {
    const npm = process.env.npm_execpath;
    const args = ['sbom', '--sbom-format', 'cyclonedx', ...(values.all ? [] : ['--omit', 'dev'])];
    const root = join(import.meta.dirname, '../..');
    const options = {
      cwd: root,
      maxBuffer: 64 * 2 ** 20,
      stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    };
    try {
      const text =
        npm?.endsWith('.js') === true
          ? execFileSync(process.execPath, [npm, ...args], options)
          : execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
      process.stdout.write(text);
    } catch (error) {
      throw new CommandRefused(
        `npm could not make the list: ${String((error as { stderr?: Buffer }).stderr ?? error).trim()}`,
      );
    }
  },
});
