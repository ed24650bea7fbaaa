import { createHash } from 'node:crypto';
import type { DeviceConfiguration } from '#shared/contract/device.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import type { DeviceRecord } from '../storage/port/devices.ts';
import type { Settings } from '../storage/port.ts';
import { closedDaysFrom } from './closing.ts';

export type FormOf = (touchpoint: string, language: string) => Form | null;

/** Everything that a tablet needs; `version` is a hash of the rest. */
export function configurationOf(
  device: DeviceRecord,
  settings: Settings,
  formOf: FormOf,
  now: number,
): DeviceConfiguration {
  const { municipality, languages, closedDays, touchpoints } = settings;
  const forms: Record<string, Form> = {};
  for (const language of languages) {
    const form = formOf(device.touchpoint, language);
    if (form) forms[language] = form;
  }
  const content = {
    device: { id: device.id, name: device.name },
    touchpoint: device.touchpoint,
    municipality,
    languages,
    forms,
    idleSeconds: device.idleSeconds,
    openingHours: device.openingHours,
    holidays: closedDaysFrom(closedDays, now),
    pin: device.pin,
    trial: touchpoints.find(({ key }) => key === device.touchpoint)?.trial ?? false,
  };
  const version = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
  return { version, ...content };
}
