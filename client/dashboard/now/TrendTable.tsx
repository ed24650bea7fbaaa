import { useWords } from '../messages/words.tsx';
import { TableFrame } from './TableFrame.tsx';
import type { NowFigures } from './useFigures.ts';

const dayLength = 86_400_000;

/** The lines of the last weeks as a table, the newest week first. */
export function TrendTable({ figures }: { figures: NowFigures }) {
  const { t, grade, whole, date } = useWords();
  const { rows } = figures;
  const weeks = rows[0]?.trend.weeks ?? [];
  return (
    <TableFrame caption={t('table.trend')}>
      <thead>
        <tr>
          <th scope="col">{t('table.week')}</th>
          {rows.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks
          .map(({ day }, index) => (
            <tr key={day}>
              <th scope="row">{date(day * dayLength + dayLength / 2)}</th>
              {rows.map((row) => {
                const stat = row.trend.weeks[index]?.stat;
                const broken = row.trend.breaks.find(({ before }) => before === index);
                return (
                  <td key={row.key}>
                    {grade(stat?.mean)}{' '}
                    <span className="kp-table__soft">{t('table.count', { n: whole(stat?.n ?? 0) })}</span>
                    {broken && <span className="kp-table__soft"> {broken.label || t('chart.break')}</span>}
                  </td>
                );
              })}
            </tr>
          ))
          .toReversed()}
      </tbody>
    </TableFrame>
  );
}
