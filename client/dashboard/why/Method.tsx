import { Link } from '@tanstack/react-router';
import type { Explanation } from '#shared/contract/explanation.ts';
import { useWhyWords } from './words.ts';
import { largestOf, workedLines } from './worked.ts';
import './method.css';

/** The largest segment worked out with its own numbers; with several dimensions, the way to one that can be. */
function Worked({ explanation }: { explanation: Explanation }) {
  const words = useWhyWords();
  const { w, nameOf } = words;
  const segment = largestOf(explanation);
  if (!segment) return null;
  const name = nameOf(segment);
  if (explanation.dimensions.length > 1) {
    return (
      <>
        <h3>{w('method.example', { name })}</h3>
        <p>
          {w('method.example.several')}{' '}
          <Link
            to="/waarom"
            search={(search) => ({ ...search, by: [segment.dimension] })}
            resetScroll={false}
            className="kp-screen"
          >
            {w('method.example.one', { name: w(`by.${segment.dimension}`) })}
          </Link>
        </p>
      </>
    );
  }
  return (
    <>
      <h3>{w('method.example', { name })}</h3>
      <dl className="kp-why__worked">
        {workedLines(explanation, segment, words).map(({ what, sum, result }) => (
          <div key={what}>
            <dt>{w(what)}</dt>
            <dd>
              {sum && `${sum} = `}
              <strong>{result}</strong>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** So that a controller can check it by hand, and knows what it cannot tell. */
export function Method({ explanation }: { explanation: Explanation }) {
  const { w } = useWhyWords();
  const { segments, dimensions } = explanation;
  const tested = segments.filter(({ low }) => low !== null).length;
  return (
    <details className="kp-why__method">
      <summary>{w('method.title')}</summary>
      <p>{w('method.idea')}</p>
      <ul className="kp-why__formulas">
        <li>{w('method.share')}</li>
        <li>{w('method.mix')}</li>
        <li>{w('method.within')}</li>
      </ul>
      <p>
        {w('method.alone')} {w('method.source')}
      </p>
      <Worked explanation={explanation} />
      {dimensions.length > 1 && (
        <>
          <h3>{w('method.shapley.title')}</h3>
          <p>{w('method.shapley')}</p>
        </>
      )}
      <h3>{w('method.margin.title')}</h3>
      <p>{w('method.margin')}</p>
      {tested > 0 && (
        <>
          <h3>{w('method.holm.title')}</h3>
          <p>{w('method.holm', { n: tested })}</p>
        </>
      )}
      <h3>{w('method.verdict.title')}</h3>
      <p>{w('method.verdict')}</p>
      <h3>{w('method.unknown.title')}</h3>
      <p>{w('method.unknown')}</p>
    </details>
  );
}
