import { may } from '#shared/contract/access.ts';
import type { Filters, Summary } from '#shared/contract/figures.ts';
import type { Letter, LetterLanguage, MailKind } from '#shared/contract/mail-wishes.ts';
import type { Signal } from '#shared/contract/signals.ts';
import { dateOfDay, dayOf, startOfDay, weekdayOf } from '#shared/core/calendar.ts';
import type { UserRecord } from '../storage/port/access.ts';
import type { NewMail } from '../storage/port/mail.ts';
import type { SignalRecord, Store } from '../storage/port.ts';
import { narrowed, reachesSignal } from '../storage/reach.ts';
import { digestOf, type Reader, signalLetter } from './letters.ts';

const minute = 60_000;
const day = 86_400_000;
/** Who asks for signals today is not told of those of last month. */
const signalsOf = day;
/** On Monday from seven o'clock, and until Tuesday evening for who was switched off. */
const digestFrom = 7 * 60 * minute;
const digestFor = 2 * day;
const toldKept = 90 * day;

export interface NotifierOptions {
  store: Pick<Store, 'mailWishes' | 'access' | 'signals' | 'settings' | 'leads'>;
  publicUrl: string | null;
  summary: (filters: Filters) => Promise<Summary>;
  signalOf: (record: SignalRecord) => Signal;
  seal: (mail: Letter & { to: string; kind: string }) => NewMail;
  canMail: boolean;
  /** There is mail to be sent. */
  wake: () => void;
  now: () => number;
  failed: (error: unknown) => void;
}
export type Recipient = Pick<UserRecord, 'id' | 'role' | 'reach'>;

/** Mails signals and the week to who asked for it. What was queued is written down with it, so nobody gets it twice. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #timer: NodeJS.Timeout;
  #working: Promise<void> = Promise.resolve();
  #forgottenAt = Number.NEGATIVE_INFINITY;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.look(), minute);
    this.#timer.unref();
    this.look();
  }

  /** Looks whether there is something to tell; resolves when it was queued. */
  look(): Promise<void> {
    if (!this.#options.canMail || !this.#options.store.leads()) return this.#working;
    this.#working = this.#working.then(() => this.#look()).catch(this.#options.failed);
    return this.#working;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  /** What the mail about last week says to somebody. */
  async digest(recipient: Recipient, language: LetterLanguage): Promise<Letter> {
    const { store, summary, signalOf } = this.#options;
    const { monday } = this.#week();
    const filters = (from: number) =>
      narrowed<Filters>(
        { from: dateOfDay(from), to: dateOfDay(from + 6) },
        recipient.reach,
        store.settings(),
      );
    const [from, to] = [monday - 7, monday - 1];
    const within = ({ raisedAt }: SignalRecord) => dayOf(raisedAt) >= from && dayOf(raisedAt) <= to;
    const signals = (await store.signals())
      .filter((signal) => within(signal) && reachesSignal(store.settings(), recipient.reach, signal))
      .map(signalOf);
    const [current, before] = [await summary(filters(from)), await summary(filters(from - 7))];
    const dates = { from: dateOfDay(from), to: dateOfDay(to) };
    return digestOf({ from, to, dates, now: current, before, signals }, this.#readerOf(recipient, language));
  }

  #readerOf({ role }: Recipient, language: LetterLanguage): Reader {
    const { store, publicUrl } = this.#options;
    const { municipality } = store.settings();
    return { language, municipality, publicUrl, mayReadComments: may(role, 'comments') };
  }

  /** Its Monday, as a day, and the time since it began in milliseconds. */
  #week() {
    const today = dayOf(this.#options.now());
    const monday = today - (weekdayOf(today) - 1);
    return { monday, since: this.#options.now() - startOfDay(monday) };
  }

  async #look(): Promise<void> {
    const { store, signalOf, now } = this.#options;
    const recent = (await store.signals()).filter(({ raisedAt }) => raisedAt > now() - signalsOf);
    if (recent.length > 0)
      for (const { user, language } of await this.#wanting('signals'))
        for (const signal of recent)
          if (reachesSignal(store.settings(), user.reach, signal))
            await this.#tell(user, `signal ${signal.id}`, 'signal', async () =>
              signalLetter(signalOf(signal), this.#readerOf(user, language)),
            );
    const { monday, since } = this.#week();
    if (since >= digestFrom && since < digestFor)
      for (const { user, language } of await this.#wanting('digest'))
        await this.#tell(user, `digest ${dateOfDay(monday)}`, 'digest', () => this.digest(user, language));
    if (now() - this.#forgottenAt > day) {
      this.#forgottenAt = now();
      await store.mailWishes.forget(now() - toldKept);
    }
  }

  /** Who asked for it and may still come in and see figures. */
  async #wanting(kind: MailKind) {
    const { store } = this.#options;
    const wanting = await store.mailWishes.wanting(kind);
    if (wanting.length === 0) return [];
    const users = new Map((await store.access.users()).map((user) => [user.id, user]));
    return wanting.flatMap(({ account, language }) => {
      const user = users.get(account);
      return user && user.disabledAt === null && may(user.role, 'figures') ? [{ user, language }] : [];
    });
  }

  async #tell(user: UserRecord, subject: string, kind: string, letter: () => Promise<Letter>): Promise<void> {
    const { store, seal, wake, now } = this.#options;
    if (await store.mailWishes.told(user.id, subject)) return;
    const mail = seal({ ...(await letter()), to: user.email, kind });
    if (await store.mailWishes.tell(user.id, subject, mail, now())) wake();
  }
}
