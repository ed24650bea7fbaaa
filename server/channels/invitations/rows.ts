import { ProblemError } from '#shared/contract/errors.ts';
import { CsvRefused, CsvSplitter } from '#shared/core/csv.ts';

const columns = [
  ...['id', 'touchpoint', 'moment', 'product', 'form', 'language', 'email', 'phone', 'reference'],
  'remindAfterDays',
];

export interface InvitationRow {
  line: number;
  raw: Record<string, unknown>;
}

/** CSV with a header, `;` or `,`; what a row leaves empty comes from `otherwise`. */
export function invitationRows(text: string, otherwise: Record<string, unknown>): InvitationRow[] {
  const plain = text.replace(/^\ufeff/, '');
  const first = plain.split('\n', 1)[0] ?? '';
  const splitter = new CsvSplitter(first.includes(';') ? ';' : ',', 1);
  try {
    const [header, ...rows] = [...splitter.push(plain), ...splitter.end()];
    const names = header?.fields.map((name) => name.trim()) ?? [];
    const unknown = names.filter((name) => !columns.includes(name));
    if (unknown.length > 0 || names.length === 0)
      throw refused(
        `The header names ${unknown.join(', ') || 'no columns'}; known are ${columns.join(', ')}.`,
      );
    return rows
      .filter(({ fields }) => fields.some((field) => field.trim() !== ''))
      .map(({ line, fields }) => {
        const given = names.flatMap((name, place): [string, unknown][] => {
          const value = fields[place]?.trim() ?? '';
          if (value === '') return [];
          return [[name, name === 'remindAfterDays' ? Number(value) : value]];
        });
        return { line, raw: { ...otherwise, ...Object.fromEntries(given) } };
      });
  } catch (error) {
    throw error instanceof CsvRefused ? refused(error.message) : error;
  }
}

const refused = (detail: string) =>
  new ProblemError('invalid-input', detail, { errors: [{ pointer: '', code: 'format', detail }] });
