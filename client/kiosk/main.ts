import type { Language } from '#shared/messages/index.ts';
import { createApp } from './app.ts';
import { createDevice } from './device.ts';
import { h } from './dom.ts';
import { createDrainer } from './drainer.ts';
import './kiosk.css';
import { pair } from '../ui/pairing/pair.ts';
import { waitingCount } from './outbox.ts';
import {
  fetchPlace,
  noForms,
  type Place,
  rememberedPlace,
  rememberedTouchpoint,
  rememberTouchpoint,
} from './place.ts';
import { pairScreen } from './screens/pair.ts';
import { askPin } from './screens/pin.ts';
import { setupScreen } from './screens/setup.ts';
import { showStatus } from './screens/status.ts';
import { askPersistence, keepShell, stayAwake } from './shell.ts';

const renewEvery = 15 * 60_000;

const root = h('div', { class: 'kiosk' });
document.body.append(root);

let pairing: AbortController | undefined;
/** The tablet has to be paired, but somebody was answering. */
let pairingAwaited = false;
let renewing: ReturnType<typeof setInterval> | undefined;

const device = createDevice({
  configured(place, anew) {
    if (anew) endPairing();
    app.settle(place, anew);
    drainer.tryNow();
  },
  revoked: askForPairing,
});
const drainer = createDrainer(
  device,
  () => app.connectionChanged(),
  (token) => (token === undefined ? askForPairing() : token === device.token() && device.lose()),
);
const shell = keepShell().catch(() => undefined);
const renewShell = () => shell.then((kept) => kept?.renew());
const app = createApp(root, drainer, {
  atRest() {
    renewShell();
    if (pairingAwaited) startPairing(true);
  },
  status(place: Place, language: Language) {
    const show = () => showStatus(language, { place, drainer, device, pair: () => startPairing(false) });
    if (place.pin) askPin(language, place.pin, show);
    else show();
  },
});

/** A screen for whoever puts the tablet down, instead of the question. */
function show(screen: HTMLElement): void {
  app.pause();
  root.replaceChildren(screen);
  root.querySelector('h1')?.focus({ preventScroll: true });
}

function endPairing(): void {
  pairingAwaited = false;
  pairing?.abort();
  pairing = undefined;
}

function askForPairing(): void {
  pairingAwaited = true;
  if (app.resting()) startPairing(true);
}

async function startPairing(again: boolean): Promise<void> {
  pairingAwaited = false;
  if (pairing) return;
  pairing = new AbortController();
  const { signal } = pairing;
  const screen = pairScreen(await waitingCount().catch(() => 0), again, () => {
    endPairing();
    showSetup();
  });
  show(screen.element);
  const token = await pair('tablet', screen, signal);
  if (token && !signal.aborted) await device.pairedWith(token);
}

function showSetup(): void {
  show(setupScreen(use, () => startPairing(false)));
}

/** At a touchpoint that is open to everybody. */
async function settleAt(touchpoint: string, known?: Place): Promise<void> {
  endPairing();
  await rememberTouchpoint(touchpoint);
  const renew = async () => {
    if (device.token()) return;
    const place = await fetchPlace(touchpoint).catch(() => undefined);
    // Meanwhile it may be about to be paired: then the code stands there until it is.
    if (place && place !== 'unknown' && !pairing && !device.token()) app.settle(place);
  };
  app.settle(known ?? (await rememberedPlace(touchpoint)) ?? noForms(touchpoint));
  clearInterval(renewing);
  renewing = setInterval(renew, renewEvery);
  if (!known) await renew();
}

/** The first time the server has to know the place; after that the tablet does. */
async function use(touchpoint: string): Promise<'unknown' | 'offline' | undefined> {
  const place = await fetchPlace(touchpoint).catch(() => 'offline' as const);
  if (place === 'unknown' || place === 'offline') return place;
  await device.leave();
  drainer.tryNow();
  await settleAt(touchpoint, place);
  return undefined;
}

async function start(): Promise<void> {
  const state = await device.resume();
  drainer.wake();
  if (state === 'lost') return startPairing(true);
  if (state === 'paired') return;
  const asked = new URLSearchParams(location.search).get('touchpoint');
  const touchpoint = asked ?? (await rememberedTouchpoint());
  if (!touchpoint) return startPairing(false);
  if (await rememberedPlace(touchpoint)) return settleAt(touchpoint);
  const problem = await use(touchpoint);
  if (problem === 'unknown') showSetup();
  else if (problem === 'offline') await settleAt(touchpoint);
}

addEventListener('online', () => app.connectionChanged());
addEventListener('offline', () => app.connectionChanged());
setInterval(() => app.resting() && renewShell(), renewEvery);
stayAwake();
askPersistence();
start();
