import type { Table } from './table.ts';

/** Ratings' worth of the average in every key: a key with few ratings is expected to be nearly average. */
const shrinkage = 10;
const sweeps = 6;

/**
 * The grade to be expected in each cell from its keys alone: the mean of all, plus an effect per key (additive ridge
 * regression, solved by backfitting: effect = Σ n · (ȳ − Ȳ of its period − other effects) / (n + 10)). Each period is
 * taken around its own mean, so that a change of all grades has no say. Only serves to put like with like when sparse
 * cells are merged: a prognostic score (Hansen 2008).
 */
export function expectedGrades(table: Table): Float64Array {
  const { base, current, size } = table;
  const n = new Float64Array(size);
  const over = new Float64Array(size);
  for (let x = 0; x < size; x++) {
    n[x] = base.n[x]! + current.n[x]!;
    const average = base.n[x]! * base.mean + current.n[x]! * current.mean;
    over[x] = n[x] === 0 ? 0 : (base.sum[x]! + current.sum[x]! - average) / n[x]!;
  }
  const expected = new Float64Array(size).fill((base.mean + current.mean) / 2);
  /** By name: the order of the question has no say. */
  const order = table.dimensions.map((_, d) => d);
  order.sort((a, b) => (table.dimensions[a]! < table.dimensions[b]! ? -1 : 1));
  const dimensions = order.map((d) => ({
    codes: table.codes[d]!,
    effects: new Float64Array(table.keys[d]!.length),
    ratings: new Float64Array(table.keys[d]!.length),
  }));
  for (const { codes, ratings } of dimensions) for (let x = 0; x < size; x++) ratings[codes[x]!]! += n[x]!;

  const fitted = new Float64Array(size);
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const { codes, effects, ratings } of dimensions) {
      const sum = new Float64Array(effects.length);
      for (let x = 0; x < size; x++) sum[codes[x]!]! += n[x]! * (over[x]! - fitted[x]! + effects[codes[x]!]!);
      for (let key = 0; key < effects.length; key++) {
        const effect = sum[key]! / (ratings[key]! + shrinkage);
        sum[key] = effect - effects[key]!;
        effects[key] = effect;
      }
      for (let x = 0; x < size; x++) fitted[x]! += sum[codes[x]!]!;
    }
  return expected.map((average, x) => average + fitted[x]!);
}
