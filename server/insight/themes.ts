import type { ThemeChange } from '#shared/contract/themes.ts';
import { indexOfAnswer, noCounts } from '#shared/core/histogram.ts';
import { holm } from '#shared/core/multiple.ts';
import { normalCdf } from '#shared/core/power.ts';
import { type Contribution, type ThemePeriod, themeChanges } from '#shared/core/themes/shares.ts';
import { lexiconOf } from '../storage/lexicon.ts';
import type { Reader } from '../storage/port.ts';
import type { Selection } from '../storage/selection.ts';
import type { ReadingThread } from '../storage/thread.ts';
import { type PeriodsAsked, selectionsOf } from './periods.ts';

/** Comments that are read per period; more are sampled evenly. */
const most = 5000;

/** Runs in the reading thread. */
export async function answer(reader: Reader, asked: PeriodsAsked): Promise<ThemeChange[]> {
  const settings = reader.settings();
  const { lexicon, matcher } = lexiconOf(settings.themes);
  const { base, current } = selectionsOf(settings, asked);
  const count = async (selection: Selection): Promise<ThemePeriod> => {
    const { keep: _, ...query } = selection.query();
    const period = { all: noCounts(), themes: {} as Record<string, number[]> };
    for (const { text, grade } of await reader.comments({ ...query, most })) {
      if (grade === null) continue;
      const index = indexOfAnswer({ grade });
      period.all[index]!++;
      for (const theme of new Set(matcher.mentions(text).map((mention) => mention.theme))) {
        period.themes[theme] ??= noCounts();
        period.themes[theme][index]!++;
      }
    }
    return period;
  };
  const changes = themeChanges(await count(base), await count(current));
  const claims = claimed(changes.map(({ fromShare, fromGrade }) => [fromShare, fromGrade]));
  const labels = new Map(lexicon.themes.map(({ key, label }) => [key, label]));
  return changes.map(({ theme, ...change }, i) => ({
    key: theme,
    label: labels.get(theme)!,
    ...change,
    fromShare: withoutError(change.fromShare),
    fromGrade: withoutError(change.fromGrade),
    claimed: claims[i]!,
  }));
}

const withoutError = (contribution: Contribution | null) =>
  contribution && { value: contribution.value, low: contribution.low, high: contribution.high };

/** Whether one of the two contributions of each theme is proven, after Holm's correction for all of them. */
function claimed(contributions: (Contribution | null)[][]): boolean[] {
  const flat = contributions.flatMap((pair, i) =>
    pair.flatMap((one) => (one && one.se > 0 ? [{ i, one }] : [])),
  );
  const adjusted = holm(flat.map(({ one }) => 2 * (1 - normalCdf(Math.abs(one.value) / one.se))));
  const proven = new Set(flat.filter((_, place) => adjusted[place]! < 0.05).map(({ i }) => i));
  return contributions.map((_, i) => proven.has(i));
}

export const askThemes = (thread: ReadingThread, asked: PeriodsAsked): Promise<ThemeChange[]> =>
  thread.ask<ThemeChange[]>(import.meta.url, asked);
