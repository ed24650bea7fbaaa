/** Counts of one combination of keys in one period: `counts` holds ten grades first (smileys behind them are left out). */
export interface Cell {
  /** One key per dimension, in the order of the dimensions; `''` for none. */
  keys: readonly string[];
  counts: readonly number[];
  /** Day number. When every cell has one, margins allow for days on which all grades move together. */
  day?: number;
}

/** Ratings, and sums of the grades, their squares and their cubes, per cell. */
export interface Moments {
  n: Float64Array;
  sum: Float64Array;
  squares: Float64Array;
  cubes: Float64Array;
}

/** The same, per cell and day, for sums per day. */
export interface DayRows {
  cell: Int32Array;
  /** 0 … days − 1. */
  day: Int32Array;
  n: Float64Array;
  sum: Float64Array;
  days: number;
}

export interface Side extends Moments {
  total: number;
  mean: number;
  rows: DayRows | null;
}

/** Both periods over the same cells: every combination of keys that occurs in either. */
export interface Table {
  dimensions: readonly string[];
  /** Per dimension: the keys, and per cell which of them. */
  keys: string[][];
  codes: Int32Array[];
  size: number;
  base: Side;
  current: Side;
}

export const emptyMoments = (size: number): Moments => ({
  n: new Float64Array(size),
  sum: new Float64Array(size),
  squares: new Float64Array(size),
  cubes: new Float64Array(size),
});

/** Which combination of the columns each row has, numbered from 0 in order of appearance. */
export function combined(columns: readonly { codes: Int32Array; count: number }[], size: number) {
  const code = new Float64Array(size);
  let combinations = 1;
  for (const { codes, count } of columns) {
    combinations *= count;
    for (let x = 0; x < size; x++) code[x] = code[x]! * count + codes[x]!;
  }
  const number = new Int32Array(size);
  let count = 0;
  if (combinations <= 1 << 22) {
    const known = new Int32Array(combinations);
    for (let x = 0; x < size; x++) {
      let found = known[code[x]!]!;
      if (found === 0) {
        found = ++count;
        known[code[x]!] = found;
      }
      number[x] = found - 1;
    }
    return { number, count };
  }
  const known = new Map<number, number>();
  for (let x = 0; x < size; x++) {
    let found = known.get(code[x]!);
    if (found === undefined) {
      found = count++;
      known.set(code[x]!, found);
    }
    number[x] = found;
  }
  return { number, count };
}

function sideOf(cells: readonly Cell[], cellOf: Int32Array, offset: number, size: number): Side {
  const { n, sum, squares, cubes } = emptyMoments(size);
  const byDay = cells.length > 0 && cells.every((cell) => cell.day !== undefined);
  const rowsN = new Float64Array(byDay ? cells.length : 0);
  const rowsSum = new Float64Array(byDay ? cells.length : 0);
  let total = 0;
  let all = 0;
  for (let i = 0; i < cells.length; i++) {
    const counts = cells[i]!.counts;
    let count = 0;
    let grades = 0;
    let squared = 0;
    let cubed = 0;
    for (let g = 0; g < 10; g++) {
      const ratings = counts[g]!;
      count += ratings;
      if (ratings === 0) continue;
      const grade = g + 1;
      grades += ratings * grade;
      squared += ratings * grade * grade;
      cubed += ratings * grade * grade * grade;
    }
    const cell = cellOf[offset + i]!;
    n[cell]! += count;
    sum[cell]! += grades;
    squares[cell]! += squared;
    cubes[cell]! += cubed;
    total += count;
    all += grades;
    if (byDay) {
      rowsN[i] = count;
      rowsSum[i] = grades;
    }
  }
  let rows: DayRows | null = null;
  if (byDay) {
    const days = new Map<number, number>();
    const day = Int32Array.from(cells, ({ day }) => {
      if (!days.has(day!)) days.set(day!, days.size);
      return days.get(day!)!;
    });
    const cell = cellOf.slice(offset, offset + cells.length);
    rows = { cell, day, n: rowsN, sum: rowsSum, days: days.size };
  }
  return { n, sum, squares, cubes, total, mean: all / total, rows };
}

/** Keys in the order of their names; a code says which. */
function sorted(keys: string[], codes: Int32Array): { keys: string[]; codes: Int32Array } {
  const names = [...keys].sort();
  const places = new Map(names.map((key, place) => [key, place]));
  const placeOf = Int32Array.from(keys, (key) => places.get(key)!);
  return { keys: names, codes: codes.map((code) => placeOf[code]!) };
}

/** Where each cell comes when they are in the order of their codes, the first column first. */
function placesOf(columns: readonly { codes: Int32Array; count: number }[], size: number): Int32Array {
  let order = Int32Array.from({ length: size }, (_, x) => x);
  for (const { codes, count } of [...columns].reverse()) {
    const next = new Int32Array(count + 1);
    for (let x = 0; x < size; x++) next[codes[x]! + 1]!++;
    for (let code = 0; code < count; code++) next[code + 1]! += next[code]!;
    const dealt = new Int32Array(size);
    for (const x of order) dealt[next[codes[x]!]!++] = x;
    order = dealt;
  }
  const places = new Int32Array(size);
  order.forEach((x, place) => {
    places[x] = place;
  });
  return places;
}

/**
 * Adds up equal combinations and lays both periods side by side, in the order of their keys: sums of the same ratings end
 * in the same digit, in whatever order a database gives its cells. Work per cell, never per rating.
 */
export function tableOf(
  dimensions: readonly string[],
  base: readonly Cell[],
  current: readonly Cell[],
): Table {
  const length = base.length + current.length;
  const keys: string[][] = [];
  const rowCodes: Int32Array[] = [];
  for (let d = 0; d < dimensions.length; d++) {
    const known = new Map<string, number>();
    const codes = new Int32Array(length);
    let i = 0;
    for (const cells of [base, current])
      for (const cell of cells) {
        const key = cell.keys[d]!;
        let code = known.get(key);
        if (code === undefined) {
          code = known.size;
          known.set(key, code);
        }
        codes[i++] = code;
      }
    const column = sorted([...known.keys()], codes);
    keys.push(column.keys);
    rowCodes.push(column.codes);
  }

  const columns = (of: readonly Int32Array[]) => of.map((codes, d) => ({ codes, count: keys[d]!.length }));
  const { number: cellOf, count: size } = combined(columns(rowCodes), length);
  const codesBy = (numberOf: Int32Array) =>
    rowCodes.map((of) => {
      const codes = new Int32Array(size);
      for (let i = 0; i < length; i++) codes[numberOf[i]!] = of[i]!;
      return codes;
    });
  const places = placesOf(columns(codesBy(cellOf)), size);
  for (let i = 0; i < length; i++) cellOf[i] = places[cellOf[i]!]!;
  const codes = codesBy(cellOf);
  return {
    dimensions,
    keys,
    codes,
    size,
    base: sideOf(base, cellOf, 0, size),
    current: sideOf(current, cellOf, base.length, size),
  };
}

/** The moments of groups of cells. */
export function grouped(side: Moments, groupOf: Int32Array, groups: number): Moments {
  const into = emptyMoments(groups);
  for (let x = 0; x < groupOf.length; x++) {
    const group = groupOf[x]!;
    into.n[group]! += side.n[x]!;
    into.sum[group]! += side.sum[x]!;
    into.squares[group]! += side.squares[x]!;
    into.cubes[group]! += side.cubes[x]!;
  }
  return into;
}
