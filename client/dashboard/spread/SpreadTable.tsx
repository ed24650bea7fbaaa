import { Link, useSearch } from '@tanstack/react-router';
import type { Stat } from '#shared/contract/figures.ts';
import type { Spread } from '#shared/core/spread.ts';
import { Distribution } from '../../ui/distribution/Distribution.tsx';
import { TableFrame } from '../now/TableFrame.tsx';
import { figureSearch, type SideBySide } from '../search.ts';
import type { SpreadRow } from './groups.ts';
import type { SpreadWords } from './words.ts';

function Figures({
  name,
  stat,
  spread,
  words,
}: {
  name: string;
  stat: Stat;
  spread: Spread;
  words: SpreadWords;
}) {
  const { w, grade, whole, share, count } = words;
  return (
    <>
      <td>{whole(stat.n)}</td>
      <td>
        <strong>{grade(stat.mean)}</strong>
      </td>
      <td className="kp-spread__bars">
        <Distribution
          counts={stat.histogram}
          label={w('bars', { name })}
          describe={(step, n) => w('bar', { step, count: count(n), share: share(n / Math.max(1, stat.n)) })}
        />
      </td>
      <td>{share(spread.low)}</td>
      <td>{share(spread.middle)}</td>
      <td>{share(spread.high)}</td>
      <td>{grade(spread.sd)}</td>
      <td>
        {spread.p10} · {spread.p50} · {spread.p90}
      </td>
    </>
  );
}

/** How the grades of each group lie apart; the bars and the figures beside them say the same. */
export function SpreadTable({
  rows,
  total,
  group,
  nameOf,
  period,
  words,
}: {
  rows: readonly SpreadRow[];
  total: { stat: Stat; spread: Spread };
  group: SideBySide;
  nameOf: (row: SpreadRow) => string;
  period: string;
  words: SpreadWords;
}) {
  const { w, grade } = words;
  const search = useSearch({ from: '__root__' });
  const heads = ['n', 'grade', 'bars', 'low', 'middle', 'high', 'sd', 'middleRange'] as const;
  const difference = ({ difference: found }: SpreadRow) => {
    if (found.kind === 'none') return '';
    return 'by' in found ? w(found.kind, { n: grade(found.by) }) : w(found.kind);
  };
  return (
    <TableFrame caption={w('caption', { period })} picture={w('caption', { period })}>
      <thead>
        <tr>
          <th scope="col">{w('column.name')}</th>
          {heads.map((head) => (
            <th key={head} scope="col">
              {w(`column.${head}`)}
            </th>
          ))}
          <th scope="col" className="kp-table__words">
            {w('column.difference')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row" className="kp-spread__name">
              {row.key === '' || !row.shown ? (
                nameOf(row)
              ) : (
                <Link to="/verloop" search={{ ...figureSearch(search), [group]: [row.key] }}>
                  {nameOf(row)}
                </Link>
              )}
            </th>
            {row.shown && row.spread ? (
              <>
                <Figures name={nameOf(row)} stat={row.stat} spread={row.spread} words={words} />
                <td className="kp-table__words">{difference(row)}</td>
              </>
            ) : (
              <td colSpan={heads.length + 1} className="kp-spread__hidden">
                {w('hidden')}
              </td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{w('total')}</th>
          <Figures name={w('total')} stat={total.stat} spread={total.spread} words={words} />
          <td />
        </tr>
      </tfoot>
    </TableFrame>
  );
}
