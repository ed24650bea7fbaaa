import type { Indicator, SettingsFile } from '#shared/contract/settings.ts';

const reported = 2024;

/** An outside survey that is held every two years says its last figure in between. */
const everyTwoYears = 'dienstverlening-ondernemers';

/** The targets of the last year report stand until the city sets others, so that the years after it have a table too. */
export function withLaterTargets(indicators: readonly Indicator[], thisYear: number): SettingsFile {
  return {
    indicators: indicators.map((indicator) => {
      const last = indicator.years[String(reported)];
      const years = { ...indicator.years };
      for (let year = reported + 1; last && year <= thisYear; year++)
        years[String(year)] = {
          target: last.target,
          ...(indicator.key === everyTwoYears && year === reported + 1
            ? { realised: last.realised, measuredIn: reported }
            : { realised: null }),
        };
      return { ...indicator, years };
    }),
  };
}
