import type { Db } from './db.ts';
import { type LoadedSettings, readSettings } from './settings.ts';

/**
 * Tells this process what was committed, here and elsewhere, and keeps its settings as they are. Settings come first, so
 * that nobody who lost access meanwhile hears of the rest. One look at a time; a call while one is under way is served
 * by the next.
 */
export class Announcer {
  readonly #db: Db;
  readonly #used: (settings: LoadedSettings) => void;
  readonly #changeListeners = new Set<() => void>();
  readonly #settingsListeners = new Set<() => void>();
  #settings: LoadedSettings;
  /** The last change that was seen. */
  #seen = 0;
  #committing = 0;
  #looking: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(db: Db, settings: LoadedSettings, used: (settings: LoadedSettings) => void) {
    this.#db = db;
    this.#settings = settings;
    this.#used = used;
  }

  get settings(): LoadedSettings {
    return this.#settings;
  }

  /** What the connection that listens calls. */
  readonly ears = {
    look: () => void this.look(true),
    /** A commit of this process is told by itself, once. */
    poll: ({ changes, settings }: { changes: number; settings: number }) => {
      if (this.#committing > 0 || this.#looking) return;
      if (changes !== this.#seen || settings !== this.#settings.version) void this.look(true);
    },
  };

  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  onSettings(listener: () => void): () => void {
    this.#settingsListeners.add(listener);
    return () => this.#settingsListeners.delete(listener);
  }

  /** From now until the answer is called a commit of this process is under way. */
  committing(): () => void {
    this.#committing++;
    return () => {
      this.#committing--;
    };
  }

  /** Of two that come late the newer one stays; the same twice is no news. */
  use(settings: LoadedSettings): void {
    if (settings.version <= this.#settings.version) return;
    this.#settings = settings;
    this.#used(settings);
    for (const listener of this.#settingsListeners) listener();
  }

  /** A commit of this process was this change; the settings are those in use. */
  committed(change: number): void {
    this.#seen = Math.max(this.#seen, change);
    for (const listener of this.#changeListeners) listener();
  }

  look(announce: boolean): Promise<void> {
    if (this.#closed) return Promise.resolve();
    if (this.#looking) this.#again ||= announce;
    this.#looking ??= this.#look(announce).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(announce: boolean): Promise<void> {
    try {
      for (let telling = announce; ; telling = true) {
        this.#again = false;
        const { changes, settings } = (await this.#db.get<{ changes: number; settings: number }>(
          'SELECT changes, settings FROM clock',
          [],
          true,
        ))!;
        if (settings !== this.#settings.version) this.use(await readSettings(this.#db));
        this.#seen = changes;
        if (telling) for (const listener of this.#changeListeners) listener();
        if (!this.#again) return;
      }
    } catch {
      // Whoever listens looks again when the database is back.
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#looking;
  }
}
