import { readdirSync, readFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';
import { launchOptions } from './browser.ts';
import { until } from './until.ts';

export interface Profile {
  context: BrowserContext;
  /** SIGKILL to all of its processes, and waits until they are gone. */
  kill(): Promise<void>;
}

/** The processes of a browser with this profile. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/** A browser whose profile outlives it, as on a tablet. */
export async function openProfile(folder: string): Promise<Profile> {
  const context = await chromium.launchPersistentContext(folder, {
    ...(await launchOptions()),
    ...{ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', viewport: { width: 1024, height: 768 } },
  });
  return {
    context,
    async kill() {
      for (const pid of processesOf(folder)) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It went with its parent.
        }
      }
      await until('the browser is gone', () => processesOf(folder).length === 0);
      await context.close().catch(() => undefined);
    },
  };
}
