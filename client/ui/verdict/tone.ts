/** What a verdict means: at or above the target, not to be told, below it, or nothing to judge. */
export type VerdictTone = 'good' | 'warn' | 'bad' | 'none';
