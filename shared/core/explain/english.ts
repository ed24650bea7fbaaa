import type { ExplainDimension } from '../../contract/explanation.ts';
import { endsOf, type Facts, figuresIn, type Language, type Part } from './facts.ts';

const { grade, size, signed, count, about } = figuresIn('en-GB');

const plurals: Readonly<Record<ExplainDimension, string>> = {
  channel: 'channels',
  touchpoint: 'touchpoints',
  location: 'locations',
  product: 'products',
  language: 'languages',
  daypart: 'parts of the day',
};
const list = (items: readonly string[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
const way = (value: number) =>
  value < 0 ? { verb: 'fell', noun: 'fall', more: 'lower' } : { verb: 'rose', noun: 'rise', more: 'higher' };

function place(part: Part): string {
  if (part.kind === 'segment')
    return `${way(part.value).more} grades at ‘${part.label}’ (from ${grade(part.from)} to ${grade(part.to)})`;
  if (part.kind === 'everywhere') return `${way(part.value).more} grades at all ${plurals[part.dimension]}`;
  const mostly =
    part.mostly === 'newGone'
      ? ' (mostly groups that are new or gone)'
      : part.mostly
        ? ` (mostly over the ${plurals[part.mostly]})`
        : '';
  return `a different distribution of the ratings${mostly}`;
}
const partText = (part: Part) => `${size(part.value)} points lie in ${place(part)}`;

const moved = ({ means, change }: Facts) => {
  const [from, to] = endsOf(change);
  if (grade(means[0]) === grade(means[1]))
    return `The grade ${way(change.value).verb} by ${size(change.value)} points (margin ${size(from)} to ${size(to)}), and is still ${grade(means[0])} when rounded.`;
  return `The grade ${way(change.value).verb} from ${grade(means[0])} to ${grade(means[1])}: ${size(change.value)} points (margin ${size(from)} to ${size(to)}).`;
};
function located({ along, against }: Facts, more = ''): string {
  const other = against.length > 0 ? `; the other way ${list(against.map(partText))}` : '';
  return `Of this, ${list(along.map(partText))}${other}${more}.`;
}
const pace = (days: number | null) =>
  days === null ? '' : ` (at the present pace about ${about(days)} days)`;

function unseen({ n, change, needed, days }: Facts): string {
  const half = `one group with half of the ${way(change.value).noun}`;
  if (!needed || needed.perPeriod <= Math.min(...n))
    return `With these numbers ${half} would probably have been seen: the rest is spread out, or lies in something that was not asked, such as the waiting time; a question about the reason for the grade would have told.`;
  return `To see ${half} takes about ${about(needed.perPeriod)} ratings per period${pace(days)}; a question about the reason for the grade would also have told more.`;
}

export const english: Language = {
  noChange: ({ n, means, change, along, against, needed, days }) => {
    const proven = [...along, ...against];
    return [
      `The grade went from ${grade(means[0])} to ${grade(means[1])}, a difference of ${signed(change.value)} points (margin ${signed(change.low)} to ${signed(change.high)}): no change is proven.`,
      ...(needed
        ? [
            `With these numbers (${count(n[0])} and ${count(n[1])}) a change of ${size(needed.detectable)} points or more would probably have been seen; half of that takes about ${about(needed.perPeriod)} ratings per period${pace(days)}.`,
          ]
        : []),
      ...(proven.length > 0
        ? [
            `Proven all the same: ${list(proven.map((part) => `${signed(part.value)} points in ${place(part)}`))}.`,
          ]
        : []),
    ];
  },
  explained: (facts) => {
    const { along, rest, change } = facts;
    const why = along.some((part) => part.kind !== 'mix')
      ? `Why the grades there are ${way(change.value).more} is not in the counts: read the comments, or ask for the reason.`
      : `Within the groups no change of the grades is proven; ${size(rest)} points cannot be assigned.`;
    return [moved(facts), located(facts), why];
  },
  partlyExplained: (facts) => [
    moved(facts),
    located(facts, `; where ${size(facts.rest)} points lie cannot be shown`),
    unseen(facts),
  ],
  notExplained: (facts) => {
    const { mix, within, along, change } = facts;
    const some =
      along.length > 0
        ? `proven is only that ${list(along.map(partText))}`
        : `${signed(mix)} points lie in a different distribution of the ratings and ${signed(within)} points in different grades within the groups, but no group stands out`;
    return [moved(facts), `Where the ${way(change.value).noun} lies cannot be said: ${some}.`, unseen(facts)];
  },
  broken: ({ touchpoints, date }, needed, days) => [
    `The grades of these periods cannot be compared: the way of asking changed${touchpoints.length > 0 ? ` at ${list(touchpoints)}` : ''}${date ? ` on ${date}` : ''}.`,
    'Another scale alone can make about 0.3 points of difference (Dawes, 2008), so what people thought differently cannot be known.',
    `Let both ways run side by side with about ${about(needed.perPeriod)} ratings each${pace(days)}: then the difference is known with a margin of 0.2 points.`,
  ],
  tooFew: ([before, after]) => [
    `There are too few ratings to compare: ${count(before)} in one period and ${count(after)} in the other; from 10 there is a mean.`,
  ],
};
