import { defaultRetention, noContacts } from '#shared/contract/privacy.ts';
import type { ServiceNorm } from '#shared/contract/service-norms.ts';
import type { SettingsFile } from '#shared/contract/settings.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { plainMethod } from '#shared/core/questionnaire.ts';
import { scalars } from '../fresh-settings.ts';
import type { QuestionnaireVersion } from '../port/questionnaires.ts';
import type { Settings } from '../port.ts';
import { SettingsRefused } from '../refused.ts';
import type { Db } from './db.ts';
import { writeNorm } from './norms.ts';

/** Tells every process that the settings changed. Runs inside a transaction. */
export const bumpSettings = (db: Db) => db.run('UPDATE clock SET settings = settings + 1');

/** Keeps one value under a name. Runs inside a transaction. */
export const keepValue = (db: Db, name: string, value: unknown) =>
  db.run('INSERT INTO settings VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [
    name,
    JSON.stringify(value),
  ]);
/** What was kept under a name; undefined when nothing. */
export async function keptValue<Value>(db: Db, name: string): Promise<Value | undefined> {
  const text = await db.value<string>('SELECT value FROM settings WHERE name = $1', [name]);
  return text === undefined ? undefined : (JSON.parse(text) as Value);
}

/** Of the secret key that this database was used with first. */
export const readFingerprint = async (db: Db): Promise<string | null> =>
  (await db.value<string>("SELECT value FROM settings WHERE name = 'keyFingerprint'")) ?? null;
export async function keepFingerprint(db: Db, fingerprint: string): Promise<string> {
  await db.run("INSERT INTO settings VALUES ('keyFingerprint', $1) ON CONFLICT DO NOTHING", [fingerprint]);
  return (await readFingerprint(db))!;
}

/** Adds or replaces what the change names. Runs inside a transaction. */
export async function writeSettings(db: Db, change: SettingsFile, now: number): Promise<void> {
  for (const name of scalars) if (change[name] !== undefined) await keepValue(db, name, change[name]);
  if (change.languages) {
    await db.run('UPDATE languages SET position = NULL');
    for (const [position, key] of change.languages.entries())
      await db.run(
        `INSERT INTO languages (key, position) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET position = excluded.position`,
        [key, position],
      );
  }
  for (const { key, name } of change.channels ?? [])
    await db.run(
      `INSERT INTO channels VALUES ($1, $2, (SELECT count(*) FROM channels))
       ON CONFLICT (key) DO UPDATE SET name = excluded.name`,
      [key, name],
    );
  for (const touchpoint of change.touchpoints ?? []) await writeTouchpoint(db, touchpoint, now);
  for (const { key, name, upl, retired } of change.products ?? [])
    await db.run(
      `INSERT INTO products (key, name, upl, retired) VALUES ($1, $2, $3, $4)
       ON CONFLICT (key) DO UPDATE SET name = excluded.name, upl = excluded.upl, retired = excluded.retired`,
      [key, name, upl, Number(retired)],
    );
  for (const { scope, key, year, grade } of change.targets ?? [])
    await db.run(
      `INSERT INTO targets VALUES ($1, $2, $3, $4)
       ON CONFLICT (scope, key, year) DO UPDATE SET grade = excluded.grade`,
      [scope, key, year, grade],
    );
  for (const norm of change.serviceNorms ?? []) await writeNorm(db, norm);
  for (const indicator of change.indicators ?? [])
    await db.run(
      `INSERT INTO indicators VALUES ($1, $2, (SELECT count(*) FROM indicators))
       ON CONFLICT (key) DO UPDATE SET content = excluded.content`,
      [indicator.key, JSON.stringify(indicator)],
    );
  await bumpSettings(db);
}

/** The number of a method of a touchpoint, made when it is new. Runs inside a transaction. */
export async function methodId(db: Db, touchpoint: string, label: string): Promise<number> {
  await db.run('INSERT INTO methods (touchpoint, label) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    touchpoint,
    label,
  ]);
  const id = await db.value<number>('SELECT id FROM methods WHERE touchpoint = $1 AND label = $2', [
    touchpoint,
    label,
  ]);
  return id!;
}

type TouchpointChange = NonNullable<SettingsFile['touchpoints']>[number];
async function writeTouchpoint(db: Db, touchpoint: TouchpointChange, now: number): Promise<void> {
  const { key, name, channel, location, origins, trial, retired } = touchpoint;
  const has = await db.get<{ channel: string; scale: 'grade' | 'smiley'; method: number; asks: boolean }>(
    `SELECT channel, scale, method, EXISTS (SELECT 1 FROM questionnaires WHERE touchpoint = key) AS asks
     FROM touchpoints WHERE key = $1`,
    [key],
  );
  const scale = touchpoint.scale ?? has?.scale ?? 'grade';
  if (has?.asks && scale !== has.scale)
    throw new SettingsRefused(
      `Touchpoint ${key}: its scale follows from its questionnaire; make a new version of that.`,
    );
  if ((await db.get('SELECT 1 FROM channels WHERE key = $1', [channel])) === undefined)
    throw new SettingsRefused(`Touchpoint ${key}: there is no channel ${channel}.`);
  if (has && has.channel !== channel)
    throw new SettingsRefused(
      `Touchpoint ${key} belongs to channel ${has.channel}; a touchpoint's channel is fixed.`,
    );
  const method = has?.scale === scale ? has.method : await methodId(db, key, plainMethod[scale]);
  await db.run(
    `INSERT INTO touchpoints VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT count(*) FROM touchpoints))
     ON CONFLICT (key) DO UPDATE SET name = excluded.name, scale = excluded.scale, origins = excluded.origins,
       trial = excluded.trial, retired = excluded.retired, method = excluded.method`,
    [key, name, channel, scale, JSON.stringify(origins), Number(trial), Number(retired), method],
  );
  const [stands] = await db.all<{ location: string | null }>(
    'SELECT location FROM locations WHERE touchpoint = $1 ORDER BY since DESC LIMIT 1',
    [key],
  );
  // The first location holds for all that came before; a later one from its day on.
  if (stands && stands.location === location) return;
  await db.run(
    `INSERT INTO locations VALUES ($1, $2, $3)
     ON CONFLICT (touchpoint, since) DO UPDATE SET location = excluded.location`,
    [key, stands ? dayOf(now) : 0, location],
  );
}

export interface LoadedSettings extends Settings {
  version: number;
  /** Per touchpoint, newest first: where it stood from which day on. */
  locations: ReadonlyMap<string, { since: number; location: string | null }[]>;
  productIds: ReadonlyMap<string, number>;
}

const rowsOf = (name: string, select: string, order: string) =>
  `'${name}', (SELECT coalesce(json_agg(one ORDER BY ${order}), '[]') FROM (${select}) one)`;
/** In one statement, so of one moment. A token that expired still guards, as does a tablet that was ever paired. */
const everything = `SELECT json_build_object(
  'version', (SELECT settings FROM clock),
  'values', (SELECT coalesce(json_object_agg(name, value), '{}') FROM settings),
  ${rowsOf('locations', 'SELECT touchpoint, since, location FROM locations', 'since DESC')},
  ${rowsOf(
    'guarded',
    `SELECT substr(scope, length('telephony:') + 1) AS touchpoint FROM tokens
       WHERE scope LIKE 'telephony:%' AND revoked_at IS NULL
     UNION SELECT touchpoint FROM phone_lines WHERE secret IS NOT NULL
     UNION SELECT touchpoint FROM devices WHERE retired_at IS NULL
       AND EXISTS (SELECT 1 FROM tokens WHERE scope = 'device:' || devices.id)`,
    'touchpoint',
  )},
  ${rowsOf('touchpoints', 'SELECT * FROM touchpoints', 'position')},
  ${rowsOf('languages', 'SELECT * FROM languages', 'position NULLS FIRST, id')},
  ${rowsOf('products', 'SELECT id, key, name, upl, retired FROM products', 'id')},
  ${rowsOf('channels', 'SELECT key, name, position FROM channels', 'position')},
  ${rowsOf('targets', 'SELECT scope, key, year, grade FROM targets', 'scope, key, year')},
  ${rowsOf('indicators', 'SELECT content, position FROM indicators', 'position')},
  ${rowsOf('norms', 'SELECT id, content FROM service_norms', 'id')},
  ${rowsOf('placements', `SELECT id, touchpoint, nullif(location, '') AS location, method FROM placements`, 'id')},
  ${rowsOf('methods', 'SELECT id, touchpoint, label FROM methods', 'id')},
  ${rowsOf(
    'questionnaires',
    `SELECT q.touchpoint, q.version, q.valid_from, q.content, m.label
     FROM questionnaires q JOIN methods m ON m.id = q.method`,
    'version DESC',
  )},
  ${rowsOf(
    'places',
    `SELECT d.id, p.touchpoint, p.touchpoint <> d.touchpoint AS before
     FROM devices d JOIN device_places p ON p.device = d.id WHERE d.retired_at IS NULL`,
    'id, before, touchpoint',
  )}) AS all`;

interface Everything {
  version: number;
  values: Record<string, string>;
  locations: { touchpoint: string; since: number; location: string | null }[];
  guarded: { touchpoint: string }[];
  touchpoints: {
    key: string;
    name: string;
    channel: string;
    scale: 'grade' | 'smiley';
    origins: string;
    trial: number;
    retired: number;
    method: number;
  }[];
  languages: { id: number; key: string; position: number | null }[];
  products: { id: number; key: string; name: string; upl: string | null; retired: number }[];
  channels: { key: string; name: string }[];
  targets: Settings['targets'];
  indicators: { content: string }[];
  norms: { id: number; content: string }[];
  placements: Settings['placements'];
  methods: Settings['methods'];
  questionnaires: {
    touchpoint: string;
    version: number;
    valid_from: number;
    content: string;
    label: string;
  }[];
  places: { id: number; touchpoint: string }[];
}

function grouped<Row, Key, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  partOf: (row: Row) => Value,
) {
  const groups = new Map<Key, Value[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(partOf(row));
    else groups.set(key, [partOf(row)]);
  }
  return groups;
}

export async function readSettings(db: Db): Promise<LoadedSettings> {
  const found = (await db.value<Everything>(everything))!;
  const scalar = <Value>(name: string, otherwise: Value): Value =>
    found.values[name] === undefined ? otherwise : (JSON.parse(found.values[name]) as Value);
  const locations = grouped(
    found.locations,
    ({ touchpoint }) => touchpoint,
    (row) => row,
  );
  const guarded = new Set(found.guarded.map(({ touchpoint }) => touchpoint));
  const products = found.products.map((row) => ({ ...row, retired: Boolean(row.retired) }));
  const settings: Omit<LoadedSettings, 'version'> = {
    municipality: scalar('municipality', 'Gemeente'),
    languages: found.languages.filter(({ position }) => position !== null).map(({ key }) => key),
    languageIds: new Map(found.languages.map(({ key, id }) => [key, id])),
    answerKeys: scalar('answerKeys', []),
    closedDays: scalar('closedDays', []),
    questionnaires: grouped(
      found.questionnaires,
      ({ touchpoint }) => touchpoint,
      ({ touchpoint, version, valid_from, label, content }): QuestionnaireVersion => ({
        ...{ touchpoint, version, validFrom: valid_from, method: label },
        ...JSON.parse(content),
      }),
    ),
    devicePlaces: grouped(
      found.places,
      ({ id }) => id,
      ({ touchpoint }) => touchpoint,
    ),
    themes: scalar<unknown>('themes', null),
    aggressionAddress: scalar<string | null>('aggressionAddress', null),
    viewerThreshold: scalar('viewerThreshold', 1),
    wallboardThreshold: scalar('wallboardThreshold', 5),
    falseAlarmsPerYear: scalar('falseAlarmsPerYear', 1),
    deskByHour: scalar('deskByHour', true),
    retention: scalar('retention', defaultRetention),
    contacts: scalar('contacts', noContacts),
    kept: scalar('kept', { comments: 0, ratings: 0 }),
    channels: found.channels.map(({ key, name }) => ({ key, name })),
    touchpoints: found.touchpoints.map(({ key, name, channel, scale, origins, trial, retired }) => ({
      ...{ key, name, channel, scale },
      origins: JSON.parse(origins) as string[],
      location: locations.get(key)?.[0]?.location ?? null,
      trial: Boolean(trial),
      retired: Boolean(retired),
      guarded: guarded.has(key),
    })),
    products,
    productIds: new Map(products.map(({ id, key }) => [key, id])),
    targets: found.targets,
    indicators: found.indicators.map(({ content }) => JSON.parse(content)),
    serviceNorms: found.norms.map(({ id, content }) => ({ ...(JSON.parse(content) as ServiceNorm), id })),
    placements: found.placements,
    methods: found.methods,
    locations,
    currentMethod: new Map(found.touchpoints.map(({ key, method }) => [key, method])),
  };
  // Beside the settings: they are the same when only this differs.
  return Object.defineProperty(settings, 'version', { value: found.version }) as LoadedSettings;
}
