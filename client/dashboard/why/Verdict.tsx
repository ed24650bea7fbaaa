import type { Explanation } from '#shared/contract/explanation.ts';
import type { Stat } from '#shared/contract/figures.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Range } from '../figures/period.ts';
import { marginWords } from '../figures/verdict.ts';
import type { Question } from './question.ts';
import { VerdictWords } from './VerdictWords.tsx';
import { useWhyWords } from './words.ts';

/** Changes stand out in a sentence: "0,20 punt", "−0.04 points". */
const points = /([+−]?\d+[.,]\d\d (?:punt|points))(?!\p{L})/u;

export function Sentence({ text }: { text: string }) {
  const parts = text.split(points);
  return parts.map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name than their place
    index % 2 === 1 ? <strong key={index}>{part}</strong> : part,
  );
}

export const isFew = ({ verdict, base, current }: Explanation): boolean =>
  verdict === 'not-comparable' && Math.min(base.n, current.n) < limits.indicative;

function Period({
  name,
  stat,
  range,
  fresh,
}: {
  name: string;
  stat: Stat;
  range: Range;
  fresh?: string | undefined;
}) {
  const words = useWhyWords();
  const { w, t, grade, count, days } = words;
  const margin = marginWords(stat, false, words);
  const absent = stat.mixedMethods
    ? w('period.mixed')
    : stat.mean === null && stat.n > 0
      ? w('period.few')
      : null;
  return (
    <div className="kp-why__period">
      <dt>{name}</dt>
      <dd>
        <span className="kp-why__grade">{grade(stat.mean)}</span>
        <span>
          {days(range)}
          {fresh && `, ${fresh}`}
          <br />
          {count(stat.n)}
          {margin && ` · ${t('figure.marginWords', { margin })}`}
          {absent && ` · ${absent}`}
        </span>
      </dd>
    </div>
  );
}

/** What is the case, in sentences; then how sure that is, and what it is about. */
export function Verdict({
  explanation,
  question,
  about,
  fresh,
}: {
  explanation: Explanation;
  question: Question;
  about: string | null;
  fresh: string | undefined;
}) {
  const { w, said } = useWhyWords();
  const { base, current, verdict } = explanation;
  const [headline = '', ...more] = said(explanation);
  // What can be done about it has a place of its own.
  const rest = verdict === 'not-comparable' ? more.slice(0, -1) : more;
  return (
    <section className="kp-why__top" aria-labelledby="headline">
      <div>
        {about && <p className="kp-why__about">{about}</p>}
        <h1 id="headline" className="kp-why__headline">
          {headline}
        </h1>
        {rest.map((sentence) => (
          <p key={sentence} className="kp-why__sentence">
            <Sentence text={sentence} />
          </p>
        ))}
      </div>
      <div className="kp-why__side">
        <VerdictWords verdict={verdict} few={isFew(explanation)} />
        <dl className="kp-why__periods">
          <Period name={w('was')} stat={base} range={question.base} />
          <Period name={w('is')} stat={current} range={question.current} fresh={fresh} />
        </dl>
      </div>
    </section>
  );
}
