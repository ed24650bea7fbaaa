import { expect, test } from 'vitest';
import { jumpingClock } from '../load/faults/clock.ts';
import { damagedLog, readOnlyDisk } from '../load/faults/disk.ts';
import { badNetwork, herd, noDescriptors } from '../load/faults/network.ts';
import { isFine, type Outcome } from '../load/faults/outcome.ts';
import { copies } from '../load/faults/process.ts';

/** Every fault a few times; `npm run test:fault` is the long form. */
const faults: [string, () => Promise<Outcome | null>][] = [
  ['the machine stops and leaves the database and its log as they are', () => copies(3)],
  ['the log of the database is damaged', () => damagedLog(1)],
  ['the disk becomes read-only', () => readOnlyDisk(1)],
  ['the clock jumps, and goes through the nights in which it is put back and forth', () => jumpingClock(3)],
  ['requests and answers get lost, come late and come twice', () => badNetwork(60)],
  ['all dashboards lose their connection at once', () => herd(1, 20)],
  ['there are no file descriptors left', () => noDescriptors(1)],
];

test.each(faults)(
  'FT1: when %s, what was acknowledged is there once, and figures and dashboards say so',
  async (_fault, run) => {
    const outcome = await run();
    if (outcome) expect(outcome).toSatisfy(isFine);
  },
  120_000,
);
