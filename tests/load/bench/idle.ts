import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

/** Of a processor, in hundredths of a second, since the process began; NaN where the system does not say. */
export function usedBy(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return Number.NaN;
  }
}

const pause = 1000;
/** Hundredths of a second of processor in a pause: below it nothing is under way. */
const atRest = 5;
const pausesAtRest = 3;
const mostPauses = 300;

/** Waits until a process rests, and says after how many seconds it did. */
export async function untilIdle(pid: number | undefined): Promise<number> {
  const began = performance.now();
  let resting = 0;
  for (let i = 0; i < mostPauses; i++) {
    const before = usedBy(pid);
    await after(pause);
    resting = usedBy(pid) - before > atRest ? 0 : resting + 1;
    if (resting === pausesAtRest) break;
  }
  return (performance.now() - began - pausesAtRest * pause) / 1000;
}
