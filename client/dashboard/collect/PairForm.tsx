import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Reach } from '#shared/contract/access.ts';
import type { Device } from '#shared/contract/device.ts';
import type { Touchpoint } from '#shared/contract/settings.ts';
import { ApiProblem, put } from '../api/client.ts';
import { ReachFields } from '../people/ReachFields.tsx';
import { Select, SettingForm, Text } from './parts.tsx';
import { pairingQuery } from './queries.ts';
import { useCollectWords } from './words.ts';

export interface PairFormProps {
  code: string;
  address: string;
  devices: readonly Device[];
  touchpoints: readonly Touchpoint[];
  /** With the name of what was paired. */
  onClose: (name: string | null) => void;
}

/** Confirms the code on a tablet (as a new device, or as one that lost its token), or on a wallboard. */
export function PairForm({ code: given, address, devices, touchpoints, onClose }: PairFormProps) {
  const { w } = useCollectWords();
  const lost = devices.find(({ state }) => state === 'revoked');
  const [code, setCode] = useState(given);
  const [device, setDevice] = useState(lost ? String(lost.id) : '');
  const [name, setName] = useState('');
  const [touchpoint, setTouchpoint] = useState(
    (touchpoints.find(({ channel }) => channel === 'balie') ?? touchpoints[0])?.key ?? '',
  );
  const letters = code.toUpperCase().replace(/[^A-Z]/g, '') || '-';
  const onWall = useQuery(pairingQuery(letters)).data?.for === 'wallboard';
  const [reach, setReach] = useState<Reach | null>(null);
  const submit = async () => {
    try {
      const tablet = device ? { device: Number(device) } : { name, touchpoint };
      const body = onWall ? { wallboard: name, reach } : tablet;
      return await put<Device>(`device-pairings/${letters}`, body);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) setGone(true);
      throw error;
    }
  };
  const [gone, setGone] = useState(false);
  return (
    <section className="kp-collect__panel" aria-label={w('devices.pair')}>
      <h2>{w('devices.pair')}</h2>
      <p>{w('devices.pair.lead', { address, wallboard: address.replace(/kiosk$/, 'wandscherm') })}</p>
      <SettingForm
        label={w('devices.pair')}
        submit={submit}
        onDone={(done) => onClose(done.name)}
        onCancel={() => onClose(null)}
      >
        {gone && <p className="utrecht-form-field-error-message">{w('devices.pair.unknown')}</p>}
        <div className="kp-collect__code">
          <Text
            label={w('devices.pair.code')}
            help={w('devices.pair.code.help')}
            value={code}
            onChange={(text) => {
              setCode(text);
              setGone(false);
            }}
          />
        </div>
        {onWall && (
          <>
            <Text label={w('devices.name')} help={w('walls.name.help')} value={name} onChange={setName} />
            <ReachFields reach={reach} onChange={setReach} />
          </>
        )}
        {!onWall && devices.length > 0 && (
          <Select
            label={w('devices.pair.what')}
            value={device}
            onChange={setDevice}
            options={[
              ['', w('devices.pair.new')],
              ...devices.map((one) => [String(one.id), w('devices.pair.again', { name: one.name })] as const),
            ]}
          />
        )}
        {!onWall && device === '' && (
          <div className="kp-collect__pair">
            <Text label={w('devices.name')} help={w('devices.name.help')} value={name} onChange={setName} />
            <Select
              label={w('devices.touchpoint')}
              value={touchpoint}
              onChange={setTouchpoint}
              options={touchpoints.map(({ key, name: label }) => [key, label])}
            />
          </div>
        )}
      </SettingForm>
    </section>
  );
}
