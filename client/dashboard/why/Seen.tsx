import type { Explanation } from '#shared/contract/explanation.ts';
import { Pictured } from '../now/SavePicture.tsx';
import { useWhyWords } from './words.ts';

const height = 96;
const line = 52;

/** Where no change is proven: the measured difference with its margin around zero, and what would have been seen. */
export function Seen({ explanation }: { explanation: Explanation }) {
  const { w, signed, size } = useWhyWords();
  const { change, needed, verdict } = explanation;
  const { value, low, high } = change;
  if (verdict !== 'no-change' || value === null || low === null || high === null || !needed) return null;
  const { detectable } = needed;
  const reach = Math.max(detectable, Math.abs(low), Math.abs(high)) * 1.4;
  const x = (points: number) => `${50 + (points / reach) * 50}%`;
  const width = (points: number) => `${(points / reach) * 50}%`;
  return (
    <section className="kp-why__part" aria-labelledby="seen">
      <h2 id="seen" className="kp-why__title">
        {w('seen.title')}
      </h2>
      <p className="kp-why__help">
        {w('seen.chart', {
          ...{ value: signed(value), low: signed(low), high: signed(high) },
          detectable: size(detectable),
        })}
      </p>
      <Pictured name={w('seen.title')}>
        <svg className="kp-why__seen" height={height} aria-hidden="true" focusable="false">
          <rect
            className="kp-why__zone"
            x={x(-detectable)}
            width={width(2 * detectable)}
            y={line - 22}
            height="44"
          />
          <line className="kp-why__zero" x1="50%" x2="50%" y1={line - 22} y2={line + 22} />
          <line className="kp-why__reach" x1={x(low)} x2={x(high)} y1={line} y2={line} />
          <circle className="kp-why__dot" cx={x(value)} cy={line} r="7" />
          <text className="kp-why__measured" x={x(value)} y={line - 30} textAnchor="middle">
            {w('seen.value', { n: signed(value) })}
          </text>
          <text x="50%" y={line + 40} textAnchor="middle">
            {w('seen.zero')}
          </text>
          <text x={x(-detectable)} y={line + 40} textAnchor="middle">
            −{size(detectable)}
          </text>
          <text x={x(detectable)} y={line + 40} textAnchor="middle">
            +{size(detectable)}
          </text>
        </svg>
      </Pictured>
    </section>
  );
}
