import type { Examples } from '../example.ts';
import { type ChosenPeriod, PeriodPicker } from './PeriodPicker.tsx';

const running = [
  { key: 'today', text: 'Vandaag' },
  { key: 'year', text: 'Dit jaar' },
] as const;
const words = {
  legend: 'Periode',
  choose: 'Kies…',
  from: 'van',
  to: 'tot en met',
  show: 'Toon',
  order: 'Kies een begin dat voor het einde ligt.',
};
const shown = (value: ChosenPeriod<'today' | 'year'>) => (
  <PeriodPicker
    value={value}
    running={running}
    range={{ from: '2026-01-01', to: '2026-03-31' }}
    words={words}
    onChange={() => {}}
  />
);

export const examples: Examples = {
  running: shown('year'),
  chosen: shown({ from: '2026-01-01', to: '2026-03-31' }),
};
