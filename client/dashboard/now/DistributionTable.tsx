import type { Stat } from '#shared/contract/figures.ts';
import { useWords } from '../messages/words.tsx';
import { periodWords } from './periodWords.ts';
import { TableFrame } from './TableFrame.tsx';
import type { NowFigures } from './useFigures.ts';

const steps = Array.from({ length: 10 }, (_, index) => index + 1);

/** The distributions of the rows as a table: how often each grade, and each smiley, was given. */
export function DistributionTable({ figures }: { figures: NowFigures }) {
  const words = useWords();
  const { t, whole } = words;
  const { rows, total, by, period, range } = figures;

  const line = (name: string, counts: readonly number[]) => (
    <tr>
      <th scope="row">{name}</th>
      {steps.map((step) => (
        <td key={step}>{counts[step - 1] === undefined ? '' : whole(counts[step - 1] ?? 0)}</td>
      ))}
    </tr>
  );
  const lines = (name: string, stat: Stat) => (
    <>
      {line(name, stat.histogram)}
      {stat.derived && line(t('table.smileys', { name }), stat.derived.histogram)}
    </>
  );

  return (
    <TableFrame caption={t('table.distribution', { period: periodWords(period, range, words) })}>
      <thead>
        <tr>
          <th scope="col">{t(`now.column.${by}`)}</th>
          {steps.map((step) => (
            <th key={step} scope="col">
              {step}
            </th>
          ))}
        </tr>
      </thead>
      {rows.map(({ key, label, stat }) => (
        <tbody key={key}>{lines(label, stat)}</tbody>
      ))}
      <tfoot>{lines(t('table.total'), total)}</tfoot>
    </TableFrame>
  );
}
