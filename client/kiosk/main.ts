import { createApp } from './app.ts';
import { h } from './dom.ts';
import { createDrainer } from './drainer.ts';
import './kiosk.css';
import { fetchPlace, noForms, rememberedPlace, rememberedTouchpoint, rememberTouchpoint } from './place.ts';
import { setupScreen } from './screens/setup.ts';
import { askPersistence, keepShell, stayAwake } from './shell.ts';

const renewEvery = 15 * 60_000;

const root = h('div', { class: 'kiosk' });
document.body.append(root);

const drainer = createDrainer(() => app.connectionChanged());
const shell = keepShell().catch(() => undefined);
const renewShell = () => shell.then((kept) => kept?.renew());
const app = createApp(root, drainer, renewShell);

async function settleAt(touchpoint: string): Promise<void> {
  await rememberTouchpoint(touchpoint);
  const renew = async () => {
    const place = await fetchPlace(touchpoint).catch(() => undefined);
    if (place && place !== 'unknown') app.settle(place);
  };
  app.settle((await rememberedPlace(touchpoint)) ?? noForms(touchpoint));
  setInterval(() => {
    renew();
    if (app.resting()) renewShell();
  }, renewEvery);
  await renew();
}

/** The first time the server has to know the place; after that the tablet does. */
async function use(touchpoint: string): Promise<'unknown' | 'offline' | undefined> {
  const place = await fetchPlace(touchpoint).catch(() => 'offline' as const);
  if (place === 'unknown' || place === 'offline') return place;
  await settleAt(touchpoint);
  return undefined;
}

async function start(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('touchpoint');
  const touchpoint = asked ?? (await rememberedTouchpoint());
  const known = touchpoint && (await rememberedPlace(touchpoint));
  if (touchpoint && known) return settleAt(touchpoint);
  const problem = touchpoint ? await use(touchpoint) : 'unknown';
  if (problem === 'unknown') root.replaceChildren(setupScreen(use));
  else if (touchpoint && problem === 'offline') await settleAt(touchpoint);
}

addEventListener('online', () => app.connectionChanged());
addEventListener('offline', () => app.connectionChanged());
stayAwake();
askPersistence();
drainer.wake();
start();
