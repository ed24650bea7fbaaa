import { countsLength } from '#shared/core/histogram.ts';
import type { Cell } from './port.ts';

/** Adds up the cells of one answer, each once. */
export class Sums {
  /** `countsLength` counts per cell: side by side they stay where the processor is quickest. Replaced when it grows. */
  counts = new Int32Array(512 * countsLength);
  readonly #cells: Omit<Cell, 'counts'>[] = [];
  readonly #offsets = new Map<number, Map<number, number>>();

  /** Where the counts of this cell begin. */
  offsetOf(placement: number, product: number, language: number, time: number): number {
    let ofTime = this.#offsets.get(time);
    if (!ofTime) {
      ofTime = new Map();
      this.#offsets.set(time, ofTime);
    }
    const key = (placement * 2 ** 16 + product) * 256 + language;
    let offset = ofTime.get(key);
    if (offset === undefined) {
      offset = this.#cells.length * countsLength;
      if (offset === this.counts.length) {
        const counts = new Int32Array(2 * offset);
        counts.set(this.counts);
        this.counts = counts;
      }
      this.#cells.push({ placement, product, language, time });
      ofTime.set(key, offset);
    }
    return offset;
  }

  cells(): Cell[] {
    return this.#cells.map((cell, i) => ({
      ...cell,
      counts: Array.from(this.counts.subarray(i * countsLength, (i + 1) * countsLength)),
    }));
  }
}
