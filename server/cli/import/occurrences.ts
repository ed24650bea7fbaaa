/**
 * Counts how often a row was seen, from 64 bits of its keyed hash: eight bytes and a counter per row instead of the row,
 * so that ten million rows fit in a small server. Open addressing; begins small, doubles when two thirds full.
 */
export class Occurrences {
  #high = new Uint32Array(1 << 10);
  #low = new Uint32Array(1 << 10);
  #count = new Uint32Array(1 << 10);
  #size = 0;

  /** 1 for the first time that this hash (hexadecimal) is seen, 2 for the second, … */
  next(hash: string): number {
    if (this.#size * 3 > this.#count.length * 2) this.#grow();
    const high = Number.parseInt(hash.slice(0, 8), 16);
    const low = Number.parseInt(hash.slice(8, 16), 16);
    const place = this.#place(high, low);
    if (this.#count[place] === 0) {
      this.#high[place] = high;
      this.#low[place] = low;
      this.#size++;
    }
    this.#count[place]!++;
    return this.#count[place]!;
  }

  #place(high: number, low: number): number {
    const mask = this.#count.length - 1;
    let place = low & mask;
    while (this.#count[place] !== 0 && (this.#high[place] !== high || this.#low[place] !== low))
      place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [high, low, count] = [this.#high, this.#low, this.#count];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(high.length * 2);
    this.#count = new Uint32Array(high.length * 2);
    for (let i = 0; i < count.length; i++) {
      if (count[i] === 0) continue;
      const place = this.#place(high[i]!, low[i]!);
      this.#high[place] = high[i]!;
      this.#low[place] = low[i]!;
      this.#count[place] = count[i]!;
    }
  }
}
