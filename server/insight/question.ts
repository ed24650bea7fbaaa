import type { ExplainDimension, ExplainedFigures, Term } from '#shared/contract/explanation.ts';
import { dateOfDay, dayOfSlot, dayparts } from '#shared/core/calendar.ts';
import { type ExplainInput, explain } from '#shared/core/explain/explain.ts';
import type { Cell, CellQuery, Reader, Settings } from '../storage/port.ts';
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
  const alike = alikeIn(settings, by);
  const read = async (selection: Selection) =>
    (await reader.cells({ ...queryOf(selection, by, today), alike })).cells;
  const base = await read(periods.base);
  const current = await read(periods.current);
  const keyed = keysOf(settings, by);
  const broken = await breakBetween(reader, settings, base, current);
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

/**
 * Placements with the same keys, which need not be told apart: a tenth of the cells. Where a touchpoint asked in several
 * ways they must be, since then nothing may be compared (breakBetween).
 */
function alikeIn(settings: Settings, by: ExplainDimension[]): Map<number, number> {
  const keyed = keysOf(
    settings,
    by.filter((dimension) => ['channel', 'touchpoint', 'location'].includes(dimension)),
  );
  const methods = new Map<string, Set<number>>();
  for (const { touchpoint, method } of settings.placements)
    methods.set(touchpoint, (methods.get(touchpoint) ?? new Set()).add(method));
  const first = new Map<string, number>();
  const alike = new Map<number, number>();
  for (const { id, touchpoint } of settings.placements) {
    if (methods.get(touchpoint)!.size > 1) continue;
    const key = JSON.stringify(keyed({ placement: id, product: 0, language: 0, time: 0 }));
    if (!first.has(key)) first.set(key, id);
    alike.set(id, first.get(key)!);
  }
  return alike;
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

/** A touchpoint that asked in another way in one of the periods than in the other: then nothing may be compared. */
async function breakBetween(
  reader: Reader,
  settings: Settings,
  base: Cell[],
  current: Cell[],
): Promise<ExplainInput['break']> {
  const placements = new Map(settings.placements.map((placement) => [placement.id, placement]));
  const methodsIn = (cells: Cell[]) => {
    const methods = new Map<string, Set<number>>();
    const seen = new Set<number>();
    for (const { placement, counts } of cells) {
      if (seen.has(placement) || !counts.some((count) => count > 0)) continue;
      seen.add(placement);
      const { touchpoint, method } = placements.get(placement)!;
      methods.set(touchpoint, (methods.get(touchpoint) ?? new Set()).add(method));
    }
    return methods;
  };
  const [before, after] = [methodsIn(base), methodsIn(current)];
  const several = (methods: Map<string, Set<number>>) =>
    [...methods].filter(([, set]) => set.size > 1).map(([key]) => key);
  const changed = [...before].filter(([key, set]) =>
    [...(after.get(key) ?? [])].some((method) => !set.has(method)),
  );
  const touchpoints = [...new Set([...several(before), ...several(after), ...changed.map(([key]) => key)])];
  if (touchpoints.length === 0) return undefined;
  const names = named(settings.touchpoints);
  return {
    touchpoints: touchpoints.map((key) => names[key] ?? key),
    mixed: { base: several(before).length > 0, current: several(after).length > 0 },
    ...(await dateOfBreak(reader, settings, touchpoints)),
  };
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
