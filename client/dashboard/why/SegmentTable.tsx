import { useId, useRef, useState } from 'react';
import type { ExplainDimension, Explanation, Segment } from '#shared/contract/explanation.ts';
import type { Range } from '../figures/period.ts';
import { CommentsLink } from '../now/CommentsLink.tsx';
import { SaveTable } from '../now/SaveTable.tsx';
import { type SideBySide, sideBySide } from '../search.ts';
import { rowsOf } from './segments.ts';
import { useWhyWords, type WhyWords } from './words.ts';

function Mark({ segment, w }: { segment: Segment; w: WhyWords['w'] }) {
  const { claimed, status } = segment;
  if (!claimed && status === 'both') return null;
  const word = claimed ? 'claimed' : status === 'new' ? 'new' : 'gone';
  const shape = {
    claimed: 'M6 .500 11.500 6 6 11.500.500 6Z',
    new: 'M5 1h2v4h4v2H7v4H5V7H1V5h4Z',
    gone: 'M1 5h10v2H1Z',
  };
  return (
    <span className={`kp-why__mark kp-why__mark--${word}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={shape[word]} fill="currentColor" />
      </svg>
      {w(`segments.${word}`)}
    </span>
  );
}

/** What is a filter of the comments too: a part of the day is not. */
const isFilter = (dimension: ExplainDimension): dimension is SideBySide & ExplainDimension =>
  (sideBySide as readonly string[]).includes(dimension);

function Row({ segment, period }: { segment: Segment; period: Range }) {
  const { w, t, whole, grade, signed, margin, nameOf } = useWhyWords();
  const { dimension, key, nBase, nCurrent, within, low, high, mix, claimed, status } = segment;
  const missing = <span className="kp-why__soft">{t('figure.missing')}</span>;
  const own = within === null || status !== 'both' ? missing : signed(within);
  const tone = claimed ? ` kp-why__own--${(within ?? 0) < 0 ? 'down' : 'up'}` : '';
  return (
    <tr className={claimed ? 'kp-why__claimed' : undefined}>
      <th scope="row">
        {nameOf(segment)} <Mark segment={segment} w={w} />{' '}
        {isFilter(dimension) && key !== '' && nCurrent > 0 && (
          <CommentsLink under={{ ...period, [dimension]: [key] }} about={nameOf(segment)} />
        )}
        <span className="kp-why__count">
          {w('segments.n', { base: whole(nBase), current: whole(nCurrent) })}
        </span>
      </th>
      <td className="kp-why__n">{whole(nBase)}</td>
      <td className="kp-why__n">{whole(nCurrent)}</td>
      <td>{grade(segment.meanBase)}</td>
      <td>{grade(segment.meanCurrent)}</td>
      <td className={`kp-why__own${tone}`}>
        {own}
        <span className="kp-why__margin">
          {low !== null && high !== null && t('figure.margin', { margin: margin((high - low) / 2) })}
        </span>
      </td>
      <td>{mix === null ? missing : signed(mix)}</td>
    </tr>
  );
}

/** The groups of one dimension: what each was and is, and what it adds to the change. */
export function SegmentTable({
  explanation,
  dimension,
  period,
}: {
  explanation: Explanation;
  dimension: ExplainDimension;
  /** The later one, which its comments are from. */
  period: Range;
}) {
  const { w, whole, grade, signed } = useWhyWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  const table = useRef<HTMLTableElement>(null);
  const { shown, folded } = rowsOf(explanation.segments, dimension);
  const { base, current, dimensions } = explanation;
  const first = dimensions[0]?.key === dimension;
  if (shown.length === 0) return null;
  const all = [...shown, ...folded];
  const complete = all.every(({ within, mix }) => within !== null && mix !== null);
  const sumOf = (of: (segment: Segment) => number | null) =>
    all.reduce((sum, segment) => sum + (of(segment) ?? 0), 0);
  const row = (segment: Segment) => <Row key={segment.key} segment={segment} period={period} />;
  return (
    <section className="kp-why__segments" aria-labelledby={id}>
      <h2 id={id} className="kp-why__title">
        {w('segments.title', { dimension: w(`by.${dimension}`) })}
      </h2>
      {first && <p className="kp-why__help">{w('segments.help')}</p>}
      <table className="kp-why__table" aria-labelledby={id} ref={table}>
        <thead>
          <tr>
            <th scope="col">{w(`by.${dimension}`)}</th>
            <th scope="col" className="kp-why__n">
              {w('segments.nBase')}
            </th>
            <th scope="col" className="kp-why__n">
              {w('segments.nCurrent')}
            </th>
            <th scope="col">{w('segments.was')}</th>
            <th scope="col">{w('segments.is')}</th>
            <th scope="col">
              {w('segments.within')}
              <span className="kp-why__margin" />
            </th>
            <th scope="col">{w('segments.mix')}</th>
          </tr>
        </thead>
        <tbody>{shown.map(row)}</tbody>
        {folded.length > 0 && (
          <tbody id={`${id}-more`} hidden={!open}>
            {folded.map(row)}
          </tbody>
        )}
        <tfoot>
          <tr>
            <th scope="row">{w('segments.total')}</th>
            <td className="kp-why__n">{whole(base.n)}</td>
            <td className="kp-why__n">{whole(current.n)}</td>
            <td>{grade(base.mean)}</td>
            <td>{grade(current.mean)}</td>
            {complete ? (
              <>
                <td className="kp-why__own">
                  {signed(sumOf(({ within }) => within))}
                  <span className="kp-why__margin" />
                </td>
                <td>{signed(sumOf(({ mix }) => mix))}</td>
              </>
            ) : (
              <td colSpan={2}>{signed(explanation.change.value ?? 0)}</td>
            )}
          </tr>
        </tfoot>
      </table>
      <div className="kp-why__ways">
        <SaveTable table={table} named={id} />
        {folded.length > 0 && (
          <button
            type="button"
            className="kp-quiet kp-screen"
            aria-expanded={open}
            aria-controls={`${id}-more`}
            onClick={() => setOpen(!open)}
          >
            {open ? w('segments.less') : w('segments.more', { n: folded.length })}
          </button>
        )}
      </div>
    </section>
  );
}
