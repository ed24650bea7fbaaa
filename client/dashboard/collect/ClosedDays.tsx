import { useState } from 'react';
import { put } from '../api/client.ts';
import { SettingForm, Text } from './parts.tsx';
import { settingsChanged } from './queries.ts';
import { useCollectWords } from './words.ts';

/** Days on which the municipality is closed besides the official ones. */
export function ClosedDays({ days }: { days: readonly string[] }) {
  const { w, date } = useCollectWords();
  const [day, setDay] = useState('');
  const keep = (items: readonly string[]) => put('closed-days', { items });
  return (
    <section className="kp-collect__panel" aria-labelledby="closed-days">
      <h2 id="closed-days">{w('closed.title')}</h2>
      <p>{w('closed.lead')}</p>
      {days.length === 0 ? (
        <p className="kp-collect__soft">{w('closed.none')}</p>
      ) : (
        <ul className="kp-collect__chips">
          {days.map((one) => (
            <li key={one}>
              {date(one)}
              <button
                type="button"
                className="kp-collect__remove"
                aria-label={w('closed.remove', { date: date(one) })}
                onClick={() => void keep(days.filter((other) => other !== one)).then(settingsChanged)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <SettingForm
        label={w('closed.add')}
        submit={() => keep([...days, day])}
        onDone={() => setDay('')}
        mistakes={day === '' ? [`${w('closed.date')}: ${w('wrong.required')}`] : []}
      >
        <Text label={w('closed.date')} type="date" value={day} onChange={setDay} />
      </SettingForm>
    </section>
  );
}
