import { defaultRetention, noContacts } from '#shared/contract/privacy.ts';
import type { SettingsFile } from '#shared/contract/settings.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { plainMethod } from '#shared/core/questionnaire.ts';
import { scalars } from '../fresh-settings.ts';
import type { Placement, Settings } from '../port.ts';
import { SettingsRefused } from '../refused.ts';
import { guardedByDevices, readDevicePlaces } from './devices.ts';
import { readNorms, writeNorm } from './norms.ts';
import type { Db } from './open.ts';
import { readQuestionnaires } from './questionnaires.ts';
import { bumpSettings } from './version.ts';

/** Adds or replaces what the change names. Runs inside a transaction. */
export function writeSettings(db: Db, change: SettingsFile, now: number): void {
  const setScalar = db.prepare(
    'INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  for (const name of scalars)
    if (change[name] !== undefined) setScalar.run(name, JSON.stringify(change[name]));

  if (change.languages) {
    db.prepare('UPDATE languages SET position = NULL').run();
    const add = db.prepare(
      'INSERT INTO languages (key, position) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET position = excluded.position',
    );
    for (const [position, key] of change.languages.entries()) add.run(key, position);
  }

  const addChannel = db.prepare(
    `INSERT INTO channels VALUES (@key, @name, (SELECT count(*) FROM channels))
     ON CONFLICT DO UPDATE SET name = excluded.name`,
  );
  for (const channel of change.channels ?? []) addChannel.run(channel);

  const channelOf = db.prepare('SELECT channel FROM touchpoints WHERE key = ?').pluck();
  const hasQuestionnaire = db.prepare('SELECT 1 FROM questionnaires WHERE touchpoint = ? LIMIT 1');
  const addMethod = db.prepare(
    'INSERT INTO methods (touchpoint, label) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const methodOf = db.prepare('SELECT id FROM methods WHERE touchpoint = ? AND label = ?').pluck();
  const addTouchpoint = db.prepare(
    `INSERT INTO touchpoints VALUES (@key, @name, @channel, @scale, @origins, @trial, @retired, @method,
       (SELECT count(*) FROM touchpoints))
     ON CONFLICT DO UPDATE SET name = excluded.name, scale = excluded.scale, origins = excluded.origins,
       trial = excluded.trial, retired = excluded.retired, method = excluded.method`,
  );
  const locationNow = db
    .prepare('SELECT location FROM locations WHERE touchpoint = ? ORDER BY since DESC LIMIT 1')
    .pluck();
  const addLocation = db.prepare('INSERT OR REPLACE INTO locations VALUES (?, ?, ?)');
  for (const touchpoint of change.touchpoints ?? []) {
    const { key, channel, location } = touchpoint;
    const has = db.prepare('SELECT scale, method FROM touchpoints WHERE key = ?').get(key) as
      | { scale: 'grade' | 'smiley'; method: number }
      | undefined;
    const scale = touchpoint.scale ?? has?.scale ?? 'grade';
    if (has && scale !== has.scale && hasQuestionnaire.get(key) !== undefined)
      throw new SettingsRefused(
        `Touchpoint ${key}: its scale follows from its questionnaire; make a new version of that.`,
      );
    if (db.prepare('SELECT 1 FROM channels WHERE key = ?').get(channel) === undefined)
      throw new SettingsRefused(`Touchpoint ${key}: there is no channel ${channel}.`);
    const had = channelOf.get(key);
    if (had !== undefined && had !== channel)
      throw new SettingsRefused(
        `Touchpoint ${key} belongs to channel ${had}; a touchpoint's channel is fixed.`,
      );
    if (has?.scale !== scale) addMethod.run(key, plainMethod[scale]);
    addTouchpoint.run({
      ...touchpoint,
      scale,
      origins: JSON.stringify(touchpoint.origins),
      trial: Number(touchpoint.trial),
      retired: Number(touchpoint.retired),
      method: has?.scale === scale ? has.method : methodOf.get(key, plainMethod[scale]),
    });
    // The first location holds for all that came before; a later one from its day on.
    if (locationNow.get(key) === undefined) addLocation.run(key, 0, location);
    else if (locationNow.get(key) !== location) addLocation.run(key, dayOf(now), location);
  }

  const addProduct = db.prepare(
    `INSERT INTO products (key, name, upl, retired) VALUES (@key, @name, @upl, @retired)
     ON CONFLICT (key) DO UPDATE SET name = excluded.name, upl = excluded.upl, retired = excluded.retired`,
  );
  for (const product of change.products ?? [])
    addProduct.run({ ...product, retired: Number(product.retired) });
  const addTarget = db.prepare('INSERT OR REPLACE INTO targets VALUES (@scope, @key, @year, @grade)');
  for (const target of change.targets ?? []) addTarget.run(target);
  const addIndicator = db.prepare(
    `INSERT INTO indicators VALUES (?, ?, (SELECT count(*) FROM indicators))
     ON CONFLICT DO UPDATE SET content = excluded.content`,
  );
  for (const norm of change.serviceNorms ?? []) writeNorm(db, norm);
  for (const indicator of change.indicators ?? []) addIndicator.run(indicator.key, JSON.stringify(indicator));
  bumpSettings(db);
}

export { bumpSettings, settingsVersion } from './version.ts';

/** Of the secret key that this database was used with first. */
export const readFingerprint = (db: Db): string | null =>
  (db.prepare("SELECT value FROM settings WHERE name = 'keyFingerprint'").pluck().get() as
    | string
    | undefined) ?? null;
export function keepFingerprint(db: Db, fingerprint: string): string {
  db.prepare("INSERT OR IGNORE INTO settings VALUES ('keyFingerprint', ?)").run(fingerprint);
  return readFingerprint(db)!;
}

export interface LoadedSettings extends Settings {
  /** Per touchpoint, newest first: where it stood from which day on. */
  locations: ReadonlyMap<string, { since: number; location: string | null }[]>;
  productIds: ReadonlyMap<string, number>;
}

export function readSettings(db: Db): LoadedSettings {
  const all = <Row>(sql: string, ...values: unknown[]) => db.prepare(sql).all(...values) as Row[];
  const scalar = <Value>(name: string, otherwise: Value): Value => {
    const value = db.prepare('SELECT value FROM settings WHERE name = ?').pluck().get(name) as
      | string
      | undefined;
    return value === undefined ? otherwise : (JSON.parse(value) as Value);
  };
  const locations = new Map<string, { since: number; location: string | null }[]>();
  for (const row of all<{ touchpoint: string; since: number; location: string | null }>(
    'SELECT * FROM locations ORDER BY since DESC',
  ))
    locations.set(row.touchpoint, [...(locations.get(row.touchpoint) ?? []), row]);
  // A token that expired still guards: a line that falls silent is noticed, one that anybody may use is not.
  const guarded = new Set(
    db
      .prepare(
        `SELECT substr(scope, length('telephony:') + 1) FROM tokens
         WHERE scope LIKE 'telephony:%' AND revoked_at IS NULL
         UNION SELECT touchpoint FROM phone_lines WHERE secret IS NOT NULL`,
      )
      .pluck()
      .all() as string[],
  );
  for (const touchpoint of guardedByDevices(db)) guarded.add(touchpoint);
  type TouchpointRow = {
    key: string;
    name: string;
    channel: string;
    scale: 'grade' | 'smiley';
    origins: string;
    trial: number;
    retired: number;
    method: number;
  };
  const touchpoints = all<TouchpointRow>('SELECT * FROM touchpoints ORDER BY position');
  const languages = all<{ id: number; key: string; position: number | null }>(
    'SELECT * FROM languages ORDER BY position, id',
  );
  const products = all<{ id: number; key: string; name: string; upl: string | null; retired: number }>(
    'SELECT * FROM products ORDER BY id',
  ).map((row) => ({ ...row, retired: Boolean(row.retired) }));
  return {
    municipality: scalar('municipality', 'Gemeente'),
    languages: languages.filter(({ position }) => position !== null).map(({ key }) => key),
    languageIds: new Map(languages.map(({ key, id }) => [key, id])),
    answerKeys: scalar('answerKeys', []),
    closedDays: scalar('closedDays', []),
    questionnaires: readQuestionnaires(db),
    devicePlaces: readDevicePlaces(db),
    themes: scalar<unknown>('themes', null),
    aggressionAddress: scalar<string | null>('aggressionAddress', null),
    viewerThreshold: scalar('viewerThreshold', 1),
    wallboardThreshold: scalar('wallboardThreshold', 5),
    falseAlarmsPerYear: scalar('falseAlarmsPerYear', 1),
    deskByHour: scalar('deskByHour', true),
    retention: scalar('retention', defaultRetention),
    contacts: scalar('contacts', noContacts),
    kept: scalar('kept', { comments: 0, ratings: 0 }),
    channels: all('SELECT key, name FROM channels ORDER BY position'),
    touchpoints: touchpoints.map(({ key, name, channel, scale, origins, trial, retired }) => ({
      key,
      name,
      channel,
      scale,
      origins: JSON.parse(origins) as string[],
      location: locations.get(key)?.[0]?.location ?? null,
      trial: Boolean(trial),
      retired: Boolean(retired),
      guarded: guarded.has(key),
    })),
    products,
    productIds: new Map(products.map(({ id, key }) => [key, id])),
    targets: all('SELECT scope, key, year, grade FROM targets'),
    indicators: (
      db.prepare('SELECT content FROM indicators ORDER BY position').pluck().all() as string[]
    ).map((content) => JSON.parse(content)),
    serviceNorms: readNorms(db),
    placements: all<Placement & { location: string }>('SELECT * FROM placements').map((row) => ({
      ...row,
      location: row.location || null,
    })),
    methods: all('SELECT id, touchpoint, label FROM methods'),
    locations,
    currentMethod: new Map(touchpoints.map(({ key, method }) => [key, method])),
  };
}
