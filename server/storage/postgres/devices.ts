import type { Heartbeat, OpeningHours, PinHash } from '#shared/contract/device.ts';
import type { DeviceRecord, DeviceSettings, DeviceStore } from '../port/devices.ts';
import type { Db } from './db.ts';
import { bumpSettings } from './settings.ts';
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

const stand = (db: Db, device: number, touchpoint: string) =>
  db.run('INSERT INTO device_places VALUES ($1, $2) ON CONFLICT DO NOTHING', [device, touchpoint]);
const endTokens = (db: Db, id: number, now: number) =>
  db.run('UPDATE tokens SET revoked_at = $1 WHERE scope = $2 AND revoked_at IS NULL', [now, `device:${id}`]);

export class PostgresDevices implements DeviceStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async list() {
    return (await this.#work.db.all<Row>(`${select} ORDER BY d.id`)).map(recordOf);
  }

  async find(id: number) {
    const row = await this.#work.db.get<Row>(`${select} WHERE d.id = $1`, [id]);
    return row ? recordOf(row) : null;
  }

  async add({ name, touchpoint, idleSeconds, openingHours, pin }: DeviceSettings, now: number) {
    const id = await this.#work.changingSettings(async (db) => {
      const made = await db.value<number>(
        `INSERT INTO devices (name, touchpoint, created_at, idle_seconds, opening_hours, pin)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
        [name, touchpoint, now, idleSeconds, JSON.stringify(openingHours), pin && JSON.stringify(pin)],
      );
      await stand(db, made!, touchpoint);
      await bumpSettings(db);
      return made!;
    });
    return (await this.find(id))!;
  }

  async change(id: number, change: Partial<DeviceSettings>) {
    await this.#work.changingSettings(async (db) => {
      const row = await db.get<Row>('SELECT * FROM devices WHERE id = $1 AND retired_at IS NULL', [id]);
      if (!row) return;
      const pin = change.pin === undefined ? row.pin : change.pin && JSON.stringify(change.pin);
      await db.run(
        'UPDATE devices SET name = $1, touchpoint = $2, idle_seconds = $3, opening_hours = $4, pin = $5 WHERE id = $6',
        [
          change.name ?? row.name,
          change.touchpoint ?? row.touchpoint,
          change.idleSeconds ?? row.idle_seconds,
          change.openingHours ? JSON.stringify(change.openingHours) : row.opening_hours,
          pin,
          id,
        ],
      );
      if (change.touchpoint) await stand(db, id, change.touchpoint);
      await bumpSettings(db);
    });
    const device = await this.find(id);
    return device?.retiredAt === null ? device : null;
  }

  pair(id: number, hash: Buffer, now: number) {
    return this.#work.changingSettings(async (db) => {
      const name = await db.value<string>('SELECT name FROM devices WHERE id = $1 AND retired_at IS NULL', [
        id,
      ]);
      if (name === undefined) return false;
      await endTokens(db, id, now);
      await db.run(
        "INSERT INTO tokens (name, role, scope, hash, created_at) VALUES ($1, 'machine', $2, $3, $4)",
        [name, `device:${id}`, hash, now],
      );
      await db.run('UPDATE devices SET last_seen = $1, silent_since = NULL WHERE id = $2', [now, id]);
      await bumpSettings(db);
      return true;
    });
  }

  revoke(id: number, now: number): Promise<void> {
    return this.#work.changingSettings(async (db) => {
      await endTokens(db, id, now);
      await db.run('UPDATE devices SET silent_since = NULL WHERE id = $1', [id]);
      await bumpSettings(db);
    });
  }

  retire(id: number, now: number): Promise<void> {
    return this.#work.changingSettings(async (db) => {
      await endTokens(db, id, now);
      await db.run(
        'UPDATE devices SET retired_at = $1, silent_since = NULL WHERE id = $2 AND retired_at IS NULL',
        [now, id],
      );
      await bumpSettings(db);
    });
  }

  async keepHeartbeat(id: number, heartbeat: Heartbeat, now: number) {
    await this.#work.transaction((db) =>
      db.run('UPDATE devices SET last_seen = $1, heartbeat = $2, silent_since = NULL WHERE id = $3', [
        now,
        JSON.stringify(heartbeat),
        id,
      ]),
    );
  }

  markSilent(id: number, seen: number | null, now: number) {
    const mark = `UPDATE devices SET silent_since = $1
      WHERE id = $2 AND silent_since IS NULL AND last_seen IS NOT DISTINCT FROM $3::bigint`;
    return this.#work.transaction(async (db) => (await db.run(mark, [now, id, seen])) === 1);
  }
}
