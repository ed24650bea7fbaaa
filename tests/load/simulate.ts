import { parseArgs } from 'node:util';
import { parts } from './simulations/all.ts';
import { holds } from './simulations/outcome.ts';

const names = [...new Set(parts.map((part) => part.name))];
const usage = `Simulates cities in which the truth is known, and holds the statistics against it.

  node tests/load/simulate.ts                     all: some minutes
  node tests/load/simulate.ts coverage mix        some of: ${names.join(', ')}
    --size 0.1    a tenth of the runs (1 unless said); then chance alone may break a bound
    --seed 7      other chances (1 unless said)
    --help

One line per promise: what was found, its bounds, ok or not. Ends with exit code 1 when one does not hold.`;

function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { size: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
    });
    const size = Number(values.size ?? 1);
    const seed = Number(values.seed ?? 1);
    const isKnown = positionals.every((name) => names.includes(name));
    return isKnown && size > 0 && Number.isInteger(seed) ? { ...values, size, seed, positionals } : null;
  } catch {
    return null;
  }
}

const options = asked();
if (!options || options.help) {
  (options ? console.log : console.error)(usage);
  process.exit(options ? 0 : 1);
}

const chosen = parts.filter(
  ({ name }) => options.positionals.length === 0 || options.positionals.includes(name),
);
const started = Date.now();
let broken = 0;
for (const [i, { name, runs, simulate }] of chosen.entries()) {
  const shown = process.stderr.isTTY;
  const onProgress = (done: number) =>
    process.stderr.write(`\r${i + 1} of ${chosen.length} ${name} ${Math.round(done * 100)} % `);
  const run = { runs: Math.max(1, Math.round(runs * options.size)), seed: options.seed };
  const outcomes = simulate(shown ? { ...run, onProgress } : run);
  if (shown) process.stderr.write('\r\x1b[K');
  for (const outcome of outcomes) {
    const isHeld = holds(outcome);
    if (!isHeld) broken++;
    const bounds =
      outcome.most === Number.POSITIVE_INFINITY ? `≥ ${outcome.least}` : `${outcome.least} … ${outcome.most}`;
    console.log(
      `${isHeld ? 'ok ' : 'NOT'}  ${outcome.value.toFixed(3).padStart(9)}  (${bounds})  ${outcome.name}; ${outcome.runs} runs`,
    );
  }
}
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  broken === 0 ? `All hold (${seconds} s).` : `${broken} do not hold (${seconds} s, seed ${options.seed}).`,
);
process.exit(broken === 0 ? 0 : 1);
