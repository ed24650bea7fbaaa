/** Holds the page, its scripts, styles and fonts, so that a tablet starts cold without a network. */
declare const self: ServiceWorkerGlobalScope;
declare const __SHELL__: string[];
declare const __VERSION__: string;

const cacheName = `klantpuls-kiosk-${__VERSION__}`;
const page = '/kiosk';

/** Style sheets bring fonts with them that no list needs to name. */
async function addressesIn(path: string, response: Response): Promise<string[]> {
  if (!path.endsWith('.css')) return [];
  const found = (await response.text()).matchAll(/url\(["']?([^"')]+)["']?\)/g);
  return Array.from(found, ([, address]) => new URL(address!, response.url))
    .filter(({ origin }) => origin === self.location.origin)
    .map(({ pathname }) => pathname);
}

async function fill(): Promise<void> {
  const cache = await caches.open(cacheName);
  const wanted = new Set([page, ...__SHELL__]);
  for (const path of wanted) {
    const response = await fetch(path, { cache: 'reload' });
    if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
    for (const address of await addressesIn(path, response.clone())) wanted.add(address);
    await cache.put(path, response);
  }
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith('klantpuls-kiosk-') && name !== cacheName) await caches.delete(name);
  }
  await self.clients.claim();
}

const cached = async (path: string, request: Request): Promise<Response> =>
  (await (await caches.open(cacheName)).match(path)) ?? fetch(request);

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || /^\/(?:api|socket\.io)\//.test(pathname))
    return;
  event.respondWith(cached(pathname, request));
});
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
  if (event.data === 'version') event.ports[0]?.postMessage(__VERSION__);
});

export {};
