import { useSearch } from '@tanstack/react-router';
import type { Account } from '#shared/contract/access.ts';
import { Grade } from '../../ui/grade/Grade.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { Verdict } from '../../ui/verdict/Verdict.tsx';
import { toneOf, verdictLine, verdictWords } from '../figures/verdict.ts';
import { LiveWords } from '../live/LiveWords.tsx';
import { useTitle, useWords } from '../messages/words.tsx';
import { periodWords } from '../now/periodWords.ts';
import { useFigures } from '../now/useFigures.ts';
import './wallboard.css';

/** For a screen in the hall, to be read from six metres: no controls, only what matters. */
export function Wallboard({ account }: { account: Account }) {
  const words = useWords();
  const { t, grade, count } = words;
  const search = useSearch({ from: '__root__' });
  const figures = useFigures(search, true);
  const { live, total, rows, running, period, range } = figures;
  useTitle(live.summary ? grade(total.mean) : null, t('wallboard.title'));
  const line = verdictLine(total, running, words);

  return (
    <main className="kp-wall">
      {live.summary ? (
        <>
          <section className="kp-wall__total" aria-label={t('table.total')}>
            <h1 className="kp-wall__name">{account.municipality}</h1>
            <p className="kp-wall__grade">
              <Grade text={grade(total.mean)} size="hero" tone={toneOf(total)} />
            </p>
            <p className="kp-wall__facts">
              {count(total.n)} {periodWords(period, range, words)}
            </p>
            {total.target !== undefined && (
              <p className="kp-wall__facts">
                <Verdict tone={line.tone} word={line.word} />
              </p>
            )}
          </section>
          <ul className="kp-wall__rows">
            {rows.slice(0, 8).map(({ key, label, stat }) => {
              const verdict = verdictWords(stat, running, words);
              return (
                <li key={key} className="kp-wall__row">
                  <h2 className="kp-wall__label">{label}</h2>
                  <Grade text={grade(stat.mean)} size="row" tone={toneOf(stat)} />
                  <p className="kp-wall__verdict">
                    <Verdict tone={verdict.tone} word={verdict.word} />
                  </p>
                </li>
              );
            })}
          </ul>
        </>
      ) : (
        <Skeleton words={t('app.loading')} />
      )}
      <p className="kp-wall__foot">
        <span>{t('wallboard.scale')}</span>
        <LiveWords live={live} />
      </p>
    </main>
  );
}
