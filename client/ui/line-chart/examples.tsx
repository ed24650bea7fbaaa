import type { Examples } from '../example.ts';
import { LineChart, type LineChartProps } from './LineChart.tsx';

const words: LineChartProps['words'] = {
  mark: (value) => String(value).replace('.', ','),
  below: (index) => `wk ${index + 1}`,
  target: (value) => `norm ${String(value).replace('.', ',')}`,
};
const points = [7.4, 7.5, 7.3, 7.6, 7.2, null, 6.9, 6.8, 7, 6.7].map((value, index) => ({
  value,
  low: value === null ? null : value - 0.25,
  high: value === null ? null : value + 0.25,
  target: 7.3,
  running: index === 9,
}));
const common = {
  points,
  range: [6, 8] as const,
  label: 'Cijfer van Balie per week',
  describe: (index: number) => `week ${index + 1}: ${points[index]?.value ?? 'n.b.'}`,
  words,
};

export const examples: Examples = {
  'with margin, target and a gap': <LineChart {...common} />,
  'with a break of method and a signal': (
    <LineChart
      {...common}
      breaks={[{ at: 4, word: 'andere vraag' }]}
      signals={[{ at: 6, word: 'signaal' }]}
      height={220}
    />
  ),
  'nothing yet': <LineChart {...common} points={[]} height={120} />,
};
