/**
 * Builds what `npm start` and the commands run, into server/dist: one file for each of them and a few that they share,
 * instead of eight hundred. It starts in half the time. What is read from the disk stays where it is in the sources.
 */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build, type Plugin } from 'vite';

const server = import.meta.dirname;
const root = dirname(server);

/** What can be started, from this folder. */
const programs = [
  'main.ts',
  'demo/main.ts',
  ...readdirSync(join(server, 'cli'))
    .filter((name) => name.endsWith('.ts') && name !== 'command.ts')
    .map((name) => `cli/${name}`),
];
const nameOf = (program: string): string => program.replace(/\.ts$/, '').replaceAll('/', '-');

/** What threads load by its address: files that are handed to one, and modules that answer in one. */
const thread = /new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g;
const inThreads = globSync('**/*.ts', { cwd: server, exclude: ['dist/**'] }).flatMap((path) => {
  const text = readFileSync(join(server, path), 'utf8');
  const named = [...text.matchAll(thread)].map(([, file]) => join(dirname(path), file!));
  return /^export (?:async function|const) answer\b/m.test(text) ? [path, ...named] : named;
});
const entries = [...programs, ...inThreads.map((path) => path.replaceAll(sep, '/'))];

/** A module that asks where it stands is told where its source does; threads are started with what is built for them. */
const placesOfSources = (outDir: string): Plugin => ({
  name: 'places-of-sources',
  enforce: 'pre',
  transform(code, id) {
    if (!id.startsWith(root) || id.includes('node_modules') || !code.includes('import.meta.')) return null;
    const from = (path: string) =>
      `new URL(${JSON.stringify(relative(outDir, path).replaceAll(sep, '/'))}, import.meta.url)`;
    const builtOf = (path: string) =>
      join(outDir, `${nameOf(relative(server, path).replaceAll(sep, '/'))}.js`);
    const own = entries.includes(relative(server, id).replaceAll(sep, '/')) ? builtOf(id) : id;
    return code
      .split(/(new URL\('\.[^']+\.ts', import\.meta\.url\))/)
      .map((part) => {
        const [, named] = /^new URL\('(.+)', import\.meta\.url\)$/.exec(part) ?? [];
        if (named) return from(builtOf(join(dirname(id), named)));
        return part
          .replaceAll('import.meta.url', `${from(own)}.href`)
          .replaceAll(
            'import.meta.dirname',
            `process.getBuiltinModule('node:url').fileURLToPath(${from(dirname(id))})`,
          );
      })
      .join('');
  },
});

/** An import of node:http loads all that `fetch` needs as well, a tenth of the start; asked for like this it does not. */
const leanHttp: Plugin = {
  name: 'lean-http',
  enforce: 'pre',
  resolveId: (id) => (/^node:https?$/.test(id) ? `\0${id}` : null),
  load: (id) =>
    id.startsWith('\0node:http')
      ? { code: `module.exports = process.getBuiltinModule('${id.slice(1)}');`, moduleType: 'js' }
      : null,
};

export async function buildServer(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [leanHttp, placesOfSources(outDir)],
    ssr: { noExternal: true, target: 'node' },
    build: {
      outDir,
      emptyOutDir: true,
      ssr: true,
      target: 'node22',
      copyPublicDir: false,
      rolldownOptions: {
        // One loads a library beside itself, the other looks for one that is not there.
        external: ['better-sqlite3', 'pg'],
        input: Object.fromEntries(entries.map((entry) => [nameOf(entry), join(server, entry)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

if (import.meta.main) await buildServer(join(server, 'dist'));
