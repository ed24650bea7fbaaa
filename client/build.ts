/**
 * Builds what browsers load, into client/dist: the dashboard, the kiosk with its service worker, and the widget.
 * Nothing is inlined, because the pages run under a policy that forbids inline scripts and styles.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build, type HtmlTagDescriptor, type InlineConfig, type Plugin } from 'vite';

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

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** Names the chunk of every module that the page needs before anything else. */
function firstOf(page: string) {
  const first = new Set<string>();
  return (id: string, modules: Modules): string | null => {
    const add = (each: string) => {
      if (first.has(each)) return;
      first.add(each);
      modules.getModuleInfo(each)?.importedIds.forEach(add);
    };
    if (first.size === 0) add(page);
    // What fetches scripts is needed before them.
    if (id.includes('preload-helper')) return 'ahead';
    return first.has(id) ? 'first' : null;
  };
}

/** The page names the chunk that its first script fetches, and the style of it: they come together. */
const asksAhead: Plugin = {
  name: 'asks-ahead',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }): HtmlTagDescriptor[] {
      const first = Object.values(bundle).find((one) => one.type === 'chunk' && one.name === 'first');
      if (first?.type !== 'chunk') return [];
      const link = (attrs: Record<string, string | boolean>) => ({
        ...{ tag: 'link', injectTo: 'head' as const, attrs },
      });
      return [
        link({ rel: 'modulepreload', crossorigin: true, href: `/${first.fileName}` }),
        ...[...(first.viteMetadata?.importedCss ?? [])].map((file) =>
          link({ rel: 'stylesheet', crossorigin: true, href: `/${file}` }),
        ),
      ];
    },
  },
};

/**
 * A page with its scripts, styles and fonts under /assets; gives the names of all its files. What `first` needs comes as
 * one file instead of a dozen.
 */
async function buildPage(outDir: string, page: string, first = page): Promise<string[]> {
  const config = common(outDir);
  const result = await build({
    ...config,
    plugins: [react(), asksAhead],
    build: {
      ...config.build,
      rolldownOptions: {
        input: join(client, page),
        output: { codeSplitting: { groups: [{ name: firstOf(join(client, first)), debugName: 'first' }] } },
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

export async function buildClient(outDir: string): Promise<void> {
  const has = (path: string) => existsSync(join(client, path));
  await buildPage(outDir, 'index.html', 'dashboard/app.tsx');
  const kiosk = has('kiosk/index.html') ? await buildPage(outDir, 'kiosk/index.html') : [];
  if (has('kiosk/service-worker.ts')) {
    await buildScript(outDir, 'kiosk/service-worker.ts', 'kiosk-sw.js', shellOf(outDir, kiosk));
  }
  if (has('widget/element.ts')) {
    await buildScript(outDir, 'widget/element.ts', 'widget.js');
    pinWidget(outDir);
  }
  await pack(outDir);
}

const packable = /\.(?:js|css|svg|json)$/;
/** Below this a packed file is hardly smaller on the way. Bytes. */
const worthPacking = 1024;

/** Beside each file the same one packed as small as it goes: once here instead of at every request. */
async function pack(outDir: string): Promise<void> {
  const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    packable.test(file),
  );
  await Promise.all(
    files.map(async (file) => {
      const path = join(outDir, file);
      const content = readFileSync(path);
      if (content.length < worthPacking) return;
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      writeFileSync(`${path}.br`, await promisify(brotliCompress)(content, { params }));
      writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
    }),
  );
}

/** The same widget at an address that never changes what it holds, and what a page needs to insist on it. */
function pinWidget(outDir: string): void {
  const code = readFileSync(join(outDir, 'widget.js'));
  const digest = createHash('sha384').update(code);
  const integrity = `sha384-${digest.copy().digest('base64')}`;
  const folder = `assets/${digest.digest('hex').slice(0, 16)}`;
  mkdirSync(join(outDir, folder), { recursive: true });
  writeFileSync(join(outDir, folder, 'widget.js'), code);
  writeFileSync(join(outDir, 'widget.json'), JSON.stringify({ path: `/${folder}/widget.js`, integrity }));
}

/** Widgets of earlier versions: pages that pinned one go on with it. */
function pinnedIn(outDir: string): { folder: string; code: Buffer }[] {
  if (!existsSync(join(outDir, 'assets'))) return [];
  return readdirSync(join(outDir, 'assets'))
    .map((name) => join(outDir, 'assets', name))
    .filter((folder) => existsSync(join(folder, 'widget.js')))
    .map((folder) => ({ folder, code: readFileSync(join(folder, 'widget.js')) }));
}

/** The page with every state of every component, for tests and for whoever changes one. */
export async function buildGallery(outDir: string): Promise<void> {
  await buildPage(outDir, 'ui/gallery.html');
  renameSync(join(outDir, 'ui/gallery.html'), join(outDir, 'gallery.html'));
}

if (import.meta.main) {
  const started = performance.now();
  const dist = resolve(client, 'dist');
  const pinned = pinnedIn(dist);
  rmSync(dist, { recursive: true, force: true });
  await buildClient(dist);
  for (const { folder, code } of pinned) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'widget.js'), code);
  }
  console.error(`pages built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
