import { defaultRetention } from '#shared/contract/privacy.ts';
import { SettingsFile } from '#shared/contract/settings.ts';
import { startOfDay } from '#shared/core/calendar.ts';
import type { NewRating, Store } from '../storage/port.ts';
import { answerKeys, norms } from './answers.ts';
import { type CityOptions, city } from './city.ts';
import yearReport from './jaarverslag.json' with { type: 'json' };
import { firstDay } from './places.ts';

/** The words of all its years are there to explain their changes with. */
export const demoSettings: SettingsFile = SettingsFile.parse({
  ...yearReport,
  answerKeys,
  serviceNorms: norms,
  retention: { ...defaultRetention, commentMonths: 60 },
});

const perCommit = 2000;

/** Writes the settings and the whole history of the demo city; answers how many ratings that are. */
export async function fill(
  store: Pick<Store, 'append' | 'changeSettings'>,
  options: CityOptions,
  onProgress: (ratings: number, at: number) => void = () => {},
): Promise<number> {
  // As of the first day, so that desks stand where they stand in all of the history.
  await store.changeSettings(demoSettings, startOfDay(firstDay));
  let written = 0;
  let batch: NewRating[] = [];
  const write = async () => {
    const last = batch.at(-1);
    if (!last) return;
    await store.append(batch);
    written += batch.length;
    batch = [];
    onProgress(written, last.at);
  };
  for (const rating of city(options)) {
    batch.push(rating);
    if (batch.length === perCommit) await write();
  }
  await write();
  return written;
}
