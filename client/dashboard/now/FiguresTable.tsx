import type { Stat } from '#shared/contract/figures.ts';
import { bandOf } from '../figures/band.ts';
import type { Change } from '../figures/change.ts';
import { nameOf } from '../figures/period.ts';
import { changeWords, verdictWords } from '../figures/verdict.ts';
import { useWords } from '../messages/words.tsx';
import { periodWords } from './periodWords.ts';
import { TableFrame } from './TableFrame.tsx';
import type { NowFigures } from './useFigures.ts';

const steps = Array.from({ length: 10 }, (_, index) => index + 1);

/** The figures of the rows and their distributions, to be read as a table. */
export function FiguresTable({ figures }: { figures: NowFigures }) {
  const words = useWords();
  const { t, grade, whole } = words;
  const { rows, total, change, running, by, period, range } = figures;
  const previous = t(`previous.${nameOf(period)}`);

  const line = (key: string, name: string, stat: Stat, changed: Change) => {
    const band = bandOf(stat, running);
    return (
      <tr key={key}>
        <th scope="row">{name}</th>
        <td>{whole(stat.n)}</td>
        <td>
          <strong>{grade(stat.mean)}</strong>
        </td>
        <td>{grade(band?.low)}</td>
        <td>{grade(band?.high)}</td>
        <td>{grade(stat.target)}</td>
        <td className="kp-table__words">{verdictWords(stat, running, words).word}</td>
        <td className="kp-table__words">{changeWords(changed, previous, words) ?? t('figure.missing')}</td>
        {steps.map((step) => (
          <td key={step}>{whole(stat.histogram[step - 1] ?? 0)}</td>
        ))}
      </tr>
    );
  };
  const derivedLine = (key: string, name: string, stat: Stat) =>
    stat.derived && (
      <tr key={`${key} derived`}>
        <th scope="row">{t('table.derived', { name })}</th>
        <td>{whole(stat.derived.n)}</td>
        <td>{grade(stat.derived.mean)}</td>
        <td>{grade(bandOf(stat.derived, running)?.low)}</td>
        <td>{grade(bandOf(stat.derived, running)?.high)}</td>
        <td className="kp-table__words" colSpan={steps.length + 3}>
          {t('table.smileys', { counts: stat.derived.histogram.map(whole).join(' · ') })}
        </td>
      </tr>
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
          {steps.map((step) => (
            <th key={step} scope="col">
              {step}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.flatMap(({ key, label, stat, change: changed }) => [
          line(key, label, stat, changed),
          derivedLine(key, label, stat),
        ])}
      </tbody>
      <tfoot>
        {line('total', t('table.total'), total, change)}
        {derivedLine('total', t('table.total'), total)}
      </tfoot>
    </TableFrame>
  );
}
