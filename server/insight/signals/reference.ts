import { dayOfSlot, dayparts } from '#shared/core/calendar.ts';
import { heldMean, varianceOf } from '#shared/core/detector.ts';
import { addCounts, gradesOf, moments, noCounts } from '#shared/core/histogram.ts';
import type { Cell, CellQuery, Reader, Settings } from '../../storage/port.ts';
import type { Post } from './places.ts';

/** So many days before a sentry begins are what it holds the grades against. */
export const signalReferenceDays = 90;
const enough = 100;
/** A part of the day with fewer grades is held against the whole. */
const enoughOfPart = 30;
/** Grades that are all the same say little about how they will differ. */
const leastSd = 0.5;
const yearDays = 365;

export interface Reference {
  /** First and last day. */
  from: number;
  to: number;
  methods: number[];
  mean: number;
  n: number;
  /** Per part of the day: the mean to be held, and the variance on the scale of 0 to 1. */
  held: { mean: number; variance: number }[];
  ratingsPerYear: number;
}

const query = (placements: number[], from: number, to: number, keep: CellQuery['keep']): CellQuery => ({
  ...{ from, to, placements, products: null, languages: null, marked: true, keep },
});

function levelOf(cells: readonly Cell[]): { n: number; mean: number; sd: number } {
  const counts = noCounts();
  for (const cell of cells) addCounts(counts, cell.counts);
  const { n, sum, squares } = moments(gradesOf(counts));
  const mean = n === 0 ? 0 : sum / n;
  const variance = n < 2 ? 0 : Math.max(0, squares - sum * mean) / (n - 1);
  return { n, mean, sd: Math.max(leastSd, Math.sqrt(variance)) };
}

/** The grades of the days before `day`, of the method versions in use; null where they are too few. */
export async function referencesOf(
  reader: Reader,
  settings: Settings,
  posts: readonly Post[],
  day: number,
): Promise<(Reference | null)[]> {
  const methods = new Set(posts.flatMap((post) => post.methods));
  const placements = settings.placements.filter(({ method }) => methods.has(method));
  const ids = placements.map(({ id }) => id);
  if (ids.length === 0) return posts.map(() => null);
  const window = { from: day - signalReferenceDays, to: day - 1 };
  const { cells } = await reader.cells(query(ids, window.from, window.to, { time: 'daypart' }));
  const { cells: year } = await reader.cells(query(ids, day - yearDays, day - 1, {}));
  const firsts = await reader.firstSlots();

  return posts.map((post) => {
    const own = placements.filter(({ method }) => post.methods.includes(method));
    const of = (list: readonly Cell[]) =>
      list.filter(({ placement }) => own.some(({ id }) => id === placement));
    const graded = of(cells);
    const whole = levelOf(graded);
    if (whole.n < enough) return null;
    const first = Math.min(...own.map(({ id }) => dayOfSlot(firsts.get(id) ?? Infinity)));
    const days = Math.max(1, day - Math.max(first, day - yearDays));
    return {
      ...window,
      methods: post.methods,
      mean: whole.mean,
      n: whole.n,
      held: dayparts.map((_, part) => {
        const level = levelOf(graded.filter(({ time }) => time === part));
        const used = level.n < enoughOfPart ? whole : level;
        return { mean: heldMean(used), variance: varianceOf(used.sd) };
      }),
      ratingsPerYear: (levelOf(of(year)).n / days) * yearDays,
    };
  });
}
