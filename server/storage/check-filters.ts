import { type FieldError, ProblemError } from '#shared/contract/errors.ts';
import type { Filters } from '#shared/contract/figures.ts';
import type { Settings } from './port.ts';

/** A value that does not exist would silently give nothing: say so instead. */
export function checkFilters(settings: Settings, filters: Filters): void {
  const known = {
    channel: new Set(settings.channels.map(({ key }) => key)),
    touchpoint: new Set(settings.touchpoints.map(({ key }) => key)),
    location: new Set([
      '',
      ...[...settings.touchpoints, ...settings.placements].map(({ location }) => location ?? ''),
    ]),
    product: new Set(['', ...settings.products.map(({ key }) => key)]),
    language: new Set(['', ...settings.languageIds.keys()]),
  };
  const errors: FieldError[] = [];
  for (const name of Object.keys(known) as (keyof typeof known)[])
    for (const value of filters[name] ?? [])
      if (!known[name].has(value))
        errors.push({ pointer: `/${name}`, code: 'unknown-value', detail: `There is no ${name} ${value}.` });
  if (errors.length > 0)
    throw new ProblemError('invalid-input', errors.map(({ detail }) => detail).join(' '), { errors });
}
