import type { Filters, Grouping, Summary } from '#shared/contract/figures.ts';
import type { Change, Period, Subscribe } from '#shared/contract/live.ts';
import { dateOfDay, dayOf, runningPeriod, startOfDay } from '#shared/core/calendar.ts';
import type { Store } from '../storage/port.ts';
import { Selection, Tally } from '../storage/selection.ts';
import { applyChange, holdBack, movedBetween, nameOf, type Topic } from './topic.ts';

/** At least this long between two pushes, in milliseconds; the first after a quiet time goes at once. */
const pace = 100;
/** Pushing takes a half of the time at most: to thousands it takes longer than the pace. */
const share = 1 / 2;
/** So many questions with a threshold that nobody watches are kept. */
const mostIdle = 50;

/** Counts the ratings of a question from the store. */
export type TallyOf = (question: {
  filters: Filters;
  by: Grouping;
  today: number;
}) => Promise<{ sequence: number; total: Tally; groups: Map<string, Tally> }>;

export interface Audience {
  /** Sends to everybody who listens to a topic; resolves when it was sent to the last. */
  push(topic: string, change: Change): Promise<void>;
}

/**
 * Keeps the figures of every watched question by adding what each commit changed, and pushes the groups that changed:
 * state, not increments, so that whoever missed a message is right again with the next.
 */
export class Broadcaster {
  readonly #store: Store;
  readonly #tally: TallyOf;
  readonly #now: () => number;
  readonly #audience: Audience;
  readonly #topics = new Map<string, Topic>();
  readonly #log: (error: unknown) => void;
  readonly #unlisten: (() => void)[];
  /** A push at once, or when the pace allows the next. */
  readonly #schedule: () => void;
  #sequence: number | null = null;
  /** When the next push may begin. */
  #mayPush = -Infinity;
  #timer: NodeJS.Timeout | null = null;
  #midnight: NodeJS.Timeout | null = null;
  #working = Promise.resolve();
  /** The push that is under way, or the last. */
  #sending = Promise.resolve();
  #closed = false;

  constructor(options: {
    store: Store;
    tally: TallyOf;
    now: () => number;
    audience: Audience;
    /** Sends away whoever may no longer listen; figures go out after it. */
    recheck: () => Promise<void>;
    log: (error: unknown) => void;
  }) {
    this.#store = options.store;
    this.#tally = options.tally;
    this.#log = options.log;
    this.#now = options.now;
    this.#audience = options.audience;
    const guard = (work: () => Promise<void>) => () => {
      this.#working = this.#working.then(work).catch(options.log);
    };
    const push = guard(() => this.#push());
    this.#schedule = () => {
      if (this.#timer || this.#closed || this.#topics.size === 0) return;
      const wait = Math.max(0, this.#mayPush - performance.now());
      this.#timer = setTimeout(push, wait);
    };
    const reload = guard(async () => {
      await options.recheck();
      this.#reloadAll();
    });
    const untilMidnight = () => {
      const next = startOfDay(dayOf(this.#now()) + 1) - this.#now() + 1;
      this.#midnight = setTimeout(
        () => {
          reload();
          untilMidnight();
        },
        Math.min(next, 3_600_000),
      );
      this.#midnight.unref();
    };
    untilMidnight();
    this.#unlisten = [this.#store.onChange(this.#schedule), this.#store.onSettings(reload)];
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#unlisten) stop();
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#midnight) clearTimeout(this.#midnight);
  }

  /** Starts watching; `shown` is what everybody else who watches the same sees at the moment of the call. */
  async watch(request: Subscribe, threshold: number): Promise<{ topic: string; shown: () => Summary }> {
    const name = nameOf(request, threshold);
    if (this.#topics.size === 0) this.#sequence = null;
    let topic = this.#topics.get(name);
    if (!topic) {
      topic = {
        name,
        ...request,
        threshold,
        watchers: 0,
        missed: [],
        loading: null,
        stale: true,
      } as unknown as Topic;
      this.#topics.set(name, topic);
      topic.loading = this.#start(topic);
    }
    // Counted before anything is waited for: who leaves meanwhile must not take the topic along.
    topic.watchers++;
    const watched = topic;
    try {
      await watched.loading;
    } catch (error) {
      this.unwatch(name);
      throw error;
    }
    return { topic: name, shown: () => watched.shown };
  }

  /**
   * A question with a threshold is kept for a while: whoever asks it again must not see what moved by less. Others are
   * forgotten with the last who watches.
   */
  unwatch(name: string): void {
    const topic = this.#topics.get(name);
    if (!topic || --topic.watchers > 0) return;
    if (topic.threshold === 1 || topic.shown === undefined) this.#topics.delete(name);
    const idle = [...this.#topics.values()].filter(({ watchers }) => watchers <= 0);
    if (idle.length > mostIdle) this.#topics.delete(idle[0]!.name);
  }

  /** Reads a question anew. What is committed meanwhile waits in `missed`, so that nobody else waits for the reading. */
  async #load(topic: Topic, isLast: () => boolean): Promise<void> {
    const today = dayOf(this.#now());
    const days = typeof topic.period === 'string' ? runningPeriod(topic.period, today) : null;
    const { from, to } = days
      ? { from: dateOfDay(days.from), to: dateOfDay(days.to) }
      : (topic.period as Exclude<Period, string>);
    const before = topic.shown === undefined ? null : { shown: topic.shown, selection: topic.selection };
    topic.missed = [];
    topic.stale = true;
    try {
      const selection = new Selection(
        this.#store.settings(),
        { ...topic.filters, from, to },
        topic.by,
        today,
      );
      const tallied = await this.#tally({ filters: selection.filters, by: topic.by, today });
      // Nobody hears what was before after what is now.
      await this.#sending;
      Object.assign(topic, tallied, { selection, touched: new Set(), stale: false });
    } finally {
      // Another reading may be asked for already: what is committed meanwhile waits for that one.
      if (isLast()) topic.loading = null;
    }
    for (const change of topic.missed.splice(0)) applyChange(topic, change);
    if (this.#sequence === null) {
      // What was committed since the reading was announced to nobody.
      this.#sequence = topic.sequence;
      this.#schedule();
    }
    if (before) {
      // A group that is gone is shown empty once, so that nobody keeps its old figure.
      for (const { key } of before.shown.groups)
        if (!topic.groups.has(key)) topic.groups.set(key, new Tally());
    }
    topic.shown = topic.selection.summary(topic.sequence, topic);
    topic.touched.clear();
    if (!before) return;
    const { selection, shown } = before;
    if (selection.from === topic.selection.from && selection.to === topic.selection.to)
      holdBack(topic, shown);
    await this.#send(topic.name, topic.shown);
  }

  /** One after the other, so that everybody hears what is last, last. */
  #send(topic: string, change: Change): Promise<void> {
    this.#sending = this.#sending.then(() => this.#audience.push(topic, change)).catch(this.#log);
    return this.#sending;
  }

  /** Reads every question anew; one that fails is read again with the next change and holds up no other. */
  #reloadAll(): void {
    for (const topic of this.#topics.values()) this.#reload(topic);
  }

  #reload(topic: Topic): void {
    this.#start(topic).catch(this.#log);
  }

  /** One reading of a question at a time. */
  #start(topic: Topic): Promise<void> {
    const before = topic.loading ?? Promise.resolve();
    const loading: Promise<void> = before
      .catch(() => {})
      .then(() => this.#load(topic, () => topic.loading === loading));
    topic.loading = loading;
    return loading;
  }

  async #push(): Promise<void> {
    this.#timer = null;
    const began = performance.now();
    this.#mayPush = began + pace;
    if (this.#sequence === null) return;
    const changes = await this.#store.changesSince(this.#sequence);
    if (changes === null || changes.some(({ deltas }) => deltas === null)) {
      this.#sequence = changes?.at(-1)?.sequence ?? null;
      this.#reloadAll();
      return;
    }
    const last = changes.at(-1);
    if (!last) return;
    this.#sequence = last.sequence;
    for (const topic of this.#topics.values()) {
      if (topic.loading) topic.missed.push(...changes);
      else if (topic.stale) this.#reload(topic);
      else {
        for (const change of changes) applyChange(topic, change);
        await this.#show(topic);
      }
    }
    this.#mayPush = Math.max(this.#mayPush, began + (performance.now() - began) / share);
  }

  async #show(topic: Topic): Promise<void> {
    const { selection, threshold, shown } = topic;
    if (topic.touched.size === 0) return;
    const known = new Map(shown.groups.map((group) => [group.key, group]));
    const groups = [...topic.touched]
      .map((key) => selection.group(key, topic.groups.get(key)!))
      .filter((group) => movedBetween(known.get(group.key), group) >= threshold);
    const stat = selection.stat(topic.total, null);
    const total = movedBetween(shown.total, stat) >= threshold ? stat : shown.total;
    if (groups.length === 0 && total === shown.total) return;
    for (const group of groups) {
      topic.touched.delete(group.key);
      known.set(group.key, group);
    }
    const change: Change = { sequence: topic.sequence, total, groups };
    topic.shown = { ...change, groups: [...known.values()] };
    await this.#send(topic.name, change);
  }
}
