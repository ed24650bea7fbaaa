import type { Examples } from '../example.ts';
import { axisOf, type FallStep } from './layout.ts';
import { Waterfall } from './Waterfall.tsx';

const total = (key: string, level: number): FallStep => ({
  ...{ key, label: key, text: level.toFixed(1), from: level, to: level, kind: 'total', tone: 'none' },
});
const step = (label: string, from: number, to: number, more: Partial<FallStep>): FallStep => ({
  ...{ key: label, label, text: (to - from).toFixed(2), from, to, kind: 'proven', tone: 'mix', ...more },
});
const shown = (steps: FallStep[]) => (
  <Waterfall
    steps={steps}
    axis={axisOf(steps.flatMap(({ from, to }) => [from, to]))}
    mark={(level) => level.toFixed(1)}
    label="Van het oude naar het nieuwe cijfer"
  />
);

export const examples: Examples = {
  'a fall': shown([
    total('Was', 6.9),
    step('Meer verhuizingen', 6.9, 6.82, { detail: 'andere aandelen' }),
    step('Verhuizing doorgeven', 6.82, 6.53, { tone: 'down', detail: 'lagere cijfers' }),
    step('Niet toe te wijzen', 6.53, 6.5, { kind: 'pale', tone: 'none' }),
    total('Is', 6.5),
  ]),
  'a rise in one step': shown([
    total('Voor', 5.1),
    step('Website', 5.1, 7.4, { tone: 'up' }),
    total('Na', 7.4),
  ]),
  'nothing proven': shown([
    total('Eerst', 7),
    step('Andere verdeling', 7, 7.02, { kind: 'pale', tone: 'none' }),
    total('Daarna', 7.02),
  ]),
};
