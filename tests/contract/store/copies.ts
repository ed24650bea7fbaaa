import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/program.ts';
import { aRating, type Bench, countIn, ratings } from './bench.ts';

export function copiesContract(bench: Bench): void {
  test('AG7: a backup taken while ratings come in is of one moment, and holds all that was accepted before', async () => {
    const store = await bench.fresh();
    await store.append(ratings(3000));
    const file = join(temporaryFolder(), 'copy.db');
    let copying = true;
    const backup = store.backup(file).finally(() => {
      copying = false;
    });
    let written = 3000;
    while (copying) {
      await Promise.all([store.append([aRating()]), store.append(ratings(2))]);
      written += 3;
    }
    await backup;
    const copy = await bench.open(file);
    const { ratings: kept, differences } = await copy.recount({ repair: false });
    expect(differences).toBe(0);
    expect(kept).toBeGreaterThanOrEqual(3000);
    expect(kept).toBeLessThanOrEqual(written);
    expect(await countIn(copy)).toBe(kept);
    expect(await countIn(store)).toBe(written);
    expect(copy.settings()).toEqual(store.settings());
  });

  test('AG7: a backup overwrites nothing', async () => {
    const store = await bench.fresh();
    const folder = temporaryFolder();
    const file = join(folder, 'copy.db');
    writeFileSync(file, 'van iemand anders');
    await expect(store.backup(file)).rejects.toThrow('overwrites nothing');
    expect(readFileSync(file, 'utf8')).toBe('van iemand anders');
    expect(readdirSync(folder)).toEqual(['copy.db']);
  });

  test('AG7: a backup that fails leaves nothing that looks like one', async () => {
    const store = await bench.fresh();
    const file = join(temporaryFolder(), 'no such folder', 'copy.db');
    await expect(store.backup(file)).rejects.toThrow();
    expect(existsSync(file)).toBe(false);
    await store.append([aRating()]);
    expect(await countIn(store)).toBe(1);
  });

  test('AG7: how far a backup is never passes the whole', async () => {
    const store = await bench.fresh();
    await store.append(ratings(100));
    const shares: number[] = [];
    await store.backup(join(temporaryFolder(), 'copy.db'), (share) => shares.push(share));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });
}
