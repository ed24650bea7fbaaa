import { limits } from '#shared/contract/limits.ts';
import type { Rhythm, RhythmCell } from '#shared/contract/rhythm.ts';
import { TableFrame } from '../now/TableFrame.tsx';
import { cellAt, hoursOf, stepOf, weekdays } from './hours.ts';
import { useRhythmWords, weekdayName } from './words.ts';

/** Weekday by hour. Every cell holds its figure, so that the picture is the table. */
export function RhythmTable({
  rhythm,
  counts,
  period,
  picture,
}: {
  rhythm: Rhythm;
  counts: boolean;
  period: string;
  picture: string;
}) {
  const words = useRhythmWords();
  const { w, t, grade, whole, count } = words;
  const most = Math.max(...rhythm.cells.map(({ n }) => n ?? 0), 1);
  const shade = (cell: RhythmCell) => {
    if (counts) return `kp-rhythm__cell--count${Math.ceil(((cell.n ?? 0) / most) * 4)}`;
    return `kp-rhythm__cell--${cell.mean === null ? 'none' : `step${stepOf(cell, rhythm.total.mean) + 2}`}`;
  };
  const said = (cell: RhythmCell) => {
    if (cell.n === null) return w('cell.few', { n: limits.indicative });
    if (cell.low === null || cell.high === null) return count(cell.n);
    const band = t('figure.between', { low: grade(cell.low), high: grade(cell.high) });
    return `${grade(cell.mean)}, ${band} (${count(cell.n)})`;
  };
  return (
    <div className="kp-rhythm">
      <TableFrame caption={w('caption', { period })} picture={picture}>
        <thead>
          <tr>
            <th scope="col">{w('hour')}</th>
            {weekdays.map((day) => (
              <th key={day} scope="col">
                {weekdayName(day, words, 'short')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hoursOf(rhythm).map((hour) => (
            <tr key={hour}>
              <th scope="row">{w('hour.row', { from: `${hour}`, to: `${hour + 1}` })}</th>
              {weekdays.map((day) => {
                const cell = cellAt(rhythm, day, hour);
                if (!cell) return <td key={day} className="kp-rhythm__cell" />;
                return (
                  <td key={day} className={`kp-rhythm__cell ${shade(cell)}`} title={said(cell)}>
                    {cell.n === null ? (
                      <>
                        <span aria-hidden="true">–</span>
                        <span className="kp-hidden">{said(cell)}</span>
                      </>
                    ) : counts ? (
                      whole(cell.n)
                    ) : (
                      <span className={cell.enough === 'indicative' ? 'kp-rhythm__soft' : undefined}>
                        {grade(cell.mean)}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </div>
  );
}
