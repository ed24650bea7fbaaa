/** The table of a year as it was frozen; times in milliseconds UTC. */
export interface YearTableRecord {
  id: number;
  year: number;
  content: string;
  hash: string;
  frozenAt: number;
  frozenBy: string;
  reopenedAt: number | null;
  reopenedBy: string | null;
  reason: string | null;
}

export interface YearTableStore {
  /** Null when the table of this year is frozen already. */
  freeze(
    table: Omit<YearTableRecord, 'id' | 'reopenedAt' | 'reopenedBy' | 'reason'>,
  ): Promise<YearTableRecord | null>;
  /** What was frozen stays; null when there is no frozen table with this number. */
  reopen(id: number, by: { name: string; at: number; reason: string }): Promise<YearTableRecord | null>;
  /** The newest first, of one year or of all. */
  list(year: number | null): Promise<YearTableRecord[]>;
}
