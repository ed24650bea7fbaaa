import type { Page } from 'playwright-core';
import type { Device, DevicePairing } from '#shared/contract/device.ts';
import { inDatabase } from '../support/database.ts';
import { send } from '../support/ratings.ts';
import { until } from '../support/until.ts';

export interface Kept {
  id: string;
  grade?: number;
  addition?: true;
  comment?: string;
  answers?: unknown;
}

/** What the tablet holds: everything that the server has not answered for. */
export const outbox = (page: Page, store = 'outbox'): Promise<Kept[]> =>
  page.evaluate(
    (name) =>
      new Promise<Kept[]>((resolve, reject) => {
        const opening = indexedDB.open('klantpuls-kiosk');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction(name).objectStore(name).getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result);
          };
        };
      }),
    store,
  );

export const press = (page: Page, value: number) => page.click(`.targets input[value="${value}"]`);

/** Presses until it is taken: right after another screen the targets are locked for a moment and drawn again. */
export const choose = (page: Page, value: number, how = (): Promise<unknown> => press(page, value)) =>
  until('a press is taken', async () => {
    const target = await page.waitForSelector(`main.ask .targets input[value="${value}"]`);
    await how();
    await until('the press is answered', () => target.evaluate((drawn) => !drawn.isConnected));
    return (await page.locator('main.ask').count()) === 0;
  });

export const always = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);
/** Open in three days from now, so that it is closed at any hour of today. */
export const notToday = () =>
  always.map((_, weekday) =>
    weekday === (new Date().getUTCDay() + 2) % 7 ? [{ from: '09:00', to: '17:00' }] : [],
  );

/** From here time passes on the page only when the test says so. */
export const stopClock = async (page: Page): Promise<void> =>
  page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000);

/** On to the next question or the comment, which stands there when the answer is on the disk. */
export async function goOn(page: Page): Promise<void> {
  const count = await page.textContent('.step .quiet');
  await page.locator('.step button.main').click();
  await page.waitForFunction((old) => document.querySelector('.step .quiet')?.textContent !== old, count);
}

/** From the thanks back to the question; needs a clock that the test moves. */
export async function pass(page: Page): Promise<void> {
  await page.clock.runFor(3_100);
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.clock.runFor(800);
  if ((await page.locator('main.locked').count()) > 0) await page.clock.runFor(9_000);
}

export interface Row {
  grade: number | null;
  smiley: number | null;
  /** Milliseconds since 1970. */
  givenAt: number;
  marks: number;
  answers: string | null;
}

/** The ratings of one touchpoint as the server has them, by the time they were given. */
export const ratingsAt = (dataDir: string, touchpoint: string): Row[] =>
  inDatabase(dataDir, (db) =>
    db
      .prepare(
        `SELECT grade, smiley, at AS givenAt, marks, answers FROM ratings
         WHERE placement IN (SELECT id FROM placements WHERE touchpoint = ?)
         ORDER BY at`,
      )
      .all(touchpoint),
  ) as Row[];

/** The administrator's side: confirms the code that a tablet shows, as soon as it has one. */
export async function confirmOn(
  page: Page,
  url: string,
  admin: string,
  as: { name: string; touchpoint: string } | { device: number },
): Promise<() => Device> {
  let device: Device | undefined;
  await page.route('**/api/v1/device-pairings', async (route) => {
    const reply = await route.fetch();
    const pairing = (await reply.json()) as DevicePairing;
    const headers = { authorization: `Bearer ${admin}` };
    const confirmed = await send<Device>(
      'PUT',
      `${url}/api/v1/device-pairings/${pairing.user_code}`,
      as,
      headers,
    );
    if (confirmed.status >= 300) throw new Error(JSON.stringify(confirmed.body));
    device = confirmed.body;
    // The tablet need not wait its five seconds before it asks.
    await route.fulfill({ json: { ...pairing, interval: 0.3 } });
  });
  return () => device!;
}
