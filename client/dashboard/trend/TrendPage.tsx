import type { Account } from '#shared/contract/access.ts';
import { intervals } from '#shared/contract/lists.ts';
import { rangeOf } from '../../ui/line-chart/layout.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { ViewSwitch } from '../../ui/view-switch/ViewSwitch.tsx';
import { Absent, Printed } from '../absent/Absent.tsx';
import { bandOf } from '../figures/band.ts';
import { useGo } from '../filters/choices.ts';
import { Filters } from '../filters/Filters.tsx';
import { PeriodChoice } from '../filters/PeriodChoice.tsx';
import { Glossary } from '../glossary/Glossary.tsx';
import { useTitle } from '../messages/words.tsx';
import { periodWords } from '../now/periodWords.ts';
import { Page } from '../Page.tsx';
import { sideBySide } from '../search.ts';
import { Choose } from './Choose.tsx';
import { CourseChart } from './CourseChart.tsx';
import { TrendTable } from './TrendTable.tsx';
import { fits } from './timeline.ts';
import { mostCharts, type Trend, useTrend } from './useTrend.ts';
import './trend.css';

function Charts({ trend }: { trend: Trend }) {
  const { words, courses, running } = trend;
  const { w, mark } = words;
  const values = courses.flatMap(({ points }) =>
    points.flatMap((point) => {
      const band = point && bandOf(point, running);
      // One wide margin must not press all lines flat.
      const near = band && point.mean !== null && band.high - band.low < 2 ? [band.low, band.high] : [];
      return [
        ...(point?.mean == null ? [] : [point.mean, ...near]),
        ...(point?.target ? [point.target] : []),
      ];
    }),
  );
  const range = rangeOf(values);
  return (
    <>
      <p className="kp-trend__scale">{w('scale', { from: mark(range[0]), to: mark(range[1]) })}</p>
      <div className={courses.length > 1 ? 'kp-trend kp-trend--several' : 'kp-trend'}>
        {courses.map((course) => (
          <CourseChart
            key={course.key}
            course={course}
            trend={trend}
            range={range}
            height={courses.length > 1 ? 220 : 340}
          />
        ))}
      </div>
    </>
  );
}

function Content({ trend }: { trend: Trend }) {
  const { words, search, total, group, range, period, interval, subject } = trend;
  const { w, t, grade } = words;
  const go = useGo();
  const now = Date.now();
  if (trend.error) return <Absent error={trend.error} title={w('failed')} onRetry={trend.retry} />;
  if (!trend.ready || !total) return <Skeleton words={t('app.loading')} />;
  const when = periodWords(period, range, words);
  return (
    <div className={trend.old ? 'kp-now--old' : undefined} aria-busy={trend.old}>
      <h1 className="kp-trend__title">
        {total.mean === null
          ? w('heading.none', { name: subject, period: when })
          : w('heading', { name: subject, period: when, grade: grade(total.mean) })}
      </h1>
      <div className="kp-trend__bar">
        <Choose
          legend={w('interval.legend')}
          options={intervals.map((value) => ({
            value,
            text: w(`interval.${value}`),
            disabled: !fits(value, range, now),
          }))}
          value={interval}
          onChange={(value) => go({ interval: value })}
        />
        <Choose
          legend={w('group.legend')}
          options={(['none', ...sideBySide] as const).map((value) => ({ value, text: w(`group.${value}`) }))}
          value={group ?? 'none'}
          onChange={(value) => go({ group: value === 'none' ? undefined : value })}
        />
        <ViewSwitch
          table={search.view === 'table'}
          words={{ legend: t('view.legend'), charts: t('view.charts'), table: t('view.table') }}
          onChange={(table) => go({ view: table ? 'table' : undefined })}
        />
      </div>
      {total.n === 0 ? (
        <Notice title={w('empty.title')}>{w('empty.words')}</Notice>
      ) : (
        <>
          {trend.left > 0 && <p className="kp-trend__scale">{w('many', { n: mostCharts })}</p>}
          {search.view === 'table' ? <TrendTable trend={trend} /> : <Charts trend={trend} />}
        </>
      )}
      <p className="kp-trend__help">{w('help')}</p>
      <Glossary of={['grade', 'margin', 'target', 'break', 'signal', 'indicative']} />
      <Printed />
    </div>
  );
}

/** How the grade went, hour by hour to year by year. */
export default function TrendPage({ account }: { account: Account }) {
  const trend = useTrend();
  const { w, grade } = trend.words;
  useTitle(trend.total ? grade(trend.total.mean) : null, w('title'));
  return (
    <Page account={account}>
      <Filters period={<PeriodChoice />} />
      <Content trend={trend} />
    </Page>
  );
}
