import { useId, useState } from 'react';
import type { Device } from '#shared/contract/device.ts';
import type { Touchpoint } from '#shared/contract/settings.ts';
import { DeviceForm } from './DeviceForm.tsx';
import { type CollectWords, useCollectWords } from './words.ts';

/** Word and shape before colour: drawn, because not every letter has them. */
const shapes: Record<Device['state'], string> = {
  active: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
  silent: 'M6 11 .5 1h11Z',
  revoked: 'M6 1 11.5 11H.5Z',
  closed: 'M1 5h10v2H1Z',
  new: 'M1 5h2v2H1Zm4 0h2v2H5Zm4 0h2v2H9Z',
  retired: 'M1 5h10v2H1Z',
};
const minute = 60_000;

/** What it told last, in short words. */
function facts({ heartbeat, lastSeen, clockOff, upToDate }: Device, words: CollectWords): string[] {
  const { w, share, ago } = words;
  const seen =
    lastSeen === null ? w('device.never') : w('device.seen', { ago: ago(Date.now() - Date.parse(lastSeen)) });
  if (!heartbeat) return [seen];
  const { queue, oldestAge, battery, charging, version, rejected, persisted } = heartbeat;
  const waits = { n: queue, ago: ago((oldestAge ?? 0) * 1000) };
  const off = clockOff !== null && Math.abs(clockOff) * 1000 > minute ? clockOff : 0;
  const time = words.duration(Math.abs(off) * 1000);
  return [
    seen,
    queue === 0 ? w('device.queue.none') : w(queue === 1 ? 'device.queue.one' : 'device.queue.some', waits),
    ...(rejected > 0 ? [w('device.rejected', { n: rejected })] : []),
    ...(battery === null
      ? []
      : [w(charging ? 'device.charging' : 'device.battery', { share: share(battery) })]),
    ...(off === 0 ? [] : [w(off > 0 ? 'device.clock.ahead' : 'device.clock.behind', { time })]),
    ...(persisted === false ? [w('device.persisted')] : []),
    ...(upToDate === false ? [w('device.outdated')] : []),
    w('device.version', { version }),
  ];
}

export function DeviceRow({ device, touchpoints }: { device: Device; touchpoints: readonly Touchpoint[] }) {
  const words = useCollectWords();
  const { w } = words;
  const [open, setOpen] = useState(false);
  const id = useId();
  const place = touchpoints.find(({ key }) => key === device.touchpoint);
  return (
    <li className="kp-collect__row">
      <div className="kp-collect__line">
        <div className="kp-collect__name">
          <h2>{device.name}</h2>
          <p>{place?.name ?? device.touchpoint}</p>
        </div>
        <p className={`kp-collect__state kp-collect__state--${device.state}`}>
          <svg viewBox="0 0 12 12" aria-hidden="true" className="kp-collect__shape">
            <path d={shapes[device.state]} fill="currentColor" />
          </svg>
          {w(`state.${device.state}`)}
        </p>
        <ul className="kp-collect__facts">
          {facts(device, words).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <button
          type="button"
          className="kp-quiet"
          aria-expanded={open}
          aria-controls={id}
          aria-label={`${w(open ? 'close' : 'change')}: ${device.name}`}
          onClick={() => setOpen(!open)}
        >
          {w(open ? 'close' : 'change')}
        </button>
      </div>
      <div id={id} className="kp-collect__more">
        {open && <DeviceForm device={device} touchpoints={touchpoints} />}
      </div>
    </li>
  );
}
