import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import type { Channel } from '#shared/contract/settings.ts';
import { post } from '../api/client.ts';
import { channelsQuery, touchpointsQuery } from '../api/queries.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { keyFrom, SettingForm, Text, Waiting } from './parts.tsx';
import { devicesQuery } from './queries.ts';
import { TouchpointRow } from './TouchpointRow.tsx';
import { useCollectWords } from './words.ts';

function NewTouchpoint({ channel }: { channel: Channel }) {
  const { w } = useCollectWords();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [own, setOwn] = useState<string | null>(null);
  const key = own ?? keyFrom(name);
  if (!open)
    return (
      <button
        type="button"
        className="kp-quiet"
        aria-label={w('points.new.in', { channel: channel.name })}
        onClick={() => setOpen(true)}
      >
        + {w('points.new')}
      </button>
    );
  const close = () => {
    setOpen(false);
    setName('');
    setOwn(null);
  };
  return (
    <section className="kp-collect__panel" aria-label={w('points.new.in', { channel: channel.name })}>
      <SettingForm
        submit={() => post('touchpoints', { key, name, channel: channel.key })}
        onDone={close}
        onCancel={close}
      >
        <div className="kp-collect__pair">
          <Text label={w('point.name')} value={name} onChange={setName} />
          <Text label={w('point.key')} help={w('point.key.help')} value={key} onChange={setOwn} />
        </div>
      </SettingForm>
    </section>
  );
}

function NewChannel() {
  const { w } = useCollectWords();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  if (!open)
    return (
      <button
        type="button"
        className="utrecht-button utrecht-button--secondary-action"
        onClick={() => setOpen(true)}
      >
        {w('points.channel.new')}
      </button>
    );
  const close = () => {
    setOpen(false);
    setName('');
  };
  return (
    <section className="kp-collect__panel" aria-label={w('points.channel.new')}>
      <SettingForm
        submit={() => post('channels', { key: keyFrom(name), name })}
        onDone={close}
        onCancel={close}
        mistakes={name.trim() ? [] : [`${w('points.channel.name')}: ${w('wrong.required')}`]}
      >
        <Text label={w('points.channel.name')} value={name} onChange={setName} />
      </SettingForm>
    </section>
  );
}

export default function TouchpointsPage({ account }: { account: Account }) {
  const { w } = useCollectWords();
  const channels = useQuery(channelsQuery);
  const touchpoints = useQuery(touchpointsQuery);
  const devices = useQuery({ ...devicesQuery, refetchInterval: false });
  useTitle(w('points.title'));
  if (!channels.data || !touchpoints.data || !devices.data)
    return (
      <Page account={account}>
        <Waiting queries={[channels, touchpoints, devices]} />
      </Page>
    );
  const tablets = devices.data.filter(({ state }) => state !== 'retired' && state !== 'new');
  return (
    <Page account={account}>
      <div className="kp-collect">
        <header className="kp-collect__head">
          <h1 className="kp-collect__title">{w('points.title')}</h1>
        </header>
        <p className="kp-collect__lead">{w('points.lead')}</p>
        {channels.data.map((channel) => {
          const points = touchpoints.data.filter((point) => point.channel === channel.key);
          return (
            <section
              key={channel.key}
              className="kp-collect__channel"
              aria-labelledby={`channel-${channel.key}`}
            >
              <h2 id={`channel-${channel.key}`} className="kp-collect__subject">
                {channel.name}
              </h2>
              {points.length === 0 && <p className="kp-collect__soft">{w('points.none')}</p>}
              <ul className="kp-collect__rows">
                {points.map((point) => (
                  <TouchpointRow
                    key={point.key}
                    point={point}
                    tablets={tablets.filter(({ touchpoint }) => touchpoint === point.key)}
                  />
                ))}
              </ul>
              <NewTouchpoint channel={channel} />
            </section>
          );
        })}
        <NewChannel />
      </div>
    </Page>
  );
}
