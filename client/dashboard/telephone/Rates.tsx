import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Line } from '#shared/contract/telephony.ts';
import { SaveTable } from '../now/SaveTable.tsx';
import { ratesQuery } from './queries.ts';
import { useTelephoneWords } from './words.ts';

/** How many callers were asked, and how many answered, per line. */
export function Rates({ lines }: { lines: readonly Line[] }) {
  const { w, percent, counted } = useTelephoneWords();
  const table = useRef<HTMLTableElement>(null);
  const { data } = useQuery(ratesQuery);
  if (!data || data.length === 0) return null;
  const nameOf = (touchpoint: string) =>
    lines.find((line) => line.touchpoint === touchpoint)?.name ?? touchpoint;
  return (
    <section className="kp-tel__section" aria-labelledby="kp-tel-rates">
      <h2 id="kp-tel-rates" className="kp-tel__heading">
        {w('rate.title')}
      </h2>
      <p className="kp-tel__note">{w('rate.note')}</p>
      <div className="kp-tel__frame">
        <table className="kp-tel__table" ref={table}>
          <thead>
            <tr>
              {(
                ['rate.line', 'rate.offers', 'rate.calls', 'rate.rated', 'rate.broken', 'rate.rate'] as const
              ).map((key) => (
                <th key={key} scope="col">
                  {w(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map(({ touchpoint, offers, calls, rated, brokenOff, responseRate }) => (
              <tr key={touchpoint}>
                <th scope="row">{nameOf(touchpoint)}</th>
                <td>{offers > 0 ? counted(offers) : w('rate.unknown')}</td>
                <td>{counted(calls)}</td>
                <td>{counted(rated)}</td>
                <td>{counted(brokenOff)}</td>
                <td>{responseRate === null ? w('rate.unknown') : percent(responseRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <SaveTable table={table} named="kp-tel-rates" />
    </section>
  );
}
