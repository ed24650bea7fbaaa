/**
 * Builds what browsers load, into client/dist: the dashboard, the kiosk with its service worker, and the widget.
 * Nothing is inlined, because the pages run under a policy that forbids inline scripts and styles.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig } from 'vite';

const client = import.meta.dirname;
const target = 'es2022';

const common = (outDir: string): InlineConfig => ({
  configFile: false,
  root: client,
  base: '/',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir,
    emptyOutDir: false,
    target,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
});

/** A page with its scripts, styles and fonts under /assets; gives the names of all its files. */
async function buildPage(outDir: string, page: string): Promise<string[]> {
  const config = common(outDir);
  const result = await build({
    ...config,
    plugins: [react()],
    build: {
      ...config.build,
      rolldownOptions: {
        input: join(client, page),
        // Zod is told about the policy of the page before any schema is made, whichever file makes it.
        output: {
          codeSplitting: { groups: [{ name: 'schema', test: /node_modules\/zod\/|strict-policy/ }] },
        },
      },
    },
  });
  if (!('output' in result)) throw new Error(`${page} gave no output`);
  return result.output.map(({ fileName }) => fileName).sort();
}

/** One self-contained script without imports. */
async function buildScript(
  outDir: string,
  entry: string,
  name: string,
  define: Record<string, string> = {},
): Promise<void> {
  const config = common(outDir);
  await build({
    ...config,
    define,
    build: {
      ...config.build,
      rolldownOptions: {
        input: join(client, entry),
        output: { format: 'iife', entryFileNames: name, codeSplitting: false },
      },
    },
  });
}

/** What the kiosk needs to start without a network, and a version that changes with any of it. */
function shellOf(outDir: string, files: readonly string[]): Record<string, string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(outDir, file)));
  const paths = files.map((file) => (file === 'kiosk/index.html' ? '/kiosk' : `/${file}`));
  return { __SHELL__: JSON.stringify(paths), __VERSION__: JSON.stringify(hash.digest('hex').slice(0, 12)) };
}

/** The widget again at an address that never changes, with what its content has to be (Subresource Integrity). */
function keepWidgetVersion(outDir: string): void {
  const script = readFileSync(join(outDir, 'widget.js'));
  const hash = (algorithm: string) => createHash(algorithm).update(script);
  const path = `/assets/widget-${hash('sha256').digest('hex').slice(0, 12)}.js`;
  writeFileSync(join(outDir, path), script);
  const integrity = `sha384-${hash('sha384').digest('base64')}`;
  writeFileSync(join(outDir, 'widget.json'), JSON.stringify({ path, integrity }));
}

export async function buildClient(outDir: string): Promise<void> {
  const has = (path: string) => existsSync(join(client, path));
  await buildPage(outDir, 'index.html');
  const kiosk = has('kiosk/index.html') ? await buildPage(outDir, 'kiosk/index.html') : [];
  if (has('kiosk/service-worker.ts')) {
    await buildScript(outDir, 'kiosk/service-worker.ts', 'kiosk-sw.js', shellOf(outDir, kiosk));
  }
  if (has('widget/element.ts')) await buildScript(outDir, 'widget/element.ts', 'widget.js');
  if (has('widget/element.ts')) keepWidgetVersion(outDir);
}

/** The page with every state of every component, for tests and for whoever changes one. */
export async function buildGallery(outDir: string): Promise<void> {
  await buildPage(outDir, 'ui/gallery.html');
  renameSync(join(outDir, 'ui/gallery.html'), join(outDir, 'gallery.html'));
}

if (import.meta.main) {
  const started = performance.now();
  rmSync(resolve(client, 'dist'), { recursive: true, force: true });
  await buildClient(resolve(client, 'dist'));
  console.error(`pages built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
