import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { Device } from '#shared/contract/device.ts';
import type { Touchpoint } from '#shared/contract/settings.ts';
import { patch } from '../api/client.ts';
import { Check, Labelled, SettingForm, Text } from './parts.tsx';
import { settingsChanged } from './queries.ts';
import { TrialRatings } from './TrialRatings.tsx';
import { Ways } from './Ways.tsx';
import './ways.css';
import { useCollectWords } from './words.ts';

function TouchpointForm({ point }: { point: Touchpoint }) {
  const { w } = useCollectWords();
  const [name, setName] = useState(point.name);
  const [location, setLocation] = useState(point.location ?? '');
  const [origins, setOrigins] = useState(point.origins.join('\n'));
  const [trial, setTrial] = useState(point.trial);
  const change = {
    ...{ name, trial, location: location.trim() || null },
    origins: origins.split(/\s+/).filter(Boolean),
  };
  return (
    <SettingForm submit={() => patch<Touchpoint>(`touchpoints/${point.key}`, change)}>
      <Text label={w('point.name')} value={name} onChange={setName} />
      <Text
        label={w('point.location')}
        help={w('point.location.help')}
        value={location}
        onChange={setLocation}
      />
      <Labelled label={w('point.origins')} help={w('point.origins.help')}>
        {(ids) => (
          <textarea
            {...ids}
            className="utrecht-textbox kp-collect__lines"
            rows={2}
            value={origins}
            onChange={({ target }) => setOrigins(target.value)}
          />
        )}
      </Labelled>
      <Check label={w('point.trial')} checked={trial} onChange={setTrial} />
    </SettingForm>
  );
}

export function TouchpointRow({ point, tablets }: { point: Touchpoint; tablets: readonly Device[] }) {
  const { w, names } = useCollectWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  const facts = [
    point.key,
    ...(point.location ? [point.location] : []),
    w(`point.scale.${point.scale}`),
    ...(tablets.length > 0 ? [w('point.tablet', { names: names(tablets.map(({ name }) => name)) })] : []),
  ];
  return (
    <li className={`kp-collect__row${point.retired ? ' kp-collect__row--retired' : ''}`}>
      <div className="kp-collect__line kp-collect__line--point">
        <h3 className="kp-collect__name">{point.name}</h3>
        <p className="kp-collect__badges">
          {point.trial && <span className="kp-collect__badge">{w('point.trial.badge')}</span>}
          {point.retired && <span className="kp-collect__badge">{w('point.retired')}</span>}
        </p>
        <ul className="kp-collect__facts">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <Link
          to="/beheer/vragenlijsten"
          search={(search) => ({ taal: search.taal, touchpoint: [point.key] })}
          className="kp-collect__link kp-screen"
          aria-label={`${w('point.questionnaire')}: ${point.name}`}
        >
          {w('point.questionnaire')}
        </Link>
        <button
          type="button"
          className="kp-quiet"
          aria-expanded={open}
          aria-controls={id}
          aria-label={`${w(open ? 'close' : 'change')}: ${point.name}`}
          onClick={() => setOpen(!open)}
        >
          {w(open ? 'close' : 'change')}
        </button>
      </div>
      <div id={id} className="kp-collect__more">
        {open && (
          <>
            <div className="kp-collect__columns">
              <TouchpointForm point={point} />
              <Ways point={point} guarded={tablets.length > 0} />
            </div>
            {point.trial && <TrialRatings touchpoint={point.key} />}
            <button
              type="button"
              className="kp-quiet"
              onClick={() =>
                void patch(`touchpoints/${point.key}`, { retired: !point.retired }).then(settingsChanged)
              }
            >
              {w(point.retired ? 'point.reinstate' : 'point.retire')}
            </button>
          </>
        )}
      </div>
    </li>
  );
}
