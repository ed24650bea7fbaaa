import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Token } from '#shared/contract/access.ts';
import { remove } from '../api/client.ts';
import { channelsQuery } from '../api/queries.ts';
import { settingsChanged, wallboardsQuery } from './queries.ts';
import { useCollectWords } from './words.ts';

function Wallboard({ token }: { token: Token }) {
  const { w, t, names, date } = useCollectWords();
  const { data: channels = [] } = useQuery(channelsQuery);
  const [failed, setFailed] = useState(false);
  const { channels: keys, locations } = token.reach ?? {};
  const shown = [
    ...(keys ?? []).map((key) => channels.find((one) => one.key === key)?.name ?? key),
    ...(locations ?? []),
  ];
  const unpair = async () => {
    try {
      await remove(`tokens/${token.id}`);
      await settingsChanged();
    } catch {
      setFailed(true);
    }
  };
  return (
    <li className="kp-collect__row">
      <div className="kp-collect__line">
        <div className="kp-collect__name">
          <h3>{token.name}</h3>
          <p>{shown.length > 0 ? names(shown) : w('walls.everything')}</p>
        </div>
        <p className="kp-collect__facts">{w('walls.since', { date: date(token.createdAt) })}</p>
        <button
          type="button"
          className="kp-quiet"
          aria-label={`${w('walls.unpair')}: ${token.name}`}
          onClick={unpair}
        >
          {w('walls.unpair')}
        </button>
      </div>
      {failed && <p role="alert">{t('problem.network')}</p>}
    </li>
  );
}

/** The screens on the wall: which there are, and taking one off. */
export function Wallboards() {
  const { w } = useCollectWords();
  const { data: tokens = [] } = useQuery(wallboardsQuery);
  if (tokens.length === 0) return null;
  return (
    <section aria-labelledby="walls">
      <h2 id="walls">{w('walls.title')}</h2>
      <ul className="kp-collect__rows">
        {tokens.map((token) => (
          <Wallboard key={token.id} token={token} />
        ))}
      </ul>
    </section>
  );
}
