import type { Heartbeat, OpeningHours, PinHash } from '#shared/contract/device.ts';
import type { DeviceRecord, DeviceSettings, DeviceStore } from '../port/devices.ts';
import type { Db } from './open.ts';
import { bumpSettings } from './version.ts';
import type { Work } from './work.ts';

interface Row {
  id: number;
  name: string;
  touchpoint: string;
  created_at: number;
  retired_at: number | null;
  idle_seconds: number;
  opening_hours: string;
  pin: string | null;
  last_seen: number | null;
  heartbeat: string | null;
  silent_since: number | null;
  tokens: number;
  valid: number;
}

const select = `SELECT d.*,
  (SELECT count(*) FROM tokens WHERE scope = 'device:' || d.id) AS tokens,
  (SELECT count(*) FROM tokens WHERE scope = 'device:' || d.id AND revoked_at IS NULL) AS valid
  FROM devices d`;

/** Where a tablet that was not retired stands and ever got a token: its touchpoint is closed to others. */
export const guardedByDevices = (db: Db): string[] =>
  db
    .prepare(
      `SELECT touchpoint FROM devices WHERE retired_at IS NULL
       AND EXISTS (SELECT 1 FROM tokens WHERE scope = 'device:' || devices.id)`,
    )
    .pluck()
    .all() as string[];

export function readDevicePlaces(db: Db): ReadonlyMap<number, string[]> {
  const places = new Map<number, string[]>();
  const rows = db
    .prepare(
      `SELECT d.id, p.touchpoint FROM devices d JOIN device_places p ON p.device = d.id
       WHERE d.retired_at IS NULL ORDER BY d.id, p.touchpoint <> d.touchpoint`,
    )
    .all() as { id: number; touchpoint: string }[];
  for (const { id, touchpoint } of rows) places.set(id, [...(places.get(id) ?? []), touchpoint]);
  return places;
}

const recordOf = (row: Row): DeviceRecord => ({
  id: row.id,
  name: row.name,
  touchpoint: row.touchpoint,
  createdAt: row.created_at,
  retiredAt: row.retired_at,
  paired: row.tokens > 0,
  active: row.valid > 0,
  idleSeconds: row.idle_seconds,
  openingHours: JSON.parse(row.opening_hours) as OpeningHours,
  pin: row.pin === null ? null : (JSON.parse(row.pin) as PinHash),
  lastSeen: row.last_seen,
  heartbeat: row.heartbeat === null ? null : (JSON.parse(row.heartbeat) as Heartbeat),
  silentSince: row.silent_since,
});

export class SqliteDevices implements DeviceStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async list() {
    return (this.#work.db.prepare(`${select} ORDER BY d.id`).all() as Row[]).map(recordOf);
  }

  async find(id: number) {
    const row = this.#work.db.prepare(`${select} WHERE d.id = ?`).get(id) as Row | undefined;
    return row ? recordOf(row) : null;
  }

  async add({ name, touchpoint, idleSeconds, openingHours, pin }: DeviceSettings, now: number) {
    const { db } = this.#work;
    let id = 0;
    await this.#work.changingSettings(() => {
      const made = db
        .prepare(
          `INSERT INTO devices (name, touchpoint, created_at, idle_seconds, opening_hours, pin)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(name, touchpoint, now, idleSeconds, JSON.stringify(openingHours), pin && JSON.stringify(pin));
      id = Number(made.lastInsertRowid);
      this.#stand(id, touchpoint);
      bumpSettings(db);
    });
    return (await this.find(id))!;
  }

  async change(id: number, change: Partial<DeviceSettings>) {
    const { db } = this.#work;
    await this.#work.changingSettings(() => {
      const row = db.prepare('SELECT * FROM devices WHERE id = ? AND retired_at IS NULL').get(id) as
        | Row
        | undefined;
      if (!row) return;
      const pin = change.pin === undefined ? row.pin : change.pin && JSON.stringify(change.pin);
      db.prepare(
        'UPDATE devices SET name = ?, touchpoint = ?, idle_seconds = ?, opening_hours = ?, pin = ? WHERE id = ?',
      ).run(
        change.name ?? row.name,
        change.touchpoint ?? row.touchpoint,
        change.idleSeconds ?? row.idle_seconds,
        change.openingHours ? JSON.stringify(change.openingHours) : row.opening_hours,
        pin,
        id,
      );
      if (change.touchpoint) this.#stand(id, change.touchpoint);
      bumpSettings(db);
    });
    const device = await this.find(id);
    return device?.retiredAt === null ? device : null;
  }

  async pair(id: number, hash: Buffer, now: number) {
    const { db } = this.#work;
    let paired = false;
    await this.#work.changingSettings(() => {
      const device = db.prepare('SELECT name FROM devices WHERE id = ? AND retired_at IS NULL').get(id) as
        | { name: string }
        | undefined;
      paired = device !== undefined;
      if (!device) return;
      this.#endTokens(id, now);
      db.prepare(
        "INSERT INTO tokens (name, role, scope, hash, created_at) VALUES (?, 'machine', ?, ?, ?)",
      ).run(device.name, `device:${id}`, hash, now);
      db.prepare('UPDATE devices SET last_seen = ?, silent_since = NULL WHERE id = ?').run(now, id);
      bumpSettings(db);
    });
    return paired;
  }

  revoke(id: number, now: number) {
    return this.#work.changingSettings(() => {
      this.#endTokens(id, now);
      this.#work.db.prepare('UPDATE devices SET silent_since = NULL WHERE id = ?').run(id);
      bumpSettings(this.#work.db);
    });
  }

  retire(id: number, now: number) {
    return this.#work.changingSettings(() => {
      this.#endTokens(id, now);
      this.#work.db
        .prepare('UPDATE devices SET retired_at = ?, silent_since = NULL WHERE id = ? AND retired_at IS NULL')
        .run(now, id);
      bumpSettings(this.#work.db);
    });
  }

  async keepHeartbeat(id: number, heartbeat: Heartbeat, now: number) {
    await this.#work.transaction(() => {
      this.#work.db
        .prepare('UPDATE devices SET last_seen = ?, heartbeat = ?, silent_since = NULL WHERE id = ?')
        .run(now, JSON.stringify(heartbeat), id);
    });
  }

  markSilent(id: number, seen: number | null, now: number) {
    const mark = this.#work.db.prepare(
      'UPDATE devices SET silent_since = ? WHERE id = ? AND silent_since IS NULL AND last_seen IS ?',
    );
    return this.#work.transaction(() => mark.run(now, id, seen).changes === 1);
  }

  #stand(device: number, touchpoint: string): void {
    this.#work.db.prepare('INSERT OR IGNORE INTO device_places VALUES (?, ?)').run(device, touchpoint);
  }

  #endTokens(id: number, now: number): void {
    this.#work.db
      .prepare('UPDATE tokens SET revoked_at = ? WHERE scope = ? AND revoked_at IS NULL')
      .run(now, `device:${id}`);
  }
}
