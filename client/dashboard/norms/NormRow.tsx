import { useRef, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { may } from '#shared/contract/permissions.ts';
import type { MeasuredNorm, ShareFigures } from '#shared/contract/service-norms.ts';
import { LineChart } from '../../ui/line-chart/LineChart.tsx';
import { fileNameOf } from '../../ui/save/save.ts';
import { Verdict } from '../../ui/verdict/Verdict.tsx';
import { SavePicture } from '../now/SavePicture.tsx';
import { TableFrame } from '../now/TableFrame.tsx';
import { NormForm } from './NormForm.tsx';
import { useNormWords } from './words.ts';

const tones = { met: 'good', 'not-met': 'bad', undecided: 'warn' } as const;

/** A promise, how often it is kept, and how that went. The chart is in percent. */
export function NormRow({
  norm,
  account,
  answerKeys,
}: {
  norm: MeasuredNorm;
  account: Account;
  answerKeys: readonly string[];
}) {
  const { w, t, share, whole, monthName, dayAndMonth } = useNormWords();
  const [changing, setChanging] = useState(false);
  const picture = useRef<SVGSVGElement>(null);
  const { promise, points, target } = norm;
  const count = (n: number) => (n === 1 ? w('count.one') : w('count', { n: whole(n) }));
  const described = ({ start, ...point }: ShareFigures & { start: string }) => {
    const { low, high } = point;
    const values = { when: monthName(start), n: count(point.n) };
    if (point.share === null || low === null || high === null) return w('chart.few', values);
    return w('chart.point', { ...values, share: share(point.share), low: share(low), high: share(high) });
  };
  const levels = points.flatMap(({ low, high }) => (low === null || high === null ? [] : [low, high]));
  const least = Math.min(...levels, target ?? 1);
  const range = [Math.max(0, Math.floor(least * 10) * 10), 100] as const;
  return (
    <li className="kp-norm">
      <div className="kp-norm__head">
        <h2 className="kp-norm__promise">{promise}</h2>
        <p className="kp-norm__share">
          <strong>{norm.share === null ? t('figure.missing') : share(norm.share)}</strong>{' '}
          {norm.low !== null && norm.high !== null
            ? w('between', { low: share(norm.low), high: share(norm.high) })
            : w('few')}{' '}
          · {count(norm.n)} · {target === null ? w('no-target') : w('target', { share: share(target) })}
        </p>
        {norm.verdict && <Verdict tone={tones[norm.verdict]} word={w(norm.verdict)} />}
        <p className="kp-norm__question">{w('measured.by', { question: norm.question })}</p>
      </div>
      {points.length > 1 && (
        <LineChart
          points={points.map((point) => ({
            value: point.share === null ? null : point.share * 100,
            low: point.low === null ? null : point.low * 100,
            high: point.high === null ? null : point.high * 100,
            target: target === null ? undefined : target * 100,
          }))}
          range={range}
          ticks={[range[0], Math.round((range[0] + 100) / 2), 100]}
          height={180}
          label={w('chart.label', { promise })}
          describe={(index) => {
            const point = points[index];
            return point ? described(point) : '';
          }}
          words={{
            mark: (value) => share(value / 100),
            below: (index) => dayAndMonth(points[index]?.start ?? 0).replace(/[\d. ]+/g, ''),
            target: (value) => w('target', { share: share(value / 100) }),
          }}
          picture={picture}
        />
      )}
      {points.length > 1 && (
        <p className="kp-norm__links kp-screen">
          <SavePicture picture={picture} name={fileNameOf(promise, '').slice(0, -1)} about={promise} />
        </p>
      )}
      {points.length > 0 && (
        <details className="kp-norm__table">
          <summary>{w('table.show')}</summary>
          <TableFrame caption={w('table.caption', { promise })}>
            <thead>
              <tr>
                {(['when', 'share', 'band', 'n'] as const).map((head) => (
                  <th key={head} scope="col">
                    {w(`table.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map((point) => (
                <tr key={point.start}>
                  <th scope="row">{monthName(point.start)}</th>
                  <td>{point.share === null ? t('figure.missing') : share(point.share)}</td>
                  <td>
                    {point.low !== null &&
                      point.high !== null &&
                      t('figure.between', { low: share(point.low), high: share(point.high) })}
                  </td>
                  <td>{whole(point.n)}</td>
                </tr>
              ))}
            </tbody>
          </TableFrame>
        </details>
      )}
      {may(account.role, 'indicators') &&
        (changing ? (
          <NormForm norm={norm} answerKeys={answerKeys} onDone={() => setChanging(false)} />
        ) : (
          <button type="button" className="kp-quiet kp-screen" onClick={() => setChanging(true)}>
            {w('edit')}
            <span className="kp-hidden"> {promise}</span>
          </button>
        ))}
    </li>
  );
}
