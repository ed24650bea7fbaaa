import type { DeviceRecord } from '../storage/port/devices.ts';
import type { Store } from '../storage/port.ts';
import { closedOn } from './closing.ts';
import { isSilent } from './state.ts';

export interface SilenceOptions {
  store: Pick<Store, 'devices' | 'settings'>;
  now: () => number;
  tell: (device: DeviceRecord) => void;
  log: (error: unknown) => void;
}

const lookEvery = 10_000;

/** Finds tablets that fell silent within opening hours, and tells of each once. */
export class SilenceWatch {
  readonly #options: SilenceOptions;
  readonly #looking: NodeJS.Timeout;
  #busy: Promise<void> = Promise.resolve();

  constructor(options: SilenceOptions) {
    this.#options = options;
    this.#looking = setInterval(() => void this.look(), lookEvery);
    this.#looking.unref();
  }

  look(): Promise<void> {
    this.#busy = this.#busy.then(() => this.#look()).catch(this.#options.log);
    return this.#busy;
  }

  async #look(): Promise<void> {
    const { store, now, tell } = this.#options;
    const at = now();
    const closed = closedOn(store.settings().closedDays, at);
    for (const device of await store.devices.list())
      if (device.silentSince === null && isSilent(device, closed, at))
        if (await store.devices.markSilent(device.id, device.lastSeen, at))
          tell({ ...device, silentSince: at });
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    await this.#busy;
  }
}
