import type { Filters, Grouping, Stat, Summary } from '#shared/contract/figures.ts';
import type { Change, Period, Subscribe } from '#shared/contract/live.ts';
import { dateOfDay, dayOf, runningPeriod, startOfDay } from '#shared/core/calendar.ts';
import type { Delta, Store } from '../storage/port.ts';
import { Selection, Tally } from '../storage/selection.ts';

/** At least this long between two pushes, in milliseconds; the first after a quiet time goes at once. */
const pace = 100;

/** Counts the ratings of a question from the store. */
export type TallyOf = (question: {
  filters: Filters;
  by: Grouping;
  today: number;
}) => Promise<{ sequence: number; total: Tally; groups: Map<string, Tally> }>;

export interface Audience {
  /** Sends to everybody who listens to a topic. */
  push(topic: string, change: Change): void;
}

/** One question that any number of people watch: computed once for all of them. */
interface Topic {
  name: string;
  period: Period;
  by: Grouping;
  filters: Subscribe['filters'];
  threshold: number;
  selection: Selection;
  sequence: number;
  total: Tally;
  groups: Map<string, Tally>;
  /** Groups that may differ from what is shown; what moved by less than the threshold waits here. */
  touched: Set<string>;
  /** What was last shown to anybody. */
  shown: Summary;
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
  readonly #topics = new Map<string, { topic: Promise<Topic>; watchers: number }>();
  readonly #unlisten: (() => void)[];
  #sequence: number | null = null;
  #lastPush = -Infinity;
  #timer: NodeJS.Timeout | null = null;
  #midnight: NodeJS.Timeout | null = null;
  #working = Promise.resolve();
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
    this.#now = options.now;
    this.#audience = options.audience;
    const guard = (work: () => Promise<void>) => () => {
      this.#working = this.#working.then(work).catch(options.log);
    };
    const push = guard(() => this.#push());
    const schedule = () => {
      if (this.#timer || this.#closed || this.#topics.size === 0) return;
      const wait = Math.max(0, this.#lastPush + pace - performance.now());
      this.#timer = setTimeout(push, wait);
    };
    const reload = guard(async () => {
      await options.recheck();
      await this.#reloadAll();
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
    this.#unlisten = [this.#store.onChange(schedule), this.#store.onSettings(reload)];
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
    let entry = this.#topics.get(name);
    if (!entry) {
      entry = { topic: this.#open(name, request, threshold), watchers: 0 };
      entry.topic.catch(() => this.#topics.delete(name));
      this.#topics.set(name, entry);
    }
    // Counted before anything is waited for: who leaves meanwhile must not take the topic along.
    entry.watchers++;
    const topic = await entry.topic;
    return { topic: name, shown: () => topic.shown };
  }

  unwatch(name: string): void {
    const entry = this.#topics.get(name);
    if (entry && --entry.watchers <= 0) this.#topics.delete(name);
  }

  async #open(name: string, { period, by, filters }: Subscribe, threshold: number): Promise<Topic> {
    const topic = { name, period, by, filters, threshold } as Topic;
    await this.#load(topic);
    return topic;
  }

  async #load(topic: Topic): Promise<void> {
    const today = dayOf(this.#now());
    const days = typeof topic.period === 'string' ? runningPeriod(topic.period, today) : null;
    const { from, to } = days
      ? { from: dateOfDay(days.from), to: dateOfDay(days.to) }
      : (topic.period as Exclude<Period, string>);
    topic.selection = new Selection(this.#store.settings(), { ...topic.filters, from, to }, topic.by, today);
    const tallied = await this.#tally({ filters: topic.selection.filters, by: topic.by, today });
    Object.assign(topic, tallied, { touched: new Set() });
    topic.shown = topic.selection.summary(topic.sequence, topic);
    this.#sequence = this.#sequence === null || this.#topics.size === 1 ? topic.sequence : this.#sequence;
  }

  async #reloadAll(): Promise<void> {
    for (const entry of this.#topics.values()) {
      const topic = await entry.topic;
      const { shown, selection } = topic;
      await this.#load(topic);
      // A group that is gone is shown empty once, so that nobody keeps its old figure.
      for (const { key } of shown.groups) if (!topic.groups.has(key)) topic.groups.set(key, new Tally());
      topic.shown = topic.selection.summary(topic.sequence, topic);
      const { from, to } = topic.selection;
      if (from === selection.from && to === selection.to) holdBack(topic, shown);
      this.#audience.push(topic.name, topic.shown);
    }
  }

  async #push(): Promise<void> {
    this.#timer = null;
    this.#lastPush = performance.now();
    if (this.#sequence === null) return;
    const changes = await this.#store.changesSince(this.#sequence);
    if (changes === null || changes.some(({ deltas }) => deltas === null)) {
      this.#sequence = changes?.at(-1)?.sequence ?? null;
      await this.#reloadAll();
      return;
    }
    const last = changes.at(-1);
    if (!last) return;
    this.#sequence = last.sequence;
    for (const entry of this.#topics.values()) {
      const topic = await entry.topic;
      for (const { sequence, deltas } of changes) if (sequence > topic.sequence) apply(topic, deltas!);
      topic.sequence = Math.max(topic.sequence, last.sequence);
      this.#show(topic);
    }
  }

  #show(topic: Topic): void {
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
    this.#audience.push(topic.name, change);
  }
}

/** By how many ratings two states differ: a corrected grade is one, and one that was corrected back none. */
function movedBetween(before: Stat | undefined, after: Stat): number {
  let more = 0;
  let fewer = 0;
  const compare = (was: readonly number[] = [], is: readonly number[] = []) => {
    for (let i = 0; i < Math.max(was.length, is.length); i++) {
      const difference = (is[i] ?? 0) - (was[i] ?? 0);
      if (difference > 0) more += difference;
      else fewer -= difference;
    }
  };
  compare(before?.histogram, after.histogram);
  compare(before?.derived?.histogram, after.derived?.histogram);
  return Math.max(more, fewer);
}

/** What moved by less than the threshold stays as it was shown, also when everything was read anew. */
function holdBack(topic: Topic, before: Summary): void {
  const { threshold, sequence, shown } = topic;
  const known = new Map(before.groups.map((group) => [group.key, group]));
  const waits = (was: Stat | undefined, is: Stat) => {
    const moved = movedBetween(was, is);
    return moved > 0 && moved < threshold;
  };
  topic.touched = new Set(
    shown.groups.filter((group) => waits(known.get(group.key), group)).map(({ key }) => key),
  );
  topic.shown = {
    sequence,
    total: waits(before.total, shown.total) ? before.total : shown.total,
    groups: shown.groups.flatMap((group) => {
      const was = known.get(group.key);
      if (!topic.touched.has(group.key)) return group;
      return was ? { ...was, label: group.label } : [];
    }),
  };
}

function apply(topic: Topic, deltas: readonly Delta[]): void {
  for (const delta of deltas) {
    if (!topic.selection.matches(delta)) continue;
    topic.total.addOne(delta.placement, delta.index, delta.count);
    const key = topic.selection.keyOfDelta(delta);
    let group = topic.groups.get(key);
    if (!group) {
      group = new Tally();
      topic.groups.set(key, group);
    }
    group.addOne(delta.placement, delta.index, delta.count);
    topic.touched.add(key);
  }
}

/** The same question has the same name, however its parts were ordered. */
function nameOf({ period, by, filters }: Subscribe, threshold: number): string {
  const sorted = Object.entries(filters ?? {})
    .map(([name, values]) => [name, Array.isArray(values) ? [...values].sort() : values])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([period, by, sorted, threshold]);
}
