import type { Figures, Stat } from '#shared/contract/figures.ts';
import { bandOf } from '../figures/band.ts';
import type { Change } from '../figures/change.ts';
import { changeWords, verdictWords } from '../figures/verdict.ts';
import { useWords } from '../messages/words.tsx';
import { periodWords, previousWords } from './periodWords.ts';
import { TableFrame } from './TableFrame.tsx';
import type { NowFigures } from './useFigures.ts';

interface Line {
  name: string;
  stat: Stat;
  change: Change;
}

/** The figures of the rows, to be read as a table. */
export function FiguresTable({ figures }: { figures: NowFigures }) {
  const words = useWords();
  const { t, grade, whole } = words;
  const { rows, total, running, by, period, range } = figures;
  const previous = previousWords(period, words);

  const cells = (each: Figures) => {
    const band = bandOf(each, running);
    return (
      <>
        <td>{whole(each.n)}</td>
        <td>
          <strong>{grade(each.mean)}</strong>
        </td>
        <td>{grade(band?.low)}</td>
        <td>{grade(band?.high)}</td>
      </>
    );
  };
  const lines = ({ name, stat, change }: Line) => (
    <>
      <tr>
        <th scope="row">{name}</th>
        {cells(stat)}
        <td>{grade(stat.target)}</td>
        <td className="kp-table__words">{verdictWords(stat, running, words).word}</td>
        <td className="kp-table__words">{changeWords(change, previous, words) ?? t('figure.missing')}</td>
      </tr>
      {stat.derived && (
        <tr>
          <th scope="row">{t('table.derived', { name })}</th>
          {cells(stat.derived)}
          <td colSpan={3} />
        </tr>
      )}
    </>
  );

  return (
    <TableFrame caption={t('table.figures', { period: periodWords(period, range, words) })}>
      <thead>
        <tr>
          <th scope="col">{t(`now.column.${by}`)}</th>
          <th scope="col">{t('table.n')}</th>
          <th scope="col">{t('now.column.grade')}</th>
          <th scope="col">{t('table.low')}</th>
          <th scope="col">{t('table.high')}</th>
          <th scope="col">{t('table.target')}</th>
          <th scope="col" className="kp-table__words">
            {t('now.column.verdict')}
          </th>
          <th scope="col" className="kp-table__words">
            {t('table.change')}
          </th>
        </tr>
      </thead>
      {rows.map(({ key, label, stat, change }) => (
        <tbody key={key}>{lines({ name: label, stat, change })}</tbody>
      ))}
      <tfoot>{lines({ name: t('table.total'), stat: total, change: figures.change })}</tfoot>
    </TableFrame>
  );
}
