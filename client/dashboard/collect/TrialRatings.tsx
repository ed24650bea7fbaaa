import { useQuery } from '@tanstack/react-query';
import { trialQuery } from './queries.ts';
import { useCollectWords } from './words.ts';

/** Shows who sets a touchpoint up that what is pressed arrives. */
export function TrialRatings({ touchpoint }: { touchpoint: string }) {
  const { w, time, dayAndMonth } = useCollectWords();
  const { data, refetch } = useQuery(trialQuery(touchpoint));
  const answer = (value: unknown): string =>
    Array.isArray(value) ? value.join(', ') : value === true ? '✓' : value === false ? '✗' : String(value);
  return (
    <section className="kp-collect__trial" aria-labelledby={`trial-${touchpoint}`}>
      <h4 id={`trial-${touchpoint}`}>{w('trial.title')}</h4>
      {data?.length === 0 && <p>{w('trial.none')}</p>}
      {data && data.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{w('trial.at')}</th>
              <th scope="col">{w('trial.given')}</th>
              <th scope="col">{w('trial.answers')}</th>
              <th scope="col">{w('trial.comment')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((rating) => (
              <tr key={rating.reference}>
                <td>
                  {dayAndMonth(rating.at)} {time(Date.parse(rating.at))}
                </td>
                <td>{rating.grade ?? w('trial.smiley', { n: rating.smiley ?? 0 })}</td>
                <td>
                  {Object.entries(rating.answers)
                    .map(([key, value]) => `${key}: ${answer(value)}`)
                    .join('; ')}
                </td>
                <td>{rating.comment}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <button type="button" className="kp-quiet" onClick={() => void refetch()}>
        {w('trial.refresh')}
      </button>
    </section>
  );
}
