import { type FileHandle, open } from 'node:fs/promises';

export interface Rejected {
  /** Line in the file, the header is line 1. */
  line: number;
  reason: string;
}

/** FILE.rejected.csv: which lines were not taken and why; never what they said. Made when the first one comes. */
export class RejectedRows {
  readonly #file: string;
  #handle: FileHandle | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  async add(rows: readonly Rejected[]): Promise<void> {
    if (rows.length === 0) return;
    if (!this.#handle) {
      this.#handle = await open(this.#file, 'w');
      await this.#handle.write('line;reason\n');
    }
    await this.#handle.write(
      rows.map(({ line, reason }) => `${line};"${reason.replaceAll('"', '""')}"\n`).join(''),
    );
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}
