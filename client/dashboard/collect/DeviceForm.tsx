import { useState } from 'react';
import type { Device, DeviceChange, OpeningHours } from '#shared/contract/device.ts';
import type { Touchpoint } from '#shared/contract/settings.ts';
import { patch, remove } from '../api/client.ts';
import { Check, Select, SettingForm, Sure, Text } from './parts.tsx';
import { useCollectWords } from './words.ts';

/** As people write a time: 8.30 is 08:30. */
const timeFrom = (text: string) => (text === '' ? '' : text.trim().replace('.', ':').padStart(5, '0'));
const isTime = (text: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);

/** One opening per day is what an administrator sees; a day with a break keeps its others. */
function Hours({ hours, onChange }: { hours: OpeningHours; onChange: (hours: OpeningHours) => void }) {
  const { w, weekdays } = useCollectWords();
  const set = (day: number, end: 'from' | 'to', value: string) =>
    onChange(
      hours.map((openings, index) => {
        if (index !== day) return openings;
        const [first = { from: '', to: '' }, ...others] = openings;
        const changed = { ...first, [end]: value };
        return changed.from === '' && changed.to === '' ? others : [changed, ...others];
      }),
    );
  return (
    <fieldset className="kp-collect__hours">
      <legend className="utrecht-form-label">{w('device.hours')}</legend>
      <p className="utrecht-form-field-description">{w('device.hours.help')}</p>
      {weekdays.map((weekday, day) => (
        <div key={weekday} className="kp-collect__day">
          <span aria-hidden="true">{weekday}</span>
          {(['from', 'to'] as const).map((end) => (
            <input
              key={end}
              type="text"
              inputMode="numeric"
              maxLength={5}
              autoComplete="off"
              placeholder={end === 'from' ? '09:00' : '17:00'}
              className="utrecht-textbox"
              aria-label={w(`device.hours.${end}`, { day: weekday })}
              value={hours[day]?.[0]?.[end] ?? ''}
              onChange={({ target }) => set(day, end, target.value)}
              onBlur={({ target }) => set(day, end, timeFrom(target.value))}
            />
          ))}
        </div>
      ))}
    </fieldset>
  );
}

export function DeviceForm({ device, touchpoints }: { device: Device; touchpoints: readonly Touchpoint[] }) {
  const { w } = useCollectWords();
  const [name, setName] = useState(device.name);
  const [touchpoint, setTouchpoint] = useState(device.touchpoint);
  const [idle, setIdle] = useState(String(device.idleSeconds));
  const [hours, setHours] = useState(device.openingHours);
  const [pin, setPin] = useState('');
  const [noPin, setNoPin] = useState(false);
  const address = `devices/${device.id}`;
  const openingHours = hours.map((openings) =>
    openings.map(({ from, to }) => ({ from: timeFrom(from), to: timeFrom(to) })),
  );
  const wrongHours = openingHours.some((openings) =>
    openings.some(({ from, to }) => !isTime(from) || !isTime(to) || from >= to),
  );
  const change: DeviceChange = {
    ...{ name, touchpoint, openingHours, idleSeconds: Number(idle) },
    ...(noPin ? { pin: null } : pin ? { pin } : {}),
  };
  return (
    <>
      <SettingForm
        submit={() => patch<Device>(address, change)}
        mistakes={wrongHours ? [w('device.hours.wrong')] : []}
        onDone={() => {
          setPin('');
          setNoPin(false);
        }}
      >
        <div className="kp-collect__columns">
          <div className="kp-collect__column">
            <Text label={w('devices.name')} value={name} onChange={setName} />
            <Select
              label={w('devices.touchpoint')}
              value={touchpoint}
              onChange={setTouchpoint}
              options={touchpoints.map(({ key, name: label }) => [key, label])}
            />
            <Text label={w('device.idle')} type="number" value={idle} onChange={setIdle} />
            <Text
              label={w('device.pin')}
              help={w(device.hasPin ? 'device.pin.help.some' : 'device.pin.help.none')}
              value={pin}
              onChange={setPin}
            />
            {device.hasPin && <Check label={w('device.pin.remove')} checked={noPin} onChange={setNoPin} />}
          </div>
          <Hours hours={hours} onChange={setHours} />
        </div>
      </SettingForm>
      <div className="kp-collect__risky">
        {device.state !== 'revoked' && device.state !== 'new' && (
          <Sure
            label={w('device.revoke')}
            words={w('device.revoke.words')}
            act={() => remove(`${address}/token`)}
          />
        )}
        <Sure label={w('device.retire')} words={w('device.retire.words')} act={() => remove(address)} />
      </div>
    </>
  );
}
