/** One tablet that gives more ratings than `most` within `within` milliseconds: not that many visitors pass by. */
const most = 4;
const within = 30_000;
/** Ratings that are remembered per device: a few full batches, so that a batch that is sent again adds nothing. */
const remembered = 1_000;

/**
 * Recognises repeated presses by the times at which the ratings were given, so that a queue that comes in at once is
 * judged as it was given. In memory only. The first ones of a series stay unmarked: they may well be of people.
 */
export class Bursts {
  readonly #devices = new Map<number, Map<string, number>>();

  /** Also remembers the rating. */
  isBurst(device: number, id: string, at: number): boolean {
    let ratings = this.#devices.get(device);
    if (!ratings) {
      ratings = new Map();
      this.#devices.set(device, ratings);
    }
    ratings.set(id, at);
    if (ratings.size > remembered) ratings.delete(ratings.keys().next().value!);
    let near = 0;
    for (const other of ratings.values()) if (other <= at && other > at - within) near++;
    return near > most;
  }
}
