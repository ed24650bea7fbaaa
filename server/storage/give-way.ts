import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';

/**
 * The thread that calls this lets others of the program go first, in so many steps of priority (1 to 19). Linux has a priority
 * per thread, named by its number; elsewhere all have the same, and this does nothing.
 */
export function giveWay(steps: number): void {
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), steps);
  } catch {}
}
