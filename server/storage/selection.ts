import { ProblemError } from '#shared/contract/errors.ts';
import type { Filters, Group, Grouping, Stat, Summary } from '#shared/contract/figures.ts';
import { dayOfDate, dayOfSlot, hourOfSlot, weekdayOf, yearOfDay } from '#shared/core/calendar.ts';
import { addCounts, noCounts } from '#shared/core/histogram.ts';
import { statOf } from '#shared/core/stat.ts';
import { alikeOf, askedInSeveralWays } from './alike.ts';
import { checkFilters } from './check-filters.ts';
import type { Cell, CellQuery, Delta, Placement, Settings } from './port.ts';

/** The counts of one group, and from which placements they come: two methods at one touchpoint make them mixed. */
export class Tally {
  readonly counts: number[];
  readonly perPlacement: Map<number, number>;

  /** Anew, or as it came from another thread. */
  constructor({
    counts = noCounts(),
    perPlacement = new Map(),
  }: Partial<Pick<Tally, 'counts' | 'perPlacement'>> = {}) {
    this.counts = counts;
    this.perPlacement = perPlacement;
  }

  add(placement: number, counts: readonly number[]): void {
    addCounts(this.counts, counts);
    this.#moved(
      placement,
      counts.reduce((sum, count) => sum + count, 0),
    );
  }

  addOne(placement: number, index: number, count: number): void {
    this.counts[index]! += count;
    this.#moved(placement, count);
  }

  #moved(placement: number, count: number): void {
    this.perPlacement.set(placement, (this.perPlacement.get(placement) ?? 0) + count);
  }
}

/** A question for figures, resolved against the settings of the moment: which cells, and into which groups. */
export class Selection {
  readonly settings: Settings;
  readonly filters: Filters;
  readonly by: Grouping | undefined;
  readonly from: number | null;
  readonly to: number | null;
  readonly #today: number;
  readonly #placements: ReadonlyMap<number, Placement & { channel: string }>;
  readonly #products: ReadonlyMap<number, string>;
  readonly #languages: ReadonlyMap<number, string>;
  readonly #productIds: ReadonlySet<number> | null;
  readonly #languageIds: ReadonlySet<number> | null;

  constructor(settings: Settings, filters: Filters, by: Grouping | undefined, today: number) {
    checkFilters(settings, filters);
    this.settings = settings;
    this.filters = filters;
    this.by = by;
    this.from = filters.from === undefined ? null : dayOfDate(filters.from);
    this.to = filters.to === undefined ? null : dayOfDate(filters.to);
    this.#today = today;
    const channels = new Map(settings.touchpoints.map(({ key, channel }) => [key, channel]));
    const wanted = (values: string[] | undefined, value: string) =>
      values === undefined || values.includes(value);
    this.#placements = new Map(
      settings.placements
        .map((placement) => ({ ...placement, channel: channels.get(placement.touchpoint)! }))
        .filter(
          ({ touchpoint, location, channel }) =>
            wanted(filters.channel, channel) &&
            wanted(filters.touchpoint, touchpoint) &&
            wanted(filters.location, location ?? ''),
        )
        .map((placement) => [placement.id, placement]),
    );
    this.#products = new Map(settings.products.map(({ id, key }) => [id, key]));
    this.#languages = new Map([...settings.languageIds].map(([key, id]) => [id, key]));
    this.#productIds = idsOf(filters.product, this.#products);
    this.#languageIds = idsOf(filters.language, this.#languages);
  }

  /**
   * Refuses figures per hour of one touchpoint where the settings forbid them: few people work at one desk in one hour.
   * Of chosen touchpoints too, since two such answers can be subtracted.
   */
  checkByHour(): void {
    if (this.settings.deskByHour) return;
    const touchpoints = new Set([...this.#placements.values()].map(({ touchpoint }) => touchpoint));
    if (this.filters.touchpoint === undefined && this.by !== 'touchpoint' && touchpoints.size > 1) return;
    throw new ProblemError(
      'not-allowed',
      'Figures per hour of one touchpoint can tell how one employee is rated; the settings forbid them.',
    );
  }

  query(time?: CellQuery['keep']['time']): CellQuery {
    if (time === 'slot' || time === 'hour' || time === 'weekhour' || this.by === 'hour') this.checkByHour();
    const own = this.by === 'weekday' || this.by === 'hour' ? this.by : undefined;
    return {
      from: this.from,
      to: this.to,
      placements: [...this.#placements.keys()],
      products: this.#productIds && [...this.#productIds],
      languages: this.#languageIds && [...this.#languageIds],
      marked: this.filters.marked !== 'exclude',
      keep: {
        product: this.by === 'product',
        language: this.by === 'language',
        ...((time ?? own) ? { time: time ?? own } : {}),
      },
    };
  }

  /**
   * The same without telling placements apart where no figure does. Those of a touchpoint that asked in several ways stay apart:
   * together they are mixed.
   */
  merged(time?: CellQuery['keep']['time']): CellQuery {
    return { ...this.query(time), alike: this.alike([this.by ?? ''], askedInSeveralWays(this.settings)) };
  }

  /** Placements that need not be told apart by these dimensions and the filters. */
  alike(by: readonly string[], apart?: ReadonlySet<string>): Map<number, number> {
    const chosen = Object.entries(this.filters).filter(([, values]) => values !== undefined);
    return alikeOf(this.settings, [...by, ...chosen.map(([name]) => name)], apart);
  }

  matches({ slot, placement, product, language, marked }: Delta): boolean {
    const day = dayOfSlot(slot);
    return (
      this.#placements.has(placement) &&
      (this.from === null || day >= this.from) &&
      (this.to === null || day <= this.to) &&
      (this.#productIds === null || this.#productIds.has(product)) &&
      (this.#languageIds === null || this.#languageIds.has(language)) &&
      !(marked && this.filters.marked === 'exclude')
    );
  }

  keyOf(cell: { placement: number; product: number; language: number }, time: number): string {
    const placement = this.#placements.get(cell.placement)!;
    switch (this.by) {
      case undefined:
        return '';
      case 'channel':
        return placement.channel;
      case 'touchpoint':
        return placement.touchpoint;
      case 'location':
        return placement.location ?? '';
      case 'product':
        return this.#products.get(cell.product) ?? '';
      case 'language':
        return this.#languages.get(cell.language) ?? '';
      case 'weekday':
      case 'hour':
        return String(time);
    }
  }

  keyOfDelta(delta: Delta): string {
    const time =
      this.by === 'weekday'
        ? weekdayOf(dayOfSlot(delta.slot))
        : this.by === 'hour'
          ? hourOfSlot(delta.slot)
          : 0;
    return this.keyOf(delta, time);
  }

  /** Adds up cells per group. Channels and touchpoints that were asked for are there even when nobody rated. */
  tally(cells: readonly Cell[]): { total: Tally; groups: Map<string, Tally> } {
    const total = new Tally();
    const groups = new Map<string, Tally>(this.#expected().map((key) => [key, new Tally()]));
    for (const cell of cells) {
      total.add(cell.placement, cell.counts);
      if (this.by === undefined) continue;
      const key = this.keyOf(cell, cell.time);
      let group = groups.get(key);
      if (!group) {
        group = new Tally();
        groups.set(key, group);
      }
      group.add(cell.placement, cell.counts);
    }
    return { total, groups };
  }

  /** `lastDay` is that of the period, or of the part of it that is judged: its year has the target. */
  stat(tally: Tally, key: string | null, lastDay = this.to): Stat {
    return statOf(tally.counts, {
      mixedMethods: this.#mixed(tally),
      target: this.#target(key, yearOfDay(lastDay ?? this.#today)),
      // While it runs only the peek-safe interval decides.
      running: lastDay === null || lastDay >= this.#today,
    });
  }

  group(key: string, tally: Tally): Group {
    return { key, label: this.label(key), ...this.stat(tally, key) };
  }

  summary(sequence: number, { total, groups }: { total: Tally; groups: Map<string, Tally> }): Summary {
    const order = this.#order();
    return {
      sequence,
      total: this.stat(total, null),
      groups: [...groups]
        .sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
        .map(([key, tally]) => this.group(key, tally)),
    };
  }

  label(key: string): string {
    const named = {
      channel: this.settings.channels,
      touchpoint: this.settings.touchpoints,
      product: this.settings.products,
    };
    const list =
      this.by === 'channel' || this.by === 'touchpoint' || this.by === 'product' ? named[this.by] : [];
    return list.find((item) => item.key === key)?.name ?? key;
  }

  #expected(): string[] {
    const { channel, touchpoint, location } = this.filters;
    const open = this.settings.touchpoints.filter(
      (point) =>
        !point.retired &&
        (channel === undefined || channel.includes(point.channel)) &&
        (touchpoint === undefined || touchpoint.includes(point.key)) &&
        (location === undefined || location.includes(point.location ?? '')),
    );
    if (this.by === 'touchpoint') return open.map(({ key }) => key);
    if (this.by !== 'channel') return [];
    return this.settings.channels
      .map(({ key }) => key)
      .filter((key) => open.some((point) => point.channel === key));
  }

  /** Channels and touchpoints in the order of the settings, the rest by key. */
  #order(): (key: string) => number {
    if (this.by === 'weekday' || this.by === 'hour') return Number;
    const list =
      this.by === 'channel'
        ? this.settings.channels
        : this.by === 'touchpoint'
          ? this.settings.touchpoints
          : [];
    const places = new Map(list.map(({ key }, place) => [key, place]));
    return (key) => places.get(key) ?? 0;
  }

  #mixed(tally: Tally): boolean {
    const methods = new Map<string, number>();
    for (const [id, n] of tally.perPlacement) {
      const placement = this.#placements.get(id);
      if (n <= 0 || !placement) continue;
      const other = methods.get(placement.touchpoint);
      if (other !== undefined && other !== placement.method) return true;
      methods.set(placement.touchpoint, placement.method);
    }
    return false;
  }

  /** Of the group itself; of the total only where the filter leaves one touchpoint or one channel, or nothing out. */
  #target(key: string | null, year: number): number | undefined {
    const find = (scope: string, of: string) =>
      this.settings.targets.find(
        (target) => target.scope === scope && target.key === of && target.year === year,
      )?.grade;
    if (key !== null)
      return this.by === 'channel' || this.by === 'touchpoint' ? find(this.by, key) : undefined;
    const { channel, touchpoint, location, product, language } = this.filters;
    if (touchpoint) return touchpoint.length === 1 ? find('touchpoint', touchpoint[0]!) : undefined;
    if (channel) return channel.length === 1 ? find('channel', channel[0]!) : undefined;
    return location || product || language ? undefined : find('total', '');
  }
}

function idsOf(values: string[] | undefined, keys: ReadonlyMap<number, string>): Set<number> | null {
  if (values === undefined) return null;
  const ids = new Set<number>(values.includes('') ? [0] : []);
  for (const [id, key] of keys) if (values.includes(key)) ids.add(id);
  return ids;
}
