import { readFileSync } from 'node:fs';

/** What a process has in memory, in bytes; NaN where the system does not say. */
export function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return Number.NaN;
  }
}

export const megabytes = (bytes: number): number => bytes / 1e6;
