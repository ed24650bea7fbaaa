import type { ExplainDimension, ExplainedFigures, Term } from '#shared/contract/explanation.ts';
import { dateOfDay, dayOfSlot, dayparts } from '#shared/core/calendar.ts';
import { type ExplainInput, explain } from '#shared/core/explain/explain.ts';
import { askedInSeveralWays } from '../storage/alike.ts';
import type { Cell, CellQuery, Placement, Reader, Settings } from '../storage/port.ts';
import type { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { type PeriodsAsked, selectionsOf } from './periods.ts';
import { termsOf } from './terms.ts';

export interface ExplainQuestion extends PeriodsAsked {
  by: ExplainDimension[];
  /** Whether the asker may read what people wrote. */
  examples: boolean;
}
export type Explained = ExplainedFigures & { terms: Term[] };

/** Runs in the reading thread. */
export async function answer(reader: Reader, question: ExplainQuestion): Promise<Explained> {
  const { by, today } = question;
  const settings = reader.settings();
  const periods = selectionsOf(settings, question);
  const alike = periods.base.alike(by);
  const read = async (selection: Selection) =>
    (await reader.cells({ ...queryOf(selection, by, today), alike })).cells;
  const base = await read(periods.base);
  const current = await read(periods.current);
  const keyed = keysOf(settings, by);
  const broken = await breakBetween(reader, settings, periods, today);
  const figures = explain({
    dimensions: by,
    base: base.map((cell) => ({ keys: keyed(cell), counts: cell.counts })),
    current: current.map((cell) => ({ keys: keyed(cell), counts: cell.counts })),
    labels: labelsOf(settings),
    comparable: broken === undefined,
    break: broken,
    days: { base: lengthOf(periods.base), current: lengthOf(periods.current) },
  });
  return { ...figures, terms: await termsOf(reader, periods, question.examples) };
}

const lengthOf = ({ from, to }: Selection): number => to! - from! + 1;

/** What a running period lacks of its last month has no ratings yet: the whole month is read as one. */
function queryOf(selection: Selection, by: ExplainDimension[], today: number): CellQuery {
  const query = selection.query();
  return {
    ...query,
    to: query.to !== null && query.to >= today ? null : query.to,
    keep: {
      product: by.includes('product'),
      language: by.includes('language'),
      ...(by.includes('daypart') ? { time: 'daypart' as const } : {}),
    },
  };
}

function keysOf(settings: Settings, by: ExplainDimension[]): (cell: Omit<Cell, 'counts'>) => string[] {
  const channels = new Map(settings.touchpoints.map(({ key, channel }) => [key, channel]));
  const placements = new Map(settings.placements.map((placement) => [placement.id, placement]));
  const products = new Map(settings.products.map(({ id, key }) => [id, key]));
  const languages = new Map([...settings.languageIds].map(([key, id]) => [id, key]));
  const keyOf: Record<ExplainDimension, (cell: Omit<Cell, 'counts'>) => string> = {
    channel: ({ placement }) => channels.get(placements.get(placement)!.touchpoint)!,
    touchpoint: ({ placement }) => placements.get(placement)!.touchpoint,
    location: ({ placement }) => placements.get(placement)!.location ?? '',
    product: ({ product }) => products.get(product) ?? '',
    language: ({ language }) => languages.get(language) ?? '',
    daypart: ({ time }) => dayparts[time] ?? '',
  };
  return (cell) => by.map((dimension) => keyOf[dimension](cell));
}

const named = (list: readonly { key: string; name: string }[]) =>
  Object.fromEntries(list.map(({ key, name }) => [key, name]));

const labelsOf = (settings: Settings): ExplainInput['labels'] => ({
  channel: named(settings.channels),
  touchpoint: named(settings.touchpoints),
  product: named(settings.products),
  daypart: {
    night: { nl: 'nacht', en: 'night' },
    morning: { nl: 'ochtend', en: 'morning' },
    afternoon: { nl: 'middag', en: 'afternoon' },
    evening: { nl: 'avond', en: 'evening' },
  },
});

/**
 * A touchpoint that asked in another way in one of the periods than in the other: then nothing may be compared. Only those
 * that ever asked in several ways are looked at, each placement apart.
 */
async function breakBetween(
  reader: Reader,
  settings: Settings,
  periods: ReturnType<typeof selectionsOf>,
  today: number,
): Promise<ExplainInput['break']> {
  const suspect = askedInSeveralWays(settings);
  if (suspect.size === 0) return undefined;
  const several = (methods: Map<string, Set<number>>) =>
    [...methods].filter(([, set]) => set.size > 1).map(([key]) => key);
  const placements = new Map(settings.placements.map((placement) => [placement.id, placement]));
  const methodsIn = async (selection: Selection) => {
    const query = queryOf(selection, [], today);
    const ids = query.placements!.filter((id) => suspect.has(placements.get(id)!.touchpoint));
    const { cells } = await reader.cells({ ...query, placements: ids });
    const rated = cells.filter(({ counts }) => counts.some((count) => count > 0));
    return methodsOf(rated.map(({ placement }) => placements.get(placement)!));
  };
  const [before, after] = [await methodsIn(periods.base), await methodsIn(periods.current)];
  const changed = [...before].filter(([key, set]) =>
    [...(after.get(key) ?? [])].some((method) => !set.has(method)),
  );
  const broken = new Set([...several(before), ...several(after), ...changed.map(([key]) => key)]);
  const touchpoints = settings.touchpoints.map(({ key }) => key).filter((key) => broken.has(key));
  if (touchpoints.length === 0) return undefined;
  const names = named(settings.touchpoints);
  return {
    touchpoints: touchpoints.map((key) => names[key] ?? key),
    mixed: { base: several(before).length > 0, current: several(after).length > 0 },
    ...(await dateOfBreak(reader, settings, touchpoints)),
  };
}

/** The methods of each touchpoint. */
function methodsOf(placements: readonly Placement[]): Map<string, Set<number>> {
  const methods = new Map<string, Set<number>>();
  for (const { touchpoint, method } of placements)
    methods.set(touchpoint, (methods.get(touchpoint) ?? new Set()).add(method));
  return methods;
}

/** When the last of these touchpoints began to ask in its newest way. */
async function dateOfBreak(
  reader: Reader,
  settings: Settings,
  touchpoints: string[],
): Promise<{ date?: string }> {
  const began = new Map<string, number>();
  for (const [id, slot] of await reader.firstSlots()) {
    const placement = settings.placements.find((one) => one.id === id);
    if (!placement || !touchpoints.includes(placement.touchpoint)) continue;
    const key = `${placement.touchpoint} ${placement.method}`;
    began.set(key, Math.min(began.get(key) ?? Infinity, slot));
  }
  return began.size === 0 ? {} : { date: dateOfDay(dayOfSlot(Math.max(...began.values()))) };
}

export const askExplanation = (thread: ReadingThread, question: ExplainQuestion): Promise<Explained> =>
  thread.ask<Explained>(import.meta.url, question);
