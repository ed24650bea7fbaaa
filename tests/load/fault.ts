import type { Outcome } from './faults/outcome.ts';

const clock = () => import('./faults/clock.ts');
const disk = () => import('./faults/disk.ts');
const network = () => import('./faults/network.ts');
const ofProcess = () => import('./faults/process.ts');

/** By name: how often in the long form, and what happens; loaded when it runs, so that the help is there at once. */
const faults: Record<string, [times: number, run: (times: number) => Promise<Outcome | null>]> = {
  kill: [500, async (times) => (await ofProcess()).kills(times)],
  copy: [300, async (times) => (await ofProcess()).copies(times)],
  trace: [
    400,
    async (ratings) => {
      const { traceable, traced } = await import('./faults/traced.ts');
      return traceable ? traced(ratings) : null;
    },
  ],
  full: [20, async (times) => (await disk()).fullDisk(times)],
  'read-only': [10, async (times) => (await disk()).readOnlyDisk(times)],
  log: [40, async (times) => (await disk()).damagedLog(times)],
  clock: [40, async (times) => (await clock()).jumpingClock(times)],
  stop: [30, async (times) => (await ofProcess()).stops(times)],
  network: [3000, async (times) => (await network()).badNetwork(times)],
  herd: [10, async (times) => (await network()).herd(times, 300)],
  files: [20, async (times) => (await network()).noDescriptors(times)],
};

const help = `Breaks a program of its own in every way that a machine or a network can break it, while ratings keep coming, and compares
what is stored with what was answered. Everything acknowledged has to be there once, a recount has to find no difference,
and the dashboards have to show what is stored. Takes about a quarter of an hour.

  npm run test:fault                      all of them, in the long form
  npm run test:fault -- kill full         some of: ${Object.keys(faults).join(', ')}
  npm run test:fault -- kill --times 20   so often`;

const args = process.argv.slice(2);
const option = args.indexOf('--times');
const given = option < 0 ? undefined : Number(args[option + 1]);
const names = option < 0 ? args : args.toSpliced(option, 2);
const isAsked = !args.includes('--help');
const known = names.every((name) => name in faults) && (given === undefined || given >= 1);
if (!isAsked || !known) {
  console.log(help);
  process.exit(isAsked ? 1 : 0);
}

const { isFine } = await import('./faults/outcome.ts');
const outcomes: Outcome[] = [];
const row = (fault: string, cells: (number | string)[]) =>
  console.log(fault.padEnd(72) + cells.map((cell) => String(cell).padStart(13)).join(''));
row('fault', ['times', 'acknowledged', 'lost', 'double', 'differences']);
for (const [name, [times, run]] of Object.entries(faults)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const outcome = await run(given ?? times);
  if (!outcome) {
    console.log(`${name}: needs what this machine does not give`);
    continue;
  }
  outcomes.push(outcome);
  const { acknowledged, lost, double, differences, wrong } = outcome;
  row(outcome.fault, [outcome.times, acknowledged, lost, double, differences]);
  for (const one of wrong.slice(0, 10)) console.log(`    ${one}`);
}
const sum = (figure: 'times' | 'acknowledged' | 'lost' | 'double' | 'differences') =>
  outcomes.reduce((total, outcome) => total + outcome[figure], 0);
row('all', [sum('times'), sum('acknowledged'), sum('lost'), sum('double'), sum('differences')]);
process.exit(outcomes.every(isFine) ? 0 : 1);
