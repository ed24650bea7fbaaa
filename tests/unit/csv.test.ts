import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvRefused, type CsvRow, CsvSplitter } from '#shared/core/csv.ts';

/** All rows, or why the file is refused. */
function split(pieces: string[], separator = ',', firstLine = 1): CsvRow[] | string {
  const splitter = new CsvSplitter(separator, firstLine);
  try {
    return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  } catch (error) {
    if (error instanceof CsvRefused) return error.message;
    throw error;
  }
}
const fieldsOf = (text: string, separator = ',') => {
  const rows = split([text], separator);
  return typeof rows === 'string' ? rows : rows.map(({ fields }) => fields);
};

describe('RFC 4180', () => {
  test.each<[string, string, string[][]]>([
    [
      'lines that end with LF',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'lines that end with CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a last line without an end',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'empty fields',
      ',a,\n,,',
      [
        ['', 'a', ''],
        ['', '', ''],
      ],
    ],
    ['a field in quotes', '"a",b', [['a', 'b']]],
    ['a separator in quotes', '"a,b",c', [['a,b', 'c']]],
    [
      'a line end in quotes',
      '"a\nb","c\r\nd"\r\ne,f',
      [
        ['a\nb', 'c\r\nd'],
        ['e', 'f'],
      ],
    ],
    ['a doubled quote', '"zei ""ja""",b', [['zei "ja"', 'b']]],
    ['a quote at either end', '"""a""",b', [['"a"', 'b']]],
    ['empty quotes', '"",""', [['', '']]],
    [
      'quotes in the last field only',
      'a,"b"\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['spaces, which belong to the field', ' a , b ', [[' a ', ' b ']]],
    ['an empty line, which is no row', 'a\n\n\r\nb\n', [['a'], ['b']]],
    ['more or fewer fields than before', 'a,b\nc\nd,e,f', [['a', 'b'], ['c'], ['d', 'e', 'f']]],
    ['nothing', '', []],
  ])('AG8: %s', (_, text, rows) => {
    expect(fieldsOf(text)).toEqual(rows);
  });

  test('AG8: the semicolon separates when it is the separator, and then a comma does not', () => {
    expect(fieldsOf('a;b,c\n"d;e";f', ';')).toEqual([
      ['a', 'b,c'],
      ['d;e', 'f'],
    ]);
  });

  test('AG8: a row knows the line on which it begins, also after lines in quotes and empty ones', () => {
    const rows = split(['a,b\n"c\nd\ne",f\n\ng,h\r\n"i"'], ',', 2) as CsvRow[];
    expect(rows.map(({ line, fields }) => [line, fields[0]])).toEqual([
      ...[
        [2, 'a'],
        [3, 'c\nd\ne'],
        [7, 'g'],
        [8, 'i'],
      ],
    ]);
  });

  test('AG8: a quote that is never closed is told with its line, and does not swallow the file', () => {
    expect(split(['a,b\nc,"d\ne,f\n'])).toBe('Line 2: a quote is opened and never closed.');
    const endless = Array.from({ length: 30 }, () => 'x,y\n'.repeat(2000));
    expect(split(['a,b\n"c,d\n', ...endless])).toBe('Line 2: a quote is opened and never closed.');
    const splitter = new CsvSplitter(',', 1);
    expect(() => {
      for (const piece of ['"', ...endless]) splitter.push(piece);
    }).toThrow(CsvRefused);
  });
});

describe('any file', () => {
  const character = fc.constantFrom('a', '"', '""', ',', ';', '\n', '\r\n', '\r', ' ', 'é', '👍', '","');
  const text = fc.array(character, { maxLength: 60 }).map((characters) => characters.join(''));
  const cuts = fc.array(fc.nat({ max: 90 }), { maxLength: 12 });
  const cut = (whole: string, places: number[]) => {
    const sorted = [0, ...places.filter((place) => place < whole.length), whole.length].sort((a, b) => a - b);
    return sorted.slice(1).map((end, i) => whole.slice(sorted[i], end));
  };

  test('AG8: however a file is cut into pieces, its rows and their lines are the same', () => {
    fc.assert(
      fc.property(text, cuts, (whole, places) => {
        expect(split(cut(whole, places))).toEqual(split([whole]));
        expect(split([...whole])).toEqual(split([whole]));
      }),
      { numRuns: 3000 },
    );
  });

  test('AG8: a quote in the middle of a field is a character like any other', () => {
    expect(split(['a,5" scherm\nb,"ja" en "nee"\nc,d\n'])).toEqual([
      { line: 1, fields: ['a', '5" scherm'] },
      { line: 2, fields: ['b', 'ja en "nee"'] },
      { line: 3, fields: ['c', 'd'] },
    ]);
  });

  const field = fc.oneof(fc.string({ unit: 'binary' }), text);
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 6 }), { maxLength: 8 });
  const options = fc.record({
    separator: fc.constantFrom(',', ';'),
    end: fc.constantFrom('\n', '\r\n'),
    always: fc.boolean(),
    closed: fc.boolean(),
  });
  const quoted = (value: string, always: boolean) =>
    always || /[",;\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

  test('AG8: what was written as CSV is read as it was, with quotes, separators and line ends in any field', () => {
    fc.assert(
      fc.property(rows, options, cuts, (written, { separator, end, always, closed }, places) => {
        const lines = written.map((row) => row.map((value) => quoted(value, always)).join(separator));
        const file = lines.join(end) + (closed ? end : '');
        const read = split(cut(file, places), separator);
        expect(typeof read === 'string' ? read : read.map(({ fields }) => fields)).toEqual(written);
      }),
      { numRuns: 2000 },
    );
  });
});
