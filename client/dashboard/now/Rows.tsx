import { useWords } from '../messages/words.tsx';
import { periodWords, previousWords } from './periodWords.ts';
import { RowView } from './RowView.tsx';
import { rangeOfRows } from './rows.ts';
import { Pictured } from './SavePicture.tsx';
import type { NowFigures } from './useFigures.ts';

export function Rows({ figures }: { figures: NowFigures }) {
  const words = useWords();
  const { t, mark, dayAndMonth } = words;
  const { rows, by, running, period } = figures;
  const range = rangeOfRows(rows);
  const scale = t('now.column.scale', { from: mark(range[0]), to: mark(range[1]) });
  const trend = running
    ? t('now.column.trend')
    : t('now.column.trendTo', { date: dayAndMonth(figures.range.to) });
  return (
    <Pictured name={`${t(`now.rows.${by}`)}, ${periodWords(period, figures.range, words)}`}>
      <div className="kp-sheet">
        <div className="kp-row kp-row--head" aria-hidden="true">
          <span>{t(`now.column.${by}`)}</span>
          <span>{t('now.column.grade')}</span>
          <span>{t('now.column.distribution')}</span>
          <span>
            {trend}, {scale}
          </span>
          <span>{t('now.column.verdict')}</span>
        </div>
        <ul className="kp-rows">
          {rows.map((row) => (
            <RowView
              key={row.key}
              row={row}
              by={by}
              running={running}
              previous={previousWords(period, words)}
              range={range}
            />
          ))}
        </ul>
      </div>
    </Pictured>
  );
}
