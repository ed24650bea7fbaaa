import type { FieldError } from '#shared/contract/errors.ts';
import type { Contacts, Retention } from '#shared/contract/privacy.ts';
import type { Answers } from '#shared/contract/rating.ts';
import type { ServiceNorm } from '#shared/contract/service-norms.ts';
import type {
  Channel,
  Indicator,
  Product,
  SettingsFile,
  Target,
  Touchpoint,
} from '#shared/contract/settings.ts';
import type { AccessStore } from './port/access.ts';
import type { AuditStore } from './port/audit.ts';
import type { DeviceStore } from './port/devices.ts';
import type { InboxReader, InboxStore } from './port/inbox.ts';
import type { InvitationStore } from './port/invitations.ts';
import type { MailStore, OutgoingStore } from './port/mail.ts';
import type { MailWishStore } from './port/mail-wishes.ts';
import type { NormCount, NormQuery } from './port/norms.ts';
import type { PasskeyStore } from './port/passkeys.ts';
import type { PhoneStore } from './port/phone.ts';
import type { PrivacyStore } from './port/privacy.ts';
import type { QuestionnaireStore, QuestionnaireVersion } from './port/questionnaires.ts';
import type { NewSignal, SignalRecord } from './port/signals.ts';
import type { SurveyLinkStore } from './port/survey-links.ts';
import type { VoidStore } from './port/voids.ts';
import type { WebhookStore } from './port/webhooks.ts';
import type { YearTableStore } from './port/year-tables.ts';

export type { NewSignal, SignalRecord } from './port/signals.ts';
// What Klantpuls asks of a database: whole commits, and reads that see one moment. Every adapter passes tests/contract/store.ts.
/** Bits of `marks`. Burst and clock are doubts that a manager may leave out; trial and voided never count. */
export const mark = { burst: 1, clock: 2, imported: 4, trial: 8, voided: 16 } as const;
export const isMarked = (marks: number): boolean => (marks & (mark.burst | mark.clock)) !== 0;
export const counts = (marks: number): boolean => (marks & (mark.trial | mark.voided)) === 0;

/** One rating, checked, redacted and stamped: all that is left is to keep it. Times in milliseconds UTC. */
export interface NewRating {
  kind: 'rating';
  /** The UUID, in lower case, with or without hyphens. */
  id: string;
  touchpoint: string;
  grade: number | null;
  smiley: number | null;
  product: string | null;
  /** The product is the questionnaire's, because the rating named none. */
  productByDefault?: boolean;
  language: string | null;
  form: number | null;
  /** Named by an import or by the questionnaire that it answers; else the one that the touchpoint has now counts. */
  method?: string;
  /** When it counts: the corrected time. */
  at: number;
  receivedAt: number;
  /** The time as it was sent, for telling a duplicate from a conflict. */
  givenAt: number | null;
  marks: number;
  answers: Answers | null;
  comment: string | null;
}

/** Replaces fields of a rating that is there; `undefined` leaves a field, `null` empties it. */
export interface Addition {
  kind: 'addition';
  id: string;
  grade?: number;
  smiley?: number;
  comment?: string | null;
  answers?: Answers | null;
  now: number;
  /** Touchpoints whose ratings the sender may change; all where it is absent. */
  reach?: readonly string[];
  /** Older ratings are closed; null for a batch with a token, which never rejects for time. */
  window: number | null;
}

export type Entry = NewRating | Addition;

export type Outcome =
  | { status: 'accepted' | 'duplicate'; receivedAt: number; comment: string | null }
  | { status: 'other-questions'; errors: FieldError[] }
  | { status: 'conflict' | 'unknown' | 'closed' | 'other-scale' };

/** `count` ratings more (or fewer) of answer `index` (see core/histogram) in one cell. */
export interface Delta {
  slot: number;
  placement: number;
  product: number;
  language: number;
  marked: boolean;
  index: number;
  count: number;
}

/** What one commit changed; `null` says: too much to tell, or the settings changed; read anew. */
export interface Change {
  sequence: number;
  deltas: Delta[] | null;
}

/** One touchpoint at one location with one method version: what a cell of counts belongs to. */
export interface Placement {
  id: number;
  touchpoint: string;
  location: string | null;
  method: number;
}

export interface Method {
  id: number;
  touchpoint: string;
  label: string;
}

/** The settings as one value, replaced whole when they change. */
export interface Settings {
  municipality: string;
  languages: string[];
  answerKeys: string[];
  /** A lexicon of its own, as it was loaded; null for the one that comes along. */
  themes: unknown;
  aggressionAddress: string | null;
  viewerThreshold: number;
  wallboardThreshold: number;
  falseAlarmsPerYear: number;
  deskByHour: boolean;
  /** How long each kind is kept, and up to when comments and ratings were removed (milliseconds UTC; 0: never). */
  retention: Retention;
  kept: { comments: number; ratings: number };
  contacts: Contacts;
  channels: Channel[];
  /** Days on which the municipality is closed, besides the official ones. */
  closedDays: string[];
  /** `guarded`: a device or line has a token for it, so ratings without one are refused. */
  touchpoints: (Touchpoint & { guarded: boolean })[];
  products: (Product & { id: number })[];
  /** Per touchpoint that has any, newest first. */
  questionnaires: ReadonlyMap<string, QuestionnaireVersion[]>;
  /** The touchpoints where each device that may send stands and stood, that of now first. */
  devicePlaces: ReadonlyMap<number, readonly string[]>;
  languageIds: ReadonlyMap<string, number>;
  targets: Target[];
  indicators: Indicator[];
  serviceNorms: (ServiceNorm & { id: number })[];
  placements: Placement[];
  methods: Method[];
  /** The method version that each touchpoint uses now. */
  currentMethod: ReadonlyMap<string, number>;
}

/** Which cells to add up, days inclusive; `null` is all. */
export interface CellQuery {
  from: number | null;
  to: number | null;
  placements: number[] | null;
  products: number[] | null;
  languages: number[] | null;
  /** Whether ratings with a doubt count. */
  marked: boolean;
  /** Placements that need not be told apart count as the one that is given here. */
  alike?: ReadonlyMap<number, number>;
  /** What to keep apart, beside the placement. */
  keep: {
    product?: boolean;
    language?: boolean;
    time?: 'slot' | 'day' | 'month' | 'weekday' | 'hour' | 'weekhour' | 'daypart';
  };
}

export interface Cell {
  placement: number;
  product: number;
  language: number;
  /** In the unit of `keep.time` (part of the day: 0 is the night; hour of the week: weekday × 24 + hour); else 0. */
  time: number;
  counts: number[];
}

export interface RecountResult {
  ratings: number;
  cells: number;
  differences: number;
}

/** Which comments to read: at most so many, spread evenly over the period. */
export interface CommentQuery extends Omit<CellQuery, 'keep'> {
  most: number;
}

export interface CommentRow {
  text: string;
  grade: number | null;
}

/** A rating as it came in; numbers rise in the order of the commits, and none is told after a higher one. */
export interface Arrival {
  number: number;
  placement: number;
  grade: number | null;
  at: number;
  receivedAt: number;
  marks: number;
}

/** What only reads. Another thread opens its own, so that a question about years holds up no rating. */
export interface Reader {
  /** As of the last `refresh`; a store keeps its own up to date. */
  settings(): Settings;
  /** Looks whether the settings changed: before a question. */
  refresh(): Promise<void>;
  /** While nobody asks: milliseconds of work for later questions; false when none is left. */
  prepare?(): Promise<boolean>;
  /** The first slot that has ratings, per placement. */
  firstSlots(): Promise<ReadonlyMap<number, number>>;
  /** The cells, each once, and the sequence of the last change that they contain. */
  cells(query: CellQuery): Promise<{ sequence: number; cells: Cell[] }>;
  comments(query: CommentQuery): Promise<CommentRow[]>;
  readonly inbox: InboxReader;
  /** Per norm and day. */
  normCounts(query: NormQuery): Promise<NormCount[]>;
  /** What came in after the rating with this number, in order, at most so many. */
  arrivals(after: number, most: number): Promise<Arrival[]>;
  close(): Promise<void>;
}

/** How a thread opens a reader: `(await import(module)).openReader(options)`. */
export interface ReaderAddress {
  module: string;
  options: unknown;
}

export interface Store extends Reader {
  /** Keeps all entries or none, in one durable commit that it may share; answered after the commit. */
  append(entries: Entry[]): Promise<Outcome[]>;
  /** Whether `append` would refuse: too many wait. */
  isFull(): boolean;
  /** Changes after `sequence`, in order; `null` when they are no longer all known: read anew. */
  changesSince(sequence: number): Promise<Change[] | null>;
  /** After every commit that others can see, also of another process. */
  onChange(listener: () => void): () => void;
  readonly reader: ReaderAddress;
  /**
   * Whether this process does what one of all on this database does: retention, signals, mail, webhooks and backups. When
   * it ends another leads, and its listeners to changes are called.
   */
  leads(): boolean;
  readonly invitations: InvitationStore;
  readonly mail: MailStore;
  readonly mailWishes: MailWishStore;
  readonly outgoing: OutgoingStore;
  readonly webhooks: WebhookStore;
  readonly inbox: InboxStore;
  readonly yearTables: YearTableStore;

  changeSettings(change: SettingsFile, now?: number): Promise<void>;
  onSettings(listener: () => void): () => void;

  readonly questionnaires: QuestionnaireStore;
  readonly devices: DeviceStore;
  readonly voids: VoidStore;

  /** Number of the last rating that came in; 0 when there is none. */
  lastArrival(): Promise<number>;
  /** What the watch over the grades kept; null when nothing. */
  watch(): Promise<unknown>;
  /** Replaces what the watch keeps, and adds the signals that it raised meanwhile: all of it or nothing. */
  keepWatch(content: unknown, raised: NewSignal[]): Promise<SignalRecord[]>;
  /** Newest first. */
  signals(): Promise<SignalRecord[]>;
  /** A signal that was settled before stays as it is; null when there is none. */
  /** Only what is named changes; null when there is none, or it was settled. */
  changeSignal(
    id: number,
    change: Partial<Pick<SignalRecord, 'acknowledgedAt' | 'snoozedUntil'>>,
  ): Promise<SignalRecord | null>;
  settleSignal(id: number, at: number): Promise<SignalRecord | null>;

  /** What the secret key of this database is recognised by: the first that was ever offered; null when none was. */
  keyFingerprint(offered: string | null): Promise<string | null>;

  /** Recomputes every aggregate from the ratings; with `repair` the differences are mended. */
  recount(options: { repair: boolean; onProgress?: (ratings: number) => void }): Promise<RecountResult>;
  /** A consistent copy while ratings come in. */
  backup(file: string, onProgress?: (share: number) => void): Promise<void>;
  /** Of the database, in bytes. */
  size(): Promise<number>;
  /** Throws when nothing can be stored. */
  checkWritable(): Promise<void>;
  readonly access: AccessStore;
  readonly audit: AuditStore;
  readonly phone: PhoneStore;
  readonly privacy: PrivacyStore;
  readonly passkeys: PasskeyStore;
  readonly surveyLinks: SurveyLinkStore;
  /** For the accounts library, which has its own tables in the same database. */
  readonly accounts: unknown;
}
