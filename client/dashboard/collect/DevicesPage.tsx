import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import type { Device } from '#shared/contract/device.ts';
import { Notice, OfflineBar } from '../../ui/states/Notice.tsx';
import { touchpointsQuery } from '../api/queries.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { ClosedDays } from './ClosedDays.tsx';
import { DeviceRow } from './DeviceRow.tsx';
import { PairForm } from './PairForm.tsx';
import { Waiting } from './parts.tsx';
import { closedDaysQuery, devicesQuery } from './queries.ts';
import { Wallboards } from './Wallboards.tsx';
import { type CollectWords, useCollectWords } from './words.ts';

/** What is the case, worst first. */
function headline(devices: readonly Device[], { w }: CollectWords): string {
  const silent = devices.filter(({ state }) => state === 'silent');
  const revoked = devices.find(({ state }) => state === 'revoked');
  if (devices.length === 0) return w('devices.none');
  if (silent.length === 1) return w('devices.silent.one', { name: silent[0]!.name });
  if (silent.length > 1) return w('devices.silent.some', { n: silent.length });
  if (revoked) return w('devices.revoked', { name: revoked.name });
  return devices.length === 1 ? w('devices.one') : w('devices.all', { n: devices.length });
}

const order: Device['state'][] = ['silent', 'revoked', 'new', 'active', 'closed'];

export default function DevicesPage({ account }: { account: Account }) {
  const words = useCollectWords();
  const { w, t } = words;
  const { code } = useSearch({ from: '__root__' });
  const devices = useQuery(devicesQuery);
  const touchpoints = useQuery(touchpointsQuery);
  const closed = useQuery(closedDaysQuery);
  const [pairing, setPairing] = useState(code !== undefined);
  const [paired, setPaired] = useState<string | null>(null);
  const used = (devices.data ?? []).filter(({ state }) => state !== 'retired');
  const title = devices.data ? headline(used, words) : null;
  useTitle(title);
  if (!devices.data || !touchpoints.data || !closed.data)
    return (
      <Page account={account}>
        <Waiting queries={[devices, touchpoints, closed]} />
      </Page>
    );
  const points = touchpoints.data.filter(({ retired }) => !retired);
  const address = `${location.origin}/kiosk`;
  const rows = [...used].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.id - b.id);
  return (
    <Page account={account}>
      <div className="kp-collect">
        {devices.isRefetchError && <OfflineBar words={t('problem.network')} />}
        <header className="kp-collect__head">
          <h1 className="kp-collect__title">{title}</h1>
          {!pairing && (
            <button
              type="button"
              className="utrecht-button utrecht-button--primary-action"
              onClick={() => {
                setPairing(true);
                setPaired(null);
              }}
            >
              {w('devices.pair')}
            </button>
          )}
        </header>
        <p role="status" className="kp-collect__done">
          {paired !== null && w('devices.pair.done', { name: paired })}
        </p>
        {pairing && (
          <PairForm
            code={code ?? ''}
            address={address}
            devices={used}
            touchpoints={points}
            onClose={(name) => {
              setPairing(false);
              setPaired(name);
            }}
          />
        )}
        {rows.length === 0 && !pairing && (
          <Notice title={w('devices.pair')}>{w('devices.none.words', { address })}</Notice>
        )}
        <ul className="kp-collect__rows">
          {rows.map((device) => (
            <DeviceRow key={device.id} device={device} touchpoints={points} />
          ))}
        </ul>
        <Wallboards />
        <ClosedDays days={closed.data} />
      </div>
    </Page>
  );
}
