import type { Examples } from '../example.ts';
import { type Pulse, PulseLine } from './PulseLine.tsx';

const pulses: Pulse[] = Array.from({ length: 60 }, (_, id) => ({
  id,
  at: id * 10_000 + ((id * 7919) % 9000),
  grade: 1 + ((id * 37) % 10),
  derived: id % 9 === 0,
}));
const shown = (some: Pulse[], words: string) => (
  <PulseLine
    pulses={some}
    since={0}
    now={600_000}
    span={600_000}
    label={words}
    start="10 minuten geleden"
    end={words}
  />
);

export const examples: Examples = {
  busy: shown(pulses, '60 waarderingen sinds 10.42 uur'),
  'two ratings': shown(pulses.slice(-2), '2 waarderingen sinds 10.42 uur'),
  quiet: shown([], 'nog geen waardering sinds 10.42 uur'),
};
