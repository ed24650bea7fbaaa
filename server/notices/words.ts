import type { Stat } from '#shared/contract/figures.ts';
import type { LetterLanguage } from '#shared/contract/mail-wishes.ts';

const dutch = {
  week: (from: string, to: string) => `Week van ${from} t/m ${to}`,
  digest: (municipality: string, from: string) => `Klantpuls van ${municipality}: de week van ${from}`,
  total: 'Rapportcijfer',
  before: (grade: string) => `De week ervoor: ${grade}.`,
  groups: 'Per kanaal',
  ratings: (n: string) => `${n} cijfers`,
  few: 'minder dan 10 cijfers, te weinig om iets van te zeggen',
  mixed: 'vraag of schaal wijzigde in deze week: geen gemiddelde',
  target: (target: string, verdict: NonNullable<Stat['verdict']>) =>
    `norm ${target}: ${{ met: 'gehaald', 'not-met': 'niet gehaald', undecided: 'nog niet te zeggen' }[verdict]}`,
  signals: 'Signalen van deze week',
  none: 'Geen.',
  signal: (label: string, before: string, since: string) =>
    `Signaal: het cijfer van ${label} daalde van ${before} naar ${since}`,
  signalLine: (label: string, before: string, since: string, date: string) =>
    `${label}: van ${before} naar ${since}, sinds ${date}`,
  signalBody: (since: string, n: string) =>
    `Waarschijnlijk sinds ${since}. Sindsdien kwamen ${n} cijfers binnen. Kijk wat er veranderde voordat u iets besluit: een enkele keer is zo'n signaal toeval.`,
  why: 'Waar de daling zit',
  seen: 'Gezien of afgehandeld? Zet het hier neer',
  figures: 'Bekijk de cijfers van deze week',
  comments: 'Lees de reacties van deze week',
  end: 'U krijgt deze mail omdat u dat koos bij Mijn account. Daar zet u hem ook weer uit',
};
const english: typeof dutch = {
  week: (from, to) => `Week from ${from} to ${to}`,
  digest: (municipality, from) => `Klantpuls of ${municipality}: the week from ${from}`,
  total: 'Grade',
  before: (grade) => `The week before: ${grade}.`,
  groups: 'By channel',
  ratings: (n) => `${n} ratings`,
  few: 'fewer than 10 ratings, too few to say anything',
  mixed: 'question or scale changed in this week: no average',
  target: (target, verdict) =>
    `target ${target}: ${{ met: 'met', 'not-met': 'not met', undecided: 'too early to tell' }[verdict]}`,
  signals: 'Signals of this week',
  none: 'None.',
  signal: (label, before, since) => `Signal: the grade of ${label} fell from ${before} to ${since}`,
  signalLine: (label, before, since, date) => `${label}: from ${before} to ${since}, since ${date}`,
  signalBody: (since, n) =>
    `Most likely since ${since}. ${n} ratings came in since. Look at what changed before you decide anything: once in a while such a signal is chance.`,
  why: 'Where the fall is',
  seen: 'Seen or settled? Say so here',
  figures: 'See the figures of this week',
  comments: 'Read the comments of this week',
  end: 'You get this mail because you chose so under My account. There you stop it as well',
};

/** The words of a letter, with numbers and days as that language writes them. */
export function wordsOf(language: LetterLanguage) {
  const locale = { nl: 'nl-NL', en: 'en-GB' }[language];
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, {
    timeZone: 'Europe/Amsterdam',
    day: 'numeric',
    month: 'long',
  });
  return {
    ...{ nl: dutch, en: english }[language],
    grade: (value: number) => decimal.format(value),
    whole: (value: number) => whole.format(value),
    day: (at: number) => day.format(at),
  };
}
export type LetterWords = ReturnType<typeof wordsOf>;
