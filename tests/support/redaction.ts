import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { redact } from '#shared/core/redact.ts';

/** The label that each kind of the labelled sentences has to get. */
const labels: Record<string, string[]> = {
  email: ['[e-mailadres]'],
  url: ['[webadres]'],
  iban: ['[IBAN]'],
  bsn: ['[BSN]'],
  phone: ['[telefoonnummer]'],
  number: ['[nummer]'],
  postcode: ['[adres]'],
  street: ['[adres]'],
  plate: ['[kenteken]'],
  document: ['[documentnummer]'],
  vnumber: ['[V-nummer]'],
  birth: ['[geboortedatum]'],
  name: ['[naam]'],
};
export const kinds = Object.keys(labels);
/** A label that hides what it should under another name is no mistake against privacy: any run of digits is a number. */
const numeric = new Set([
  '[nummer]',
  '[BSN]',
  '[telefoonnummer]',
  '[datum]',
  '[V-nummer]',
  '[geboortedatum]',
  '[documentnummer]',
]);

export interface Sentence {
  text: string;
  kind: string | null;
  /** What is personal in it. */
  personal: string;
  before: string;
  after: string;
}

const unescaped = (line: string) =>
  line
    .replace(/\\u([0-9a-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');

/**
 * The two halves by a fixed rule: lines with an odd number were used to write the rules, even ones were kept apart.
 * Those of later.txt were written when the even ones had been looked at once.
 */
export function sentences(half: 'seen' | 'unseen'): Sentence[] {
  const allOf = (file: string) =>
    readFileSync(join(import.meta.dirname, 'redaction', file), 'utf8')
      .trimEnd()
      .split('\n');
  const linesOf = (file: string) => allOf(file).filter((_, index) => index % 2 === (half === 'seen' ? 0 : 1));
  return [
    ...[...linesOf('with.txt'), ...(half === 'unseen' ? allOf('later.txt') : [])].map((line) => {
      const [, before, kind, personal, after] = /^(.*)<(\w+)\|(.*?)>(.*)$/
        .exec(line)!
        .map((part) => unescaped(part ?? ''));
      return {
        text: before! + personal! + after!,
        kind: kind!,
        personal: personal!,
        before: before!,
        after: after!,
      };
    }),
    ...linesOf('without.txt').map((line) => {
      const text = unescaped(line);
      return { text, kind: null, personal: '', before: text, after: '' };
    }),
  ];
}

export interface Score {
  kind: string;
  sentences: number;
  /** Of what is personal, the share that is gone wholly. */
  recall: number;
  /** Of what was given a label of this kind, the share that is personal. */
  precision: number;
  missed: string[];
  tooMuch: string[];
}

/** What is left of an identifier when anything of it is: its letters and digits in a row, or four of its digits. */
function isGone({ personal, before, after }: Sentence, stored: string): boolean {
  const left = stored.startsWith(before) || before === '' ? stored.slice(before.length) : stored;
  const rest = after !== '' && left.endsWith(after) ? left.slice(0, -after.length) : left;
  return (
    /^[([+]*(?:\[[\p{L}-]+\])(?:[\s.,/()-]*\[[\p{L}-]+\])*[)\]]*$/u.test(rest.trim()) ||
    !shares(personal, rest)
  );
}
function shares(personal: string, rest: string): boolean {
  const plain = (text: string) => text.replace(/\[[\p{L}-]+\]/gu, ' ').toLowerCase();
  const pieces = personal.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [personal.toLowerCase()];
  return pieces.some((piece) => plain(rest).includes(piece));
}

export function measure(half: 'seen' | 'unseen'): Score[] {
  const all = sentences(half).map((sentence) => ({ ...sentence, stored: redact(sentence.text) }));
  return kinds.map((kind) => {
    const own = all.filter((sentence) => sentence.kind === kind);
    const missed = own.filter((sentence) => !isGone(sentence, sentence.stored));
    const label = labels[kind]!;
    const given = all.flatMap(({ stored, kind: found, text }) =>
      [...stored.matchAll(/\[[\p{L}-]+\]/gu)]
        .filter(([part]) => label.includes(part) && !text.includes(part))
        .map(([part]) => ({
          right:
            found !== null &&
            (labels[found]!.includes(part) || (numeric.has(part) && numeric.has(labels[found]![0]!))),
          text: `${text} → ${stored}`,
        })),
    );
    const wrong = given.filter(({ right }) => !right);
    return {
      kind,
      sentences: own.length,
      recall: own.length === 0 ? 1 : 1 - missed.length / own.length,
      precision: given.length === 0 ? 1 : 1 - wrong.length / given.length,
      missed: missed.map(({ text, stored }) => `${text} → ${stored}`),
      tooMuch: wrong.map(({ text }) => text),
    };
  });
}
