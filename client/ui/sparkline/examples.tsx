import type { Examples } from '../example.ts';
import type { SparkBreak } from './layout.ts';
import { Sparkline } from './Sparkline.tsx';

const wave = Array.from({ length: 26 }, (_, week) => 7.2 + 0.25 * Math.sin(week / 3) - week * 0.012);

function shown(
  values: (number | null)[],
  options: { target?: number; breaks?: SparkBreak[]; running?: boolean } = {},
) {
  return (
    <Sparkline
      points={values.map((value, index) => ({
        value,
        running: options.running === true && index === values.length - 1,
      }))}
      breaks={options.breaks}
      target={options.target}
      targetLabel={options.target?.toFixed(1).replace('.', ',')}
      range={[6, 8]}
      label="Verloop"
      describe={(index) => `week ${index + 1}: ${values[index]?.toFixed(1) ?? 'n.b.'}`}
    />
  );
}

export const examples: Examples = {
  'with a target': shown(wave, { target: 7.3 }),
  'without a target': shown(wave),
  'this week still runs': shown(wave, { target: 7.3, running: true }),
  'method changed': shown(
    wave.map((value, week) => (week < 14 ? value : value - 0.5)),
    {
      target: 7.3,
      breaks: [{ before: 14, label: 'andere vraag' }],
    },
  ),
  'weeks with too few': shown(wave.map((value, week) => (week % 7 === 3 || week === 20 ? null : value))),
  'one week': shown([7.1]),
  nothing: shown(new Array<null>(26).fill(null)),
};
