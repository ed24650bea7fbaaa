const worker = '/kiosk-sw.js';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}

/** Under `require-trusted-types-for 'script'` the address of a worker has to come from a policy: this one, for ours only. */
function trusted(url: string): string {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return url;
  const policy = types.createPolicy('klantpuls', {
    createScriptURL(address) {
      if (address !== worker) throw new TypeError(`not a script of ours: ${address}`);
      return address;
    },
  });
  return policy.createScriptURL(url);
}

/** Keeps the kiosk startable without a network. A new version takes over only while nobody is answering. */
export async function keepShell(): Promise<{ renew(): void }> {
  if (!('serviceWorker' in navigator)) return { renew() {} };
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register(trusted(worker), {
    scope: '/kiosk',
    updateViaCache: 'none',
  });
  let renewing = false;
  serviceWorker.addEventListener('controllerchange', () => {
    if (renewing) location.reload();
  });
  setInterval(() => registration.update().catch(() => undefined), 3_600_000);
  return {
    renew() {
      if (!registration.waiting) return;
      renewing = true;
      registration.waiting.postMessage('take-over');
    },
  };
}

interface Battery {
  level: number;
  charging: boolean;
}
/** A browser that does not say keeps neither the status nor a heartbeat waiting. */
const inASecond = <Said>(said: Promise<Said> | undefined, otherwise: Said): Promise<Said | undefined> =>
  Promise.race([said, new Promise<Said>((resolve) => setTimeout(() => resolve(otherwise), 1000))]);

/** Not every browser tells. */
export async function powerState(): Promise<{ battery: number | null; charging: boolean | null }> {
  const from = navigator as { getBattery?: () => Promise<Battery> };
  const power = await inASecond(
    from.getBattery?.().catch(() => undefined),
    undefined,
  );
  return { battery: power?.level ?? null, charging: power?.charging ?? null };
}

export const askPersistence = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false;
export const isPersisted = async (): Promise<boolean> =>
  (await inASecond(navigator.storage?.persisted?.(), false)) ?? false;

export const shellVersion = (): Promise<string> =>
  new Promise((resolve) => {
    const controller = navigator.serviceWorker?.controller;
    if (!controller) return resolve('–');
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => resolve(String(data));
    setTimeout(() => resolve('–'), 1000);
    controller.postMessage('version', [channel.port2]);
  });

/** The screen stays on; browsers drop the lock whenever the page was hidden. */
export function stayAwake(): void {
  const ask = () => {
    if (document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', ask);
  ask();
}
