import { Grade } from '../../ui/grade/Grade.tsx';
import { PulseLine } from '../../ui/pulse-line/PulseLine.tsx';
import { Verdict } from '../../ui/verdict/Verdict.tsx';
import { changeWords, derivedWords, marginWords, toneOf, verdictLine } from '../figures/verdict.ts';
import { headlineOf } from '../headline.ts';
import type { LiveState } from '../live/connection.ts';
import { useNow } from '../live/useLive.ts';
import { useWords } from '../messages/words.tsx';
import { ChosenFilters } from './ChosenFilters.tsx';
import { periodWords, previousWords } from './periodWords.ts';
import type { NowFigures } from './useFigures.ts';
import { WhyLink } from './WhyLink.tsx';

/** How far the line reaches back: further when one has looked for longer, in steps, so that dots keep their places. */
const spans = [2, 5, 10].map((minutes) => minutes * 60_000);

function Pulses({ live }: { live: LiveState }) {
  const { t, time, whole, ago } = useWords();
  const now = useNow();
  const span = spans.find((each) => now - live.since <= each) ?? spans.at(-1)!;
  const since = { time: time(live.since), n: whole(live.received) };
  const words = t(
    live.received === 0 ? 'pulse.none' : live.received === 1 ? 'pulse.one' : 'pulse.some',
    since,
  );
  return (
    <PulseLine
      pulses={live.pulses}
      since={live.since}
      now={now}
      span={span}
      label={words}
      start={ago(span)}
      end={words}
    />
  );
}

/** The grade of the whole, what it means, and the ratings as they come in. */
export function Hero({ figures }: { figures: NowFigures }) {
  const words = useWords();
  const { t, grade, count } = words;
  const { total, running, period, range, by, rows, live } = figures;
  const groups = rows.map(({ key, label, stat }) => ({ ...stat, key, label }));
  const verdict = verdictLine(total, running, words);
  const margin = marginWords(total, running, words);
  const change = changeWords(figures.change, previousWords(period, words), words);
  const moved = figures.change.kind === 'higher' || figures.change.kind === 'lower';
  const why = change && moved && <WhyLink about={change} />;
  const facts = [
    margin && t('figure.marginWords', { margin }),
    total.enough === 'indicative' && t('figure.indicative'),
    total.target === undefined ? t('figure.noTarget') : t('figure.target', { target: grade(total.target) }),
  ].filter(Boolean);

  return (
    <section className="kp-hero" aria-labelledby="headline">
      <p className="kp-hero__grade">
        <span className="kp-hidden">{t('figure.grade')} </span>
        <Grade text={grade(total.mean)} size="hero" tone={toneOf(total)} />
      </p>
      <div className="kp-hero__words">
        <h1 id="headline" className="kp-hero__headline">
          {headlineOf(total, groups, { by, subject: figures.subject }, words)}
        </h1>
        <p className="kp-hero__facts">
          <strong>{count(total.n)}</strong> {periodWords(period, range, words)}
          {facts.map((fact) => ` · ${fact}`)}
        </p>
        {total.n > 0 && verdict.kind !== 'untargeted' && (
          <p className="kp-hero__facts">
            <Verdict tone={verdict.tone} word={verdict.word} />
            {verdict.detail && <span className="kp-hero__soft"> · {verdict.detail}</span>}
            {change && verdict.kind !== 'mixed' && (
              <span className="kp-hero__soft">
                {' '}
                · {change} {why}
              </span>
            )}
          </p>
        )}
        {verdict.kind === 'untargeted' && change && (
          <p className="kp-hero__facts">
            {change} {why}
          </p>
        )}
        {total.derived && (
          <p className="kp-hero__facts kp-hero__soft">{derivedWords(total.derived, words)}</p>
        )}
        <ChosenFilters figures={figures} />
        {running && (
          <div className="kp-screen">
            <Pulses live={live} />
          </div>
        )}
      </div>
    </section>
  );
}
