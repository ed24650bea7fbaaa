import type pg from 'pg';
import type { SettingsFile } from '#shared/contract/settings.ts';
import { unpackDelta } from '../deltas.ts';
import type {
  CellQuery,
  Change,
  CommentQuery,
  Entry,
  NewSignal,
  Outcome,
  Reader,
  ReaderAddress,
  Settings,
  SignalRecord,
  Store,
} from '../port.ts';
import { PostgresAccess } from './access.ts';
import { Announcer } from './announcer.ts';
import { Appending } from './appending.ts';
import { PostgresAudit } from './audit.ts';
import { readArrivals, readComments } from './comments.ts';
import { Db, makePool } from './db.ts';
import { PostgresDevices } from './devices.ts';
import { Inbox } from './follow-ups.ts';
import { PostgresInvitations } from './invitations.ts';
import { PostgresMail, PostgresOutgoing } from './mail.ts';
import { PostgresMailWishes } from './mail-wishes.ts';
import { Node } from './node.ts';
import { readNormCounts } from './norms.ts';
import { isCurrent, migrate } from './open.ts';
import { PostgresPasskeys } from './passkeys.ts';
import { PostgresPhone } from './phone.ts';
import { PostgresPrivacy } from './privacy.ts';
import { PostgresQuestionnaires } from './questionnaires.ts';
import { readCells, readFirstSlots } from './reader.ts';
import { recount } from './recount.ts';
import {
  keepFingerprint,
  keepValue,
  type LoadedSettings,
  readFingerprint,
  readSettings,
  writeSettings,
} from './settings.ts';
import { changeSignal, readSignals, readWatch, settleSignal, writeWatch } from './signals.ts';
import { PostgresSurveyLinks } from './survey-links.ts';
import { atOnceOf, transactionsOf } from './transactions.ts';
import { PostgresVoids } from './voids.ts';
import { PostgresWebhooks } from './webhooks.ts';
import type { Clock, Work } from './work.ts';
import { PostgresYearTables } from './year-tables.ts';

export interface PostgresOptions {
  url: string;
  now?: () => number;
  /** Connections of this process at most, besides one that listens and two of the reading thread. */
  connections?: number;
  /** How often to look whether another process wrote when nothing says so, in milliseconds. */
  lookEvery?: number;
  /** A statement may take so long, and who leads be silent, in milliseconds. */
  patience?: number;
}

export async function openPostgres(options: PostgresOptions): Promise<PostgresStore> {
  const pool = makePool(options, options.connections ?? 10);
  try {
    const db = new Db(pool);
    if (!(await isCurrent(db))) await migrate(options, { now: options.now?.() });
    const settings = await readSettings(db);
    const store = new PostgresStore(pool, settings, options);
    await store.begin();
    return store;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

export class PostgresStore implements Store {
  readonly accounts: pg.Pool;
  readonly reader: ReaderAddress;
  readonly access: PostgresAccess;
  readonly audit: PostgresAudit;
  readonly invitations: PostgresInvitations;
  readonly mail: PostgresMail;
  readonly mailWishes: PostgresMailWishes;
  readonly outgoing: PostgresOutgoing;
  readonly webhooks: PostgresWebhooks;
  readonly phone: PostgresPhone;
  readonly privacy: PostgresPrivacy;
  readonly passkeys: PostgresPasskeys;
  readonly surveyLinks: PostgresSurveyLinks;
  readonly questionnaires: PostgresQuestionnaires;
  readonly devices: PostgresDevices;
  readonly voids: PostgresVoids;
  readonly inbox: Inbox;
  readonly yearTables: PostgresYearTables;
  readonly #options: PostgresOptions;
  readonly #db: Db;
  readonly #appending: Appending;
  readonly #now: () => number;
  readonly #node: Node;
  readonly #transaction: Work['transaction'];
  readonly #announcer: Announcer;
  #closed = false;

  constructor(pool: pg.Pool, settings: LoadedSettings, options: PostgresOptions) {
    const { url, now = Date.now, lookEvery = 1000, patience } = options;
    this.accounts = pool;
    this.#options = options;
    this.#now = now;
    this.#db = new Db(pool);
    this.reader = { module: new URL('./read-only.ts', import.meta.url).href, options: { url } };
    this.#announcer = new Announcer(this.#db, settings, (settings) => this.#appending.use(settings));
    this.#node = new Node({ url, lookEvery, patience, ...this.#announcer.ears });
    const written = () => this.#node.tell();
    this.#transaction = transactionsOf(pool, written);
    this.#appending = new Appending(this.#announcer, this.#transaction, atOnceOf(pool, written));
    const work: Work = {
      ...{ db: this.#db, now, transaction: this.#transaction },
      changingSettings: (work) => this.#changingSettings(work),
    };
    this.access = new PostgresAccess(work);
    this.audit = new PostgresAudit(work);
    this.invitations = new PostgresInvitations(work);
    this.mail = new PostgresMail(work);
    this.mailWishes = new PostgresMailWishes(work);
    this.outgoing = new PostgresOutgoing(work);
    this.webhooks = new PostgresWebhooks(work);
    this.phone = new PostgresPhone(work);
    this.privacy = new PostgresPrivacy(work, (before) => this.audit.forget(before));
    this.passkeys = new PostgresPasskeys(work);
    this.surveyLinks = new PostgresSurveyLinks(work);
    this.questionnaires = new PostgresQuestionnaires(work);
    this.devices = new PostgresDevices(work);
    this.voids = new PostgresVoids(work, () => void this.#announcer.look(true));
    this.inbox = new Inbox(work, () => this.settings().themes);
    this.yearTables = new PostgresYearTables(work);
  }

  /** Listens for what others write, and leads when nobody does. */
  async begin(): Promise<void> {
    await this.#announcer.look(false);
    await this.#node.begin();
  }

  append(entries: Entry[]): Promise<Outcome[]> {
    return this.#appending.append(entries);
  }

  isFull(): boolean {
    return this.#appending.isFull();
  }

  async changesSince(sequence: number): Promise<Change[] | null> {
    const rows = await this.#db.all<{ sequence: number; deltas: string | null }>(
      'SELECT sequence, deltas FROM changes WHERE sequence > $1 ORDER BY sequence',
      [sequence],
      true,
    );
    if (rows.length > 0 && rows[0]!.sequence !== sequence + 1) return null;
    return rows.map(({ sequence: number, deltas }) => ({
      sequence: number,
      deltas: deltas === null ? null : JSON.parse(deltas).map(unpackDelta),
    }));
  }

  onChange(listener: () => void): () => void {
    return this.#announcer.onChange(listener);
  }

  leads(): boolean {
    return this.#node.leads;
  }

  cells(query: CellQuery) {
    return readCells(this.#db, query);
  }

  comments(query: CommentQuery) {
    return readComments(this.#db, query);
  }

  firstSlots() {
    return readFirstSlots(this.#db);
  }

  settings(): Settings {
    return this.#announcer.settings;
  }

  async refresh(): Promise<void> {
    await this.#announcer.look(false);
  }

  async changeSettings(change: SettingsFile, now = this.#now()): Promise<void> {
    await this.#changingSettings((db) => writeSettings(db, change, now));
  }

  onSettings(listener: () => void): () => void {
    return this.#announcer.onSettings(listener);
  }

  normCounts(query: Parameters<Reader['normCounts']>[0]) {
    return readNormCounts(this.#db, query);
  }

  arrivals(after: number, most: number) {
    return readArrivals(this.#db, after, most);
  }

  async lastArrival() {
    return (await this.#db.value<number>('SELECT coalesce(max(seq), 0) FROM rating_numbers'))!;
  }

  watch() {
    return readWatch(this.#db);
  }

  keepWatch(content: unknown, raised: NewSignal[]) {
    return this.#transaction((db) => writeWatch(db, content, raised));
  }

  signals() {
    return readSignals(this.#db);
  }

  changeSignal(id: number, change: Partial<Pick<SignalRecord, 'acknowledgedAt' | 'snoozedUntil'>>) {
    return this.#transaction((db) => changeSignal(db, id, change));
  }

  settleSignal(id: number, at: number) {
    return this.#transaction((db) => settleSignal(db, id, at));
  }

  async keyFingerprint(offered: string | null) {
    const kept = await readFingerprint(this.#db);
    if (kept !== null || offered === null) return kept;
    return this.#transaction((db) => keepFingerprint(db, offered));
  }

  recount(options: Parameters<Store['recount']>[0]) {
    return recount(this.#options, options, this.#transaction);
  }

  /** A copy as a database of SQLite, of one moment: it needs no program of the engine, and can be moved anywhere. */
  async backup(file: string, onProgress?: (share: number) => void): Promise<void> {
    const { backup } = await import('../move/backup.ts');
    await backup(this.#options, file, onProgress);
  }

  async size(): Promise<number> {
    return (await this.#db.value<number>('SELECT pg_database_size(current_database())'))!;
  }

  async checkWritable(): Promise<void> {
    await this.#transaction((db) => keepValue(db, 'writable', 1));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#appending.idle();
    await this.#node.close();
    await this.#announcer.close();
    await this.accounts.end();
  }

  async #changingSettings<Result>(work: (db: Db, clock: Clock) => Promise<Result>): Promise<Result> {
    const result = await this.#transaction(work);
    this.#announcer.use(await readSettings(this.#db));
    return result;
  }
}
