import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface BackupsOptions {
  /** Where they go; null: none are made, and a health check says so. */
  folder: string | null;
  /** The file of the database: copies from before an upgrade stand beside it. */
  database: string;
  backup: (file: string) => Promise<void>;
  /** Of several processes on one database one makes them. */
  leads: () => boolean;
  now: () => number;
  failed: (error: unknown) => void;
}

export interface BackupFile {
  name: string;
  /** Milliseconds UTC. */
  at: number;
  bytes: number;
}

const day = 86_400_000;
const lookEvery = 10 * 60_000;
const ours = /^klantpuls-\d{4}-\d\d-\d\dT\d{6}Z\.db$/;

/** A copy of the database every day, and the end of old ones. */
export class Backups {
  readonly #options: BackupsOptions;
  readonly #timer: NodeJS.Timeout | null;
  #running: Promise<void> | null = null;

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#timer = options.folder === null ? null : setInterval(() => void this.look(), lookEvery);
    this.#timer?.unref();
  }

  get planned(): boolean {
    return this.#options.folder !== null;
  }

  /** Newest first. */
  async list(): Promise<BackupFile[]> {
    const { folder } = this.#options;
    if (folder === null) return [];
    const names = await readdir(folder).catch(() => []);
    const files = names.filter((name) => ours.test(name)).map((name) => fileOf(join(folder, name)));
    return (await Promise.all(files)).sort((a, b) => b.at - a.at);
  }

  /** Makes one when the last is a day old. */
  look(): Promise<void> {
    this.#running ??= this.#make().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #make(): Promise<void> {
    const { folder, backup, leads, now, failed } = this.#options;
    if (folder === null || !leads()) return;
    try {
      const [last] = await this.list();
      if (last && now() - last.at < day) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const stamp = new Date(now()).toISOString().slice(0, 19).replaceAll(':', '');
      const file = join(folder, `klantpuls-${stamp}Z.db`);
      // It has its name when it is whole.
      await rm(`${file}.unfinished`, { force: true });
      await backup(`${file}.unfinished`);
      // For nobody else's eyes, also in a folder that somebody else made.
      await chmod(`${file}.unfinished`, 0o600);
      await rename(`${file}.unfinished`, file);
    } catch (error) {
      failed(error);
    }
  }

  /**
   * Removes what was copied before `before`, in milliseconds UTC: by us, or by an upgrade. The newest backup stays,
   * however old. How many that were.
   */
  async removeOlder(before: number): Promise<number> {
    const { folder, database } = this.#options;
    const backups = (await this.list()).slice(1).map(({ name, at }) => ({ path: join(folder!, name), at }));
    const beside = dirname(database);
    const upgrades = (await readdir(beside).catch(() => [])).filter((name) =>
      name.startsWith(`${basename(database)}.before-`),
    );
    const copies = await Promise.all(
      upgrades.map(async (name) => ({
        path: join(beside, name),
        at: (await stat(join(beside, name))).mtimeMs,
      })),
    );
    const old = [...backups, ...copies].filter(({ at }) => at < before);
    for (const { path } of old) await rm(path, { force: true });
    return old.length;
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#running;
  }
}

/** Its time stands in its name, which a copy of the file keeps. */
async function fileOf(path: string): Promise<BackupFile> {
  const name = basename(path);
  const [, date = '', hours, minutes, seconds] = /^klantpuls-(.{10})T(..)(..)(..)Z/.exec(name) ?? [];
  const at = Date.parse(`${date}T${hours}:${minutes}:${seconds}Z`);
  return { name, at, bytes: (await stat(path)).size };
}
