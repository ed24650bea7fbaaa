import { spawnSync } from 'node:child_process';
import { type ProgramOptions, startProgram } from '../../support/program.ts';

const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** The server gets one core, whoever loads it the others, where the system can do that. */
export const pinned: string[] = canPin ? ['taskset', '-c', '0'] : [];

export function keepOffTheServersCore(): void {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)]);
}

/** `oneCore: false` leaves the server all of them. */
export const startPinned = (options: ProgramOptions = {}, oneCore = true) =>
  startProgram({ ...options, through: oneCore ? pinned : [] });
