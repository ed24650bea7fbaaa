import type { SettingsFile } from '#shared/contract/settings.ts';
import { unpackDelta } from '../deltas.ts';
import { GroupCommit } from '../group-commit.ts';
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
import { SqliteAccess } from './access.ts';
import { SqliteAudit } from './audit.ts';
import { backup, sizeOf } from './backup.ts';
import { readComments } from './comments.ts';
import { SqliteDevices } from './devices.ts';
import { Inbox } from './follow-ups.ts';
import { SqliteInvitations } from './invitations.ts';
import { Log } from './log.ts';
import { SqliteMail, SqliteOutgoing } from './mail.ts';
import { SqliteMailWishes } from './mail-wishes.ts';
import { readNormCounts } from './norms.ts';
import { connect, type Db, openMigrated } from './open.ts';
import { SqlitePasskeys } from './passkeys.ts';
import { SqlitePhone } from './phone.ts';
import { SqlitePrivacy } from './privacy.ts';
import { SqliteQuestionnaires } from './questionnaires.ts';
import { CellReader } from './reader.ts';
import { recount } from './recount.ts';
import {
  keepFingerprint,
  type LoadedSettings,
  readFingerprint,
  readSettings,
  settingsVersion,
  writeSettings,
} from './settings.ts';
import {
  changeSignal,
  lastArrival,
  readArrivals,
  readSignals,
  readWatch,
  settleSignal,
  writeWatch,
} from './signals.ts';
import { SqliteSurveyLinks } from './survey-links.ts';
import { transactionsOf } from './transactions.ts';
import { SqliteVoids } from './voids.ts';
import { SqliteWebhooks } from './webhooks.ts';
import type { Work } from './work.ts';
import { Writable } from './writable.ts';
import { Writer } from './writer.ts';
import { SqliteYearTables } from './year-tables.ts';

export interface SqliteOptions {
  file: string;
  now?: () => number;
  /** How often to look whether another process wrote, in milliseconds. */
  lookEvery?: number;
}

export async function openSqlite(options: SqliteOptions): Promise<SqliteStore> {
  return new SqliteStore(openMigrated(options.file, { now: options.now?.() }), options);
}

export class SqliteStore implements Store {
  readonly accounts: Db;
  readonly access: SqliteAccess;
  readonly audit: SqliteAudit;
  readonly reader: ReaderAddress;
  readonly invitations: SqliteInvitations;
  readonly mail: SqliteMail;
  readonly mailWishes: SqliteMailWishes;
  readonly outgoing: SqliteOutgoing;
  readonly webhooks: SqliteWebhooks;
  readonly phone: SqlitePhone;
  readonly privacy: SqlitePrivacy;
  readonly passkeys: SqlitePasskeys;
  readonly surveyLinks: SqliteSurveyLinks;
  readonly questionnaires: SqliteQuestionnaires;
  readonly devices: SqliteDevices;
  readonly voids: SqliteVoids;
  readonly inbox: Inbox;
  readonly yearTables: SqliteYearTables;
  /** Of one machine each: who starts a second process on the same file has its work done twice at most. */
  readonly leads = () => true;
  readonly watch = async () => readWatch(this.#db);
  readonly firstSlots = async () => this.#reader.firstSlots();
  readonly lastArrival = async () => lastArrival(this.#db);
  readonly signals = async () => readSignals(this.#db);
  readonly refresh = async () => {};
  readonly size = async () => sizeOf(this.#file);
  readonly checkWritable = () => this.#writable.check();
  readonly isFull = () => this.#group.isFull();
  readonly #file: string;
  readonly #db: Db;
  readonly #reader: CellReader;
  readonly #writer: Writer;
  readonly #writable: Writable;
  readonly #group: GroupCommit;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #transaction: Work['transaction'];
  readonly #changeListeners = new Set<() => void>();
  readonly #settingsListeners = new Set<() => void>();
  readonly #looking: NodeJS.Timeout;
  readonly #changesAfter;
  /** SQLite's own count of commits by other connections: cheap to read, and no file of ours can go stale. */
  readonly #dataVersionNow;
  #settings: LoadedSettings;
  #settingsVersion: number;
  #dataVersion: unknown;

  constructor(db: Db, { file, now = Date.now, lookEvery = 100 }: SqliteOptions) {
    this.#db = db;
    this.#file = file;
    this.reader = { module: new URL('./read-only.ts', import.meta.url).href, options: { file } };
    this.#now = now;
    // This connection never waits inside SQLite: that would hold up every request of the process.
    db.pragma('busy_timeout = 0');
    this.accounts = connect(file, { cacheMb: 2 });
    this.#dataVersionNow = db.prepare('PRAGMA data_version').pluck();
    this.#settings = readSettings(db);
    this.#settingsVersion = settingsVersion(db);
    this.#dataVersion = this.#dataVersionNow.get();
    this.#reader = new CellReader(db);
    this.#writer = new Writer(db, this.#settings);
    this.#group = new GroupCommit((entries) => this.#writable.after(this.#commit(entries)));
    this.#log = new Log(db, file);
    this.#transaction = transactionsOf(db, this.#log, () => this.#writer.use(this.#settings));
    const work: Work = {
      ...{ db, now, transaction: this.#transaction },
      changingSettings: (work) => this.#changingSettings(work),
    };
    this.#writable = new Writable(work);
    this.access = new SqliteAccess(work);
    this.audit = new SqliteAudit(work);
    this.invitations = new SqliteInvitations(work);
    this.mail = new SqliteMail(work);
    this.mailWishes = new SqliteMailWishes(work);
    this.outgoing = new SqliteOutgoing(work);
    this.webhooks = new SqliteWebhooks(work);
    this.phone = new SqlitePhone(work);
    this.privacy = new SqlitePrivacy(work, (before) => this.audit.forget(before));
    this.passkeys = new SqlitePasskeys(work);
    this.surveyLinks = new SqliteSurveyLinks(work);
    this.questionnaires = new SqliteQuestionnaires(work);
    this.devices = new SqliteDevices(work);
    this.voids = new SqliteVoids(work, () => this.#tellSoon());
    this.inbox = new Inbox(work, () => this.#settings.themes);
    this.yearTables = new SqliteYearTables(work);
    this.#changesAfter = db
      .prepare('SELECT sequence, deltas FROM changes WHERE sequence > ? ORDER BY sequence')
      .raw();
    this.#looking = setInterval(() => this.#look(), lookEvery);
    this.#looking.unref();
  }

  append(entries: Entry[]): Promise<Outcome[]> {
    return this.#group.append(entries);
  }

  async #commit(entries: Entry[]): Promise<Outcome[]> {
    const { outcomes, settings } = await this.#transaction(() => this.#writer.write(entries));
    if (settings) this.#replaceSettings(settings);
    this.#tellSoon();
    return outcomes;
  }

  /**
   * Listeners run after those who wait for a commit were answered; what another process did counts first, so that
   * nobody who lost access meanwhile hears of it.
   */
  #tellSoon(): void {
    setImmediate(() => {
      if (this.#db.open && !this.#look()) this.#announce();
    });
  }

  async changesSince(sequence: number): Promise<Change[] | null> {
    const rows = this.#changesAfter.all(sequence) as [number, string | null][];
    if (rows.length > 0 && rows[0]![0] !== sequence + 1) return null;
    return rows.map(([number, deltas]) => ({
      sequence: number,
      deltas: deltas === null ? null : JSON.parse(deltas).map(unpackDelta),
    }));
  }

  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  async cells(query: CellQuery) {
    return this.#reader.cells(query);
  }

  async comments(query: CommentQuery) {
    return readComments(this.#db, query);
  }

  settings(): Settings {
    return this.#settings;
  }

  async changeSettings(change: SettingsFile, now = this.#now()): Promise<void> {
    await this.#changingSettings(() => writeSettings(this.#db, change, now));
  }

  onSettings(listener: () => void): () => void {
    this.#settingsListeners.add(listener);
    return () => this.#settingsListeners.delete(listener);
  }

  async normCounts(query: Parameters<Reader['normCounts']>[0]) {
    return readNormCounts(this.#db, query);
  }

  async arrivals(after: number, most: number) {
    return readArrivals(this.#db, after, most);
  }

  keepWatch(content: unknown, raised: NewSignal[]) {
    return this.#transaction(() => writeWatch(this.#db, content, raised));
  }

  changeSignal(id: number, change: Partial<Pick<SignalRecord, 'acknowledgedAt' | 'snoozedUntil'>>) {
    return this.#transaction(() => changeSignal(this.#db, id, change));
  }

  settleSignal(id: number, at: number) {
    return this.#transaction(() => settleSignal(this.#db, id, at));
  }

  async keyFingerprint(offered: string | null) {
    const kept = readFingerprint(this.#db);
    if (kept !== null || offered === null) return kept;
    return this.#transaction(() => keepFingerprint(this.#db, offered));
  }

  async recount(options: Parameters<Store['recount']>[0]) {
    return recount(this.#file, this.#db, options, (work) => this.#transaction(work));
  }

  backup(file: string, onProgress?: (share: number) => void): Promise<void> {
    return backup(this.#file, file, onProgress);
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    await this.#group.idle();
    await this.#log.close();
    this.accounts.close();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#db.close();
  }

  async #changingSettings(work: () => void): Promise<void> {
    await this.#transaction(work);
    this.#replaceSettings(readSettings(this.#db));
  }

  #replaceSettings(settings: LoadedSettings): void {
    this.#settings = settings;
    this.#settingsVersion = settingsVersion(this.#db);
    this.#writer.use(settings);
    for (const listener of this.#settingsListeners) listener();
  }

  /** Whether another process wrote; then it was announced. */
  #look(): boolean {
    const version = this.#dataVersionNow.get();
    if (version === this.#dataVersion) return false;
    this.#dataVersion = version;
    if (settingsVersion(this.#db) !== this.#settingsVersion) this.#replaceSettings(readSettings(this.#db));
    this.#announce();
    return true;
  }

  #announce(): void {
    for (const listener of this.#changeListeners) listener();
  }
}
