import type { Heartbeat, OpeningHours, PinHash } from '#shared/contract/device.ts';

/** A tablet. Times in milliseconds UTC. */
export interface DeviceRecord {
  id: number;
  name: string;
  touchpoint: string;
  createdAt: number;
  retiredAt: number | null;
  /** Whether it ever got a token, and whether it has one that is valid. */
  paired: boolean;
  active: boolean;
  idleSeconds: number;
  openingHours: OpeningHours;
  pin: PinHash | null;
  lastSeen: number | null;
  heartbeat: Heartbeat | null;
  /** When it was found silent; null when it is heard of. */
  silentSince: number | null;
}

export interface DeviceSettings {
  name: string;
  touchpoint: string;
  idleSeconds: number;
  openingHours: OpeningHours;
  pin: PinHash | null;
}

/** The number of the device that a token's scope names. */
export function deviceOfScope(scope: string | null): number | null {
  const number = /^device:(\d{1,15})$/.exec(scope ?? '')?.[1];
  return number === undefined ? null : Number(number);
}

/** Tablets and their tokens; whatever changes who may send what is known to every process at once. */
export interface DeviceStore {
  list(): Promise<DeviceRecord[]>;
  find(id: number): Promise<DeviceRecord | null>;
  add(settings: DeviceSettings, now: number): Promise<DeviceRecord>;
  /** null when there is none, or it was retired. */
  change(id: number, change: Partial<DeviceSettings>): Promise<DeviceRecord | null>;
  /** A new token; what it had before ends. False when there is no such device any more. */
  pair(id: number, hash: Buffer, now: number): Promise<boolean>;
  /** Ends its token. */
  revoke(id: number, now: number): Promise<void>;
  /** Ends its token, and its touchpoint is no longer guarded by it. */
  retire(id: number, now: number): Promise<void>;
  keepHeartbeat(id: number, heartbeat: Heartbeat, now: number): Promise<void>;
  /** Marks it silent; false when it was already, or was heard of after `seen`. */
  markSilent(id: number, seen: number | null, now: number): Promise<boolean>;
}
