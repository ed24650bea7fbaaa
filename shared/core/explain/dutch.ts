import type { ExplainDimension } from '../../contract/explanation.ts';
import { endsOf, type Facts, figuresIn, type Language, type Part } from './facts.ts';

const { grade, size, signed, count, about } = figuresIn('nl-NL');

const plurals: Readonly<Record<ExplainDimension, string>> = {
  channel: 'kanalen',
  touchpoint: 'contactpunten',
  location: 'locaties',
  product: 'producten',
  language: 'talen',
  daypart: 'dagdelen',
};
const list = (items: readonly string[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} en ${items.at(-1)}`;
const way = (value: number) =>
  value < 0
    ? { verb: 'daalde', noun: 'daling', more: 'lagere' }
    : { verb: 'steeg', noun: 'stijging', more: 'hogere' };

function place(part: Part): string {
  if (part.kind === 'segment')
    return `${way(part.value).more} cijfers bij ‘${part.label}’ (van ${grade(part.from)} naar ${grade(part.to)})`;
  if (part.kind === 'everywhere')
    return `${way(part.value).more} cijfers bij alle ${plurals[part.dimension]}`;
  const mostly =
    part.mostly === 'newGone'
      ? ' (vooral groepen die nieuw zijn of wegvielen)'
      : part.mostly
        ? ` (vooral over de ${plurals[part.mostly]})`
        : '';
  return `een andere verdeling van de waarderingen${mostly}`;
}
const partText = (part: Part) => `${size(part.value)} punt in ${place(part)}`;

const moved = ({ means, change }: Facts) => {
  const [from, to] = endsOf(change);
  if (grade(means[0]) === grade(means[1]))
    return `Het cijfer ${way(change.value).verb} met ${size(change.value)} punt (marge ${size(from)} tot ${size(to)}), en blijft afgerond ${grade(means[0])}.`;
  return `Het cijfer ${way(change.value).verb} van ${grade(means[0])} naar ${grade(means[1])}: ${size(change.value)} punt (marge ${size(from)} tot ${size(to)}).`;
};
function located({ along, against }: Facts, more = ''): string {
  const other = against.length > 0 ? `; de andere kant op zit ${list(against.map(partText))}` : '';
  return `Daarvan zit ${list(along.map(partText))}${other}${more}.`;
}
const pace = (days: number | null) =>
  days === null ? '' : ` (bij het aantal van nu in ongeveer ${about(days)} dagen)`;

/** What could have been seen, and what it takes to see more. */
function unseen({ n, change, needed, days }: Facts): string {
  const half = `één groep met de helft van de ${way(change.value).noun}`;
  if (!needed || needed.perPeriod <= Math.min(...n))
    return `Bij deze aantallen was ${half} waarschijnlijk gezien: de rest is verspreid of zit in iets wat niet gevraagd is, zoals de wachttijd; een vraag naar de reden van het cijfer had dat verteld.`;
  return `Om ${half} te zien, zijn ongeveer ${about(needed.perPeriod)} waarderingen per periode nodig${pace(days)}; een vraag naar de reden van het cijfer had ook meer verteld.`;
}

export const dutch: Language = {
  noChange: ({ n, means, change, along, against, needed, days }) => {
    const proven = [...along, ...against];
    return [
      `Het cijfer ging van ${grade(means[0])} naar ${grade(means[1])}, een verschil van ${signed(change.value)} punt (marge ${signed(change.low)} tot ${signed(change.high)}): een verandering is niet aangetoond.`,
      ...(needed
        ? [
            `Met deze aantallen (${count(n[0])} en ${count(n[1])}) was een verandering vanaf ${size(needed.detectable)} punt waarschijnlijk gezien; voor de helft daarvan zijn ongeveer ${about(needed.perPeriod)} waarderingen per periode nodig${pace(days)}.`,
          ]
        : []),
      ...(proven.length > 0
        ? [`Wel aangetoond: ${list(proven.map((part) => `${signed(part.value)} punt in ${place(part)}`))}.`]
        : []),
    ];
  },
  explained: (facts) => {
    const { along, rest, change } = facts;
    const why = along.some((part) => part.kind !== 'mix')
      ? `Waarom de cijfers daar ${way(change.value).more === 'lagere' ? 'lager' : 'hoger'} zijn, staat niet in de aantallen: lees de reacties, of vraag naar de reden.`
      : `Binnen de groepen is geen verandering van de cijfers aangetoond; ${size(rest)} punt is niet toe te wijzen.`;
    return [moved(facts), located(facts), why];
  },
  partlyExplained: (facts) => [
    moved(facts),
    located(facts, `; van ${size(facts.rest)} punt is niet aan te tonen waar die zit`),
    unseen(facts),
  ],
  notExplained: (facts) => {
    const { mix, within, along, change } = facts;
    const some =
      along.length > 0
        ? `aangetoond is alleen ${list(along.map(partText))}`
        : `${signed(mix)} punt zit in een andere verdeling van de waarderingen en ${signed(within)} punt in andere cijfers binnen de groepen, maar geen groep springt eruit`;
    return [
      moved(facts),
      `Waar de ${way(change.value).noun} zit, is niet te zeggen: ${some}.`,
      unseen(facts),
    ];
  },
  broken: ({ touchpoints, date }, needed, days) => [
    `De cijfers van deze periodes zijn niet te vergelijken: de manier van vragen veranderde${touchpoints.length > 0 ? ` bij ${list(touchpoints)}` : ''}${date ? ` op ${date}` : ''}.`,
    'Een andere schaal alleen kan al ongeveer 0,3 punt schelen (Dawes, 2008), dus wat mensen anders vonden is niet te weten.',
    `Laat beide manieren naast elkaar lopen met elk ongeveer ${about(needed.perPeriod)} waarderingen${pace(days)}: dan is het verschil bekend met een marge van 0,2 punt.`,
  ],
  tooFew: ([before, after]) => [
    `Er zijn te weinig waarderingen om te vergelijken: ${count(before)} in de ene en ${count(after)} in de andere periode; vanaf 10 is er een gemiddelde.`,
  ],
};
