import { Offering } from './offer.ts';

/** Sends so many ratings a second, whether or not earlier ones were answered; the milliseconds that each took. */
export async function steady(
  url: string,
  options: {
    perSecond: number;
    seconds: number;
    onSend?: (number: number) => void;
    body?: (number: number) => string;
  },
): Promise<number[]> {
  const offering = new Offering(url, 1024);
  await offering.warm(64);
  const times: number[] = [];
  const other = new Set<number>();
  const turnedAway = await offering.run({
    ...options,
    onAnswer({ ms, status }) {
      times.push(ms);
      if (status !== 201) other.add(status);
    },
  });
  offering.close();
  if (turnedAway > 0 || other.size > 0)
    throw new Error(`Not every rating was accepted: ${turnedAway} turned away, ${[...other].join(', ')}`);
  return times;
}
