import { useQuery } from '@tanstack/react-query';
import type { Reach } from '#shared/contract/access.ts';
import { channelsQuery, touchpointsQuery } from '../api/queries.ts';
import { usePeopleWords } from './words.ts';

function Several({
  legend,
  options,
  chosen,
  onChange,
}: {
  legend: string;
  options: readonly { key: string; name: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  return (
    <fieldset className="kp-several">
      <legend className="utrecht-form-label">{legend}</legend>
      {options.map(({ key, name }) => (
        <label key={key} className="kp-several__one">
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, key] : chosen.filter((one) => one !== key))
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

/** To which channels and locations an account or token is limited. */
export function ReachFields({
  reach,
  onChange,
}: {
  reach: Reach | null;
  onChange: (reach: Reach | null) => void;
}) {
  const { w } = usePeopleWords();
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: touchpoints = [] } = useQuery(touchpointsQuery);
  const locations = [...new Set(touchpoints.flatMap(({ location }) => location ?? []))].sort();
  const change = (part: Partial<Reach>) => {
    const next = { channels: null, locations: null, ...reach, ...part };
    const some = (keys: string[] | null) => (keys && keys.length > 0 ? keys : null);
    const whole = { channels: some(next.channels), locations: some(next.locations) };
    onChange(whole.channels || whole.locations ? whole : null);
  };
  return (
    <div className="kp-reach">
      <p className="utrecht-form-field-description">{w('reach.about')}</p>
      <Several
        legend={w('reach.channels')}
        options={channels}
        chosen={reach?.channels ?? []}
        onChange={(keys) => change({ channels: keys })}
      />
      {locations.length > 0 && (
        <Several
          legend={w('reach.locations')}
          options={locations.map((key) => ({ key, name: key }))}
          chosen={reach?.locations ?? []}
          onChange={(keys) => change({ locations: keys })}
        />
      )}
    </div>
  );
}
