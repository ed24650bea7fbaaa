import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { Distribution } from '../../ui/distribution/Distribution.tsx';
import { Grade } from '../../ui/grade/Grade.tsx';
import { Sparkline } from '../../ui/sparkline/Sparkline.tsx';
import { Verdict } from '../../ui/verdict/Verdict.tsx';
import { changeWords, derivedWords, marginWords, toneOf, verdictWords } from '../figures/verdict.ts';
import { useWords, type Words } from '../messages/words.tsx';
import { figureSearch } from '../search.ts';
import { CommentsLink } from './CommentsLink.tsx';
import type { By, Row, Trend, Week } from './rows.ts';
import { WhyLink } from './WhyLink.tsx';

const dayLength = 86_400_000;

export function weekWords({ day, stat, running }: Week, { t, dayAndMonth, grade, count }: Words): string {
  const words = t('chart.trend.point', {
    date: dayAndMonth(day * dayLength + dayLength / 2),
    grade: grade(stat.mean),
    count: count(stat.n),
  });
  return running ? t('chart.trend.running', { words }) : words;
}

/** The line of the weeks, drawn again only when it is another one. */
const TrendLine = memo(
  ({
    label,
    trend,
    target,
    from,
    to,
  }: {
    label: string;
    trend: Trend;
    target: number | undefined;
    from: number;
    to: number;
  }) => {
    const words = useWords();
    const { t, grade } = words;
    if (trend.weeks.every((week) => week.stat.mean === null)) return null;
    return (
      <Sparkline
        points={trend.weeks.map((week) => ({ value: week.stat.mean, running: week.running }))}
        breaks={trend.breaks.map(({ before }) => ({ before, label: t('chart.break') }))}
        target={target}
        targetLabel={target === undefined ? undefined : grade(target)}
        range={[from, to]}
        label={t('chart.trend', { name: label })}
        describe={(index) => {
          const week = trend.weeks[index];
          return week ? weekWords(week, words) : '';
        }}
      />
    );
  },
);

const NameLink = memo(({ channel, label }: { channel: string; label: string }) => (
  <Link
    to="/"
    search={(search) => ({ ...search, channel: [channel] })}
    className="kp-row__link"
    title={useWords().t('now.drill', { name: label })}
  >
    {label}
  </Link>
));

/** What is under the figure: how it went, and what people wrote. */
const Under = memo(({ by, about, label }: { by: By; about: string; label: string }) => (
  <>
    <Link
      to="/verloop"
      search={(search) => ({ ...figureSearch(search), [by]: [about] })}
      className="kp-why-link kp-row__trend-link kp-screen"
    >
      {useWords().t('now.trend')}
      <span className="kp-hidden"> {label}</span>
    </Link>
    <CommentsLink under={{ [by]: [about] }} about={label} />
  </>
));

/** A subject on the report: name, grade, how it is spread, how it went, and what that means. */
export function RowView({
  row,
  by,
  running,
  previous,
  range,
}: {
  row: Row;
  by: By;
  running: boolean;
  previous: string;
  range: readonly [number, number];
}) {
  const words = useWords();
  const { t, grade, count, share } = words;
  const { stat, label, key } = row;
  const verdict = verdictWords(stat, running, words);
  const change = changeWords(row.change, previous, words);

  return (
    <li className="kp-row">
      <div className="kp-row__name">
        <h3 className="kp-row__label">
          {by === 'channel' && key !== '' ? <NameLink channel={key} label={label} /> : label}
        </h3>
        <p className="kp-row__count">{count(stat.n)}</p>
        {stat.derived && <p className="kp-row__count">{derivedWords(stat.derived, words)}</p>}
      </div>
      <p className="kp-row__grade">
        <Grade text={grade(stat.mean)} size="row" tone={toneOf(stat)} />
        <span className="kp-row__margin">
          {marginWords(stat, running, words)}
          {stat.enough === 'indicative' && <span className="kp-row__tag">{t('figure.indicative')}</span>}
        </span>
      </p>
      <div className="kp-row__chart">
        {stat.n > 0 && (
          <Distribution
            counts={stat.histogram}
            label={t('chart.distribution', { name: label })}
            describe={(step, n) =>
              t('chart.distribution.bar', {
                step,
                count: count(n),
                share: share(stat.n > 0 ? n / stat.n : 0),
              })
            }
          />
        )}
      </div>
      <div className="kp-row__chart kp-row__trend">
        <TrendLine label={label} trend={row.trend} target={stat.target} from={range[0]} to={range[1]} />
      </div>
      <p className="kp-row__verdict">
        <Verdict tone={verdict.tone} word={verdict.word}>
          {verdict.detail}
        </Verdict>
        {change && verdict.kind !== 'mixed' && (
          <span className="kp-row__change">
            {change}{' '}
            {(row.change.kind === 'higher' || row.change.kind === 'lower') && key !== '' && (
              <WhyLink narrowing={{ [by]: [key] }} about={`${label}, ${change}`} />
            )}
          </span>
        )}
        {key !== '' && stat.n > 0 && <Under by={by} about={key} label={label} />}
      </p>
    </li>
  );
}
