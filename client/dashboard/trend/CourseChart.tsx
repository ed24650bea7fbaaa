import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { Stat } from '#shared/contract/figures.ts';
import { dayOf, lastDayFrom } from '#shared/core/calendar.ts';
import { LineChart } from '../../ui/line-chart/LineChart.tsx';
import { Verdict } from '../../ui/verdict/Verdict.tsx';
import { bandOf } from '../figures/band.ts';
import { marginWords, verdictLine } from '../figures/verdict.ts';
import { CommentsLink } from '../now/CommentsLink.tsx';
import { SavePicture } from '../now/SavePicture.tsx';
import { figureSearch } from '../search.ts';
import type { Course } from './timeline.ts';
import type { Trend } from './useTrend.ts';
import { shortWhen, whenWords } from './words.ts';

/** Whether the last interval still gets ratings. */
export function runningAt({ interval, starts }: Pick<Trend, 'interval' | 'starts'>, index: number): boolean {
  const start = starts[index];
  if (start === undefined) return false;
  if (interval === 'hour') return Date.now() < start + 3_600_000;
  return lastDayFrom(interval, dayOf(start)) >= dayOf(Date.now());
}

export function pointWords(trend: Trend, index: number, stat: Stat | null): string {
  const { words, interval, starts } = trend;
  const { w, grade, count } = words;
  const when = whenWords(interval, starts[index] ?? 0, words);
  if (!stat || stat.n === 0) return w('point.none', { when });
  if (stat.mean === null) return w('point.few', { when, count: count(stat.n) });
  const running = runningAt(trend, index);
  const band = bandOf(stat, running);
  const said = band
    ? w('point.band', {
        when,
        grade: grade(stat.mean),
        low: grade(band.low),
        high: grade(band.high),
        count: count(stat.n),
      })
    : w('point', { when, grade: grade(stat.mean), count: count(stat.n) });
  return running ? w('running', { words: said }) : said;
}

/** One line with its name, its grade, and the ways on to what is under it. */
export function CourseChart({
  course,
  trend,
  range,
  height,
}: {
  course: Course;
  trend: Trend;
  range: readonly [number, number];
  height: number;
}) {
  const { words, interval, group, search } = trend;
  const { w, grade, mark, count } = words;
  const picture = useRef<SVGSVGElement>(null);
  const stat = trend.statOf(course.key);
  const verdict = stat && verdictLine(stat, trend.running, words);
  const name = w('chart', { name: course.label, interval: w(`per.${interval}`) });
  const under = { ...figureSearch(search), ...(group ? { [group]: [course.key] } : {}) };
  return (
    <section className="kp-trend__course" aria-label={course.label}>
      <div className="kp-trend__head">
        <h2 className="kp-trend__name">
          {group !== undefined && course.key !== '' ? (
            <Link
              to="/verloop"
              search={{ ...under, ...(group === 'channel' ? { group: 'touchpoint' as const } : {}) }}
              className="kp-row__link"
            >
              {course.label}
            </Link>
          ) : (
            course.label
          )}
        </h2>
        {stat && (
          <p className="kp-trend__figure">
            <strong>{grade(stat.mean)}</strong> {marginWords(stat, trend.running, words)}{' '}
            <span className="kp-trend__count">· {count(stat.n)}</span>
          </p>
        )}
        {verdict && stat.target !== undefined && (
          <p className="kp-trend__verdict">
            <Verdict tone={verdict.tone} word={verdict.word} />
          </p>
        )}
      </div>
      <LineChart
        points={course.points.map((point, index) => {
          const band = point && bandOf(point, runningAt(trend, index));
          return {
            value: point?.mean ?? null,
            low: band?.low ?? null,
            high: band?.high ?? null,
            target: point?.target,
            running: runningAt(trend, index),
          };
        })}
        breaks={course.breaks}
        signals={course.signals.map(({ at }) => ({ at, word: w('signal') }))}
        range={range}
        height={height}
        label={name}
        describe={(index) => {
          const said = pointWords(trend, index, course.points[index] ?? null);
          return course.signals.some(({ at }) => at === index) ? w('signal.point', { words: said }) : said;
        }}
        words={{
          mark,
          below: (index) => shortWhen(interval, trend.starts[index] ?? 0, words),
          target: (value) => w('norm', { target: grade(value) }),
        }}
        picture={picture}
      />
      <p className="kp-trend__links kp-screen">
        {course.key !== '' || group === undefined ? (
          <Link to="/waarom" search={under}>
            {w('link.why')}
            <span className="kp-hidden"> {course.label}</span>
          </Link>
        ) : null}
        {(course.key !== '' || group === undefined) && <CommentsLink under={under} about={course.label} />}
        <SavePicture picture={picture} name={name} about={course.label} />
      </p>
    </section>
  );
}
