import type { Device } from '#shared/contract/device.ts';
import { isOpenAt, openBetween } from '#shared/core/opening.ts';
import type { DeviceRecord } from '../storage/port/devices.ts';

/** Three missed heartbeats of a minute, and what the last of them may be late. */
const silentAfter = 185_000;

/** Whether it was silent for three heartbeats while it was open; the night before does not count. */
export const isSilent = (
  { openingHours, lastSeen, active }: DeviceRecord,
  closed: (day: number) => boolean,
  now: number,
): boolean =>
  active && lastSeen !== null && openBetween(openingHours, closed, lastSeen, now, silentAfter) >= silentAfter;

export function stateOf(
  device: DeviceRecord,
  closed: (day: number) => boolean,
  now: number,
): Device['state'] {
  if (device.retiredAt !== null) return 'retired';
  if (!device.active) return device.paired ? 'revoked' : 'new';
  if (isSilent(device, closed, now)) return 'silent';
  const heard = device.lastSeen !== null && now - device.lastSeen < silentAfter;
  return heard || isOpenAt(device.openingHours, closed, now) ? 'active' : 'closed';
}

const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** What the administrator sees of it; `current` is the version of the configuration that it should have. */
export function deviceOf(
  record: DeviceRecord,
  closed: (day: number) => boolean,
  now: number,
  current: string | null,
): Device {
  const { sentAt, ...heartbeat } = record.heartbeat ?? { sentAt: null };
  return {
    id: record.id,
    name: record.name,
    touchpoint: record.touchpoint,
    state: stateOf(record, closed, now),
    createdAt: new Date(record.createdAt).toISOString(),
    lastSeen: time(record.lastSeen),
    silentSince: time(record.silentSince),
    heartbeat: 'queue' in heartbeat ? heartbeat : null,
    clockOff:
      sentAt === null || record.lastSeen === null
        ? null
        : Math.round((Date.parse(sentAt) - record.lastSeen) / 1000),
    upToDate: 'queue' in heartbeat && current !== null ? heartbeat.configuration === current : null,
    idleSeconds: record.idleSeconds,
    openingHours: record.openingHours,
    hasPin: record.pin !== null,
  };
}
