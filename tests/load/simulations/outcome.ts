/** One promise held against a simulation. */
export interface Outcome {
  name: string;
  value: number;
  least: number;
  most: number;
  runs: number;
}
export const holds = ({ value, least, most }: Outcome): boolean => value >= least && value <= most;

export interface Run {
  runs: number;
  seed: number;
  /** Called now and then with the share that is done. */
  onProgress?: (done: number) => void;
}

/** Runs and reports; the progress is told at most a hundred times. */
export function repeat({ runs, onProgress }: Run, once: (run: number) => void): void {
  const every = Math.max(1, Math.floor(runs / 100));
  for (let run = 0; run < runs; run++) {
    once(run);
    if ((run + 1) % every === 0) onProgress?.((run + 1) / runs);
  }
}
