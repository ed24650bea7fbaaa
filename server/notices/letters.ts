import type { Stat, Summary } from '#shared/contract/figures.ts';
import type { Letter, LetterLanguage } from '#shared/contract/mail-wishes.ts';
import type { Signal } from '#shared/contract/signals.ts';
import { startOfDay } from '#shared/core/calendar.ts';
import { type LetterWords, wordsOf } from './words.ts';

export interface Reader {
  language: LetterLanguage;
  municipality: string;
  /** Without it a letter has no links. */
  publicUrl: string | null;
  mayReadComments: boolean;
}
export interface Week {
  /** Its Monday and Sunday, as days. */
  from: number;
  to: number;
  dates: { from: string; to: string };
  now: Summary;
  before: Summary;
  signals: Signal[];
}

type Query = Record<string, string | string[] | undefined>;
function linkTo(publicUrl: string | null, label: string, path: string, query: Query = {}): string[] {
  if (publicUrl === null) return [];
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, one]),
  );
  const search = pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
  return [`${label}:`, `${publicUrl}${path}${search}`, ''];
}
const endOf = (words: LetterWords, { publicUrl }: Reader): string[] => [
  '--',
  `${words.end}${publicUrl === null ? '.' : `: ${publicUrl}/account`}`,
];

function figureOf(stat: Stat, words: LetterWords): string {
  if (stat.mixedMethods) return words.mixed;
  if (stat.enough === 'none' || stat.mean === null) return words.few;
  const verdict =
    stat.target === undefined || stat.verdict === undefined
      ? []
      : [words.target(words.grade(stat.target), stat.verdict)];
  return [`${words.grade(stat.mean)} (${words.ratings(words.whole(stat.n))})`, ...verdict].join(', ');
}

/** What a week was like, for who does not look every day. */
export function digestOf({ from, to, dates, now, before, signals }: Week, reader: Reader): Letter {
  const words = wordsOf(reader.language);
  const { publicUrl, municipality } = reader;
  const [monday, sunday] = [words.day(startOfDay(from)), words.day(startOfDay(to))];
  const earlier =
    before.total.enough === 'none' || before.total.mean === null
      ? ''
      : ` ${words.before(words.grade(before.total.mean))}`;
  const lines = [
    `${words.week(monday, sunday)}`,
    '',
    `${words.total}: ${figureOf(now.total, words)}.${earlier}`,
    '',
    words.groups,
    ...now.groups.filter(({ n }) => n > 0).map((group) => `- ${group.label}: ${figureOf(group, words)}`),
    '',
    words.signals,
    ...(signals.length === 0 ? [words.none] : signals.map((signal) => `- ${lineOf(signal, words)}`)),
    '',
    ...linkTo(publicUrl, words.figures, '/', dates),
    ...(reader.mayReadComments ? linkTo(publicUrl, words.comments, '/reacties', dates) : []),
    ...endOf(words, reader),
  ];
  return { subject: words.digest(municipality, monday), text: lines.join('\n') };
}

const figuresOf = ({ label, meanBefore, meanSince }: Signal, words: LetterWords) =>
  [label, words.grade(meanBefore), words.grade(meanSince)] as const;
const lineOf = (signal: Signal, words: LetterWords) =>
  words.signalLine(...figuresOf(signal, words), words.day(Date.parse(signal.since)));

/** That a grade fell, with what was seen and where to look. */
export function signalLetter(signal: Signal, reader: Reader): Letter {
  const words = wordsOf(reader.language);
  const { publicUrl } = reader;
  const subject = words.signal(...figuresOf(signal, words));
  const { from, to, baseFrom, baseTo, channel, touchpoint, by } = signal.explanation;
  const why = { from, to, baseFrom, baseTo, channel, touchpoint, by };
  const lines = [
    `${subject}.`,
    '',
    words.signalBody(words.day(Date.parse(signal.since)), words.whole(signal.nSince)),
    '',
    ...linkTo(publicUrl, words.why, '/waarom', why),
    ...linkTo(publicUrl, words.seen, '/signalen'),
    ...endOf(words, reader),
  ];
  return { subject, text: lines.join('\n') };
}
