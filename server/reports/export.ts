import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { SheetData } from 'write-excel-file/node';
import type { YearRow } from '#shared/contract/year-table.ts';

const header = ['Indicator', 'Eenheid', 'Begroting', 'Realisatie', 'Doel gehaald', 'Toelichting', 'Bron'];
const widths = [48, 20, 11, 11, 13, 80, 22];
const decimal = new Intl.NumberFormat('nl-NL', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const yesNo = (met: boolean | null): string => (met === null ? '' : met ? 'ja' : 'nee');

/** A cell that begins so is a formula to a spreadsheet; behind an apostrophe it is text. */
export const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const quoted = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const grade = (value: number | null): string => (value === null ? 'n.b.' : decimal.format(value));

function* linesOf(rows: readonly YearRow[]): Generator<string> {
  yield `\ufeff${header.join(';')}\r\n`;
  for (const row of rows) {
    const texts = [
      row.name,
      row.unit,
      grade(row.target),
      grade(row.realised),
      yesNo(row.met),
      row.note ?? '',
      row.source,
    ];
    yield `${texts.map((text) => quoted(harmless(text))).join(';')}\r\n`;
  }
}

const bold = (value: string) => ({ value, fontWeight: 'bold' as const });
const number = (value: number | null) =>
  value === null ? 'n.b.' : { value, type: Number, format: '0.0', alignVertical: 'top' as const };
const text = (value: string) =>
  value === '' ? null : { value: harmless(value), wrap: true, alignVertical: 'top' as const };

function sheetOf(rows: readonly YearRow[]): SheetData {
  return [
    header.map(bold),
    ...rows.map((row) => [
      text(row.name),
      text(row.unit),
      number(row.target),
      number(row.realised),
      text(yesNo(row.met)),
      text(row.note ?? ''),
      text(row.source),
    ]),
  ];
}

/** The table of a year as the year report has it, for a spreadsheet. */
export async function sendTable(
  response: Response,
  format: 'csv' | 'xlsx',
  year: number,
  rows: readonly YearRow[],
): Promise<void> {
  response.attachment(`indicatoren-${year}.${format}`);
  if (format === 'csv') {
    response.type('text/csv; charset=utf-8');
    return pipeline(linesOf(rows), response);
  }
  response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  const { default: writeXlsx } = await import('write-excel-file/node');
  const sheet = writeXlsx(sheetOf(rows), {
    sheet: String(year),
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
  });
  response.end(await sheet.toBuffer());
}
