import { bandOf } from '../figures/band.ts';
import { periodWords } from '../now/periodWords.ts';
import { TableFrame } from '../now/TableFrame.tsx';
import { runningAt } from './CourseChart.tsx';
import type { Trend } from './useTrend.ts';
import { whenWords } from './words.ts';

/** The same figures as the charts, the newest first. */
export function TrendTable({ trend }: { trend: Trend }) {
  const { words, courses, starts, interval, period, range } = trend;
  const { w, t, grade, whole } = words;
  return (
    <TableFrame
      caption={w('table.caption', {
        interval: w(`per.${interval}`),
        period: periodWords(period, range, words),
      })}
    >
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            {w('table.when')}
          </th>
          {courses.map(({ key, label }) => (
            <th key={key} scope="colgroup" colSpan={3}>
              {label}
            </th>
          ))}
        </tr>
        <tr>
          {courses.map(({ key }) => (
            <TrendHeads key={key} words={[t('now.column.grade'), w('table.band'), t('table.n')]} />
          ))}
        </tr>
      </thead>
      <tbody>
        {starts
          .map((start, index) => (
            <tr key={start}>
              <th scope="row">{whenWords(interval, start, words)}</th>
              {courses.map((course) => {
                const stat = course.points[index];
                const band = stat ? bandOf(stat, runningAt(trend, index)) : null;
                const broken = course.breaks.find(({ at }) => at === index);
                const signal = course.signals.some(({ at }) => at === index);
                return [
                  <td key={`${course.key} grade`}>
                    {grade(stat?.mean)}
                    {broken && <span className="kp-table__soft"> {broken.word}</span>}
                    {signal && <span className="kp-table__soft"> {w('signal')}</span>}
                  </td>,
                  <td key={`${course.key} band`}>
                    {band ? w('table.between', { low: grade(band.low), high: grade(band.high) }) : ''}
                  </td>,
                  <td key={`${course.key} n`}>{whole(stat?.n ?? 0)}</td>,
                ];
              })}
            </tr>
          ))
          .toReversed()}
      </tbody>
    </TableFrame>
  );
}

function TrendHeads({ words }: { words: string[] }) {
  return words.map((word) => (
    <th key={word} scope="col">
      {word}
    </th>
  ));
}
