/** One line of the table: ours against the yardstick of the same run. */
export interface Row {
  what: string;
  yardstick: string;
  ours: string;
  ratio: string;
}

export function printTable(rows: Row[]): void {
  const columns = ['what', 'yardstick', 'ours', 'ratio'] as const;
  const width = Object.fromEntries(
    columns.map((column) => [column, Math.max(column.length, ...rows.map((row) => row[column].length))]),
  );
  const line = (row: Row) => `| ${columns.map((column) => row[column].padEnd(width[column]!)).join(' | ')} |`;
  console.log(line({ what: 'what', yardstick: 'yardstick', ours: 'ours', ratio: 'ratio' }));
  console.log(`|${columns.map((column) => '-'.repeat(width[column]! + 2)).join('|')}|`);
  for (const row of rows) console.log(line(row));
}

export const round = (value: number, digits = 0): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits });

/** The value that a share of the measurements stays below. */
export function percentile(values: Float64Array | number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
