import type { Db } from './open.ts';

/** Tells every process that the settings changed. */
export function bumpSettings(db: Db): void {
  db.prepare(
    `INSERT INTO settings VALUES ('version', '1') ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + 1`,
  ).run();
}
export const settingsVersion = (db: Db): number =>
  Number(db.prepare("SELECT value FROM settings WHERE name = 'version'").pluck().get() ?? 0);
