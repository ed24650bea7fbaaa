import type { Grouping, Summary } from '#shared/contract/figures.ts';
import type { Change, Period, Subscribe } from '#shared/contract/live.ts';
import { dateOfDay, dayOf, runningPeriod, startOfDay } from '#shared/core/calendar.ts';
import type { Delta, Store } from '../storage/port.ts';
import { Selection, Tally } from '../storage/selection.ts';

/** At least this long between two pushes, in milliseconds; the first after a quiet time goes at once. */
const pace = 100;

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
  watchers: number;
  selection: Selection;
  sequence: number;
  total: Tally;
  groups: Map<string, Tally>;
  /** Ratings that moved since the last push, per group; what is below the threshold waits. */
  moved: Map<string, number>;
  movedInAll: number;
  /** What was last shown to anybody. */
  shown: Summary;
}

/**
 * Keeps the figures of every watched question by adding what each commit changed, and pushes the groups that changed:
 * state, not increments, so that whoever missed a message is right again with the next.
 */
export class Broadcaster {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #audience: Audience;
  readonly #topics = new Map<string, Promise<Topic>>();
  readonly #unlisten: (() => void)[];
  #sequence: number | null = null;
  #lastPush = -Infinity;
  #timer: NodeJS.Timeout | null = null;
  #midnight: NodeJS.Timeout | null = null;
  #working = Promise.resolve();
  #closed = false;

  constructor(options: {
    store: Store;
    now: () => number;
    audience: Audience;
    log: (error: unknown) => void;
  }) {
    this.#store = options.store;
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
    const reload = guard(() => this.#reloadAll());
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
    let pending = this.#topics.get(name);
    if (!pending) {
      pending = this.#open(name, request, threshold);
      this.#topics.set(name, pending);
      pending.catch(() => this.#topics.delete(name));
    }
    const topic = await pending;
    topic.watchers++;
    return { topic: name, shown: () => topic.shown };
  }

  async unwatch(name: string): Promise<void> {
    const topic = await this.#topics.get(name);
    if (topic && --topic.watchers <= 0) this.#topics.delete(name);
  }

  async #open(name: string, { period, by, filters }: Subscribe, threshold: number): Promise<Topic> {
    const topic = { name, period, by, filters, threshold, watchers: 0 } as Topic;
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
    const { sequence, cells } = await this.#store.cells(topic.selection.query());
    Object.assign(topic, topic.selection.tally(cells), { sequence, moved: new Map(), movedInAll: 0 });
    topic.shown = topic.selection.summary(sequence, topic);
    this.#sequence = this.#sequence === null || this.#topics.size === 1 ? sequence : this.#sequence;
  }

  async #reloadAll(): Promise<void> {
    for (const pending of this.#topics.values()) {
      const topic = await pending;
      const before = topic.shown.groups.map(({ key }) => key);
      await this.#load(topic);
      // A group that is gone is shown empty once, so that nobody keeps its old figure.
      for (const key of before) if (!topic.groups.has(key)) topic.groups.set(key, new Tally());
      topic.shown = topic.selection.summary(topic.sequence, topic);
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
    for (const pending of this.#topics.values()) {
      const topic = await pending;
      for (const { sequence, deltas } of changes) if (sequence > topic.sequence) apply(topic, deltas!);
      topic.sequence = Math.max(topic.sequence, last.sequence);
      this.#show(topic);
    }
  }

  #show(topic: Topic): void {
    if (topic.movedInAll < topic.threshold) return;
    const { selection } = topic;
    const ready = [...topic.moved].filter(([, moved]) => moved >= topic.threshold).map(([key]) => key);
    const groups = ready.map((key) => selection.group(key, topic.groups.get(key)!));
    for (const key of ready) topic.moved.delete(key);
    topic.movedInAll = 0;
    const change: Change = { sequence: topic.sequence, total: selection.stat(topic.total, null), groups };
    const known = new Map(topic.shown.groups.map((group) => [group.key, group]));
    for (const group of groups) known.set(group.key, group);
    topic.shown = { ...change, groups: [...known.values()] };
    this.#audience.push(topic.name, change);
  }
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
    const moved = Math.abs(delta.count);
    topic.moved.set(key, (topic.moved.get(key) ?? 0) + moved);
    topic.movedInAll += moved;
  }
}

/** The same question has the same name, however its parts were ordered. */
function nameOf({ period, by, filters }: Subscribe, threshold: number): string {
  const sorted = Object.entries(filters ?? {})
    .map(([name, values]) => [name, Array.isArray(values) ? [...values].sort() : values])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([period, by, sorted, threshold]);
}
