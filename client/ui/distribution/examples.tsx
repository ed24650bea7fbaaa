import type { Examples } from '../example.ts';
import { Distribution } from './Distribution.tsx';

const shown = (counts: number[]) => (
  <Distribution
    counts={counts}
    label="Verdeling"
    describe={(step, count) => `${step}: ${count} waarderingen`}
  />
);

export const examples: Examples = {
  usual: shown([12, 10, 22, 40, 96, 310, 902, 1204, 480, 160]),
  'two camps': shown([40, 31, 12, 4, 3, 2, 8, 30, 44, 60]),
  'one rating': shown([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]),
  none: shown(new Array<number>(10).fill(0)),
  smileys: shown([3, 5, 12, 30, 22]),
};
