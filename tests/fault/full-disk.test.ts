import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/figures.ts';
import type { NewRating } from '../../server/storage/port.ts';
import { openSqlite } from '../../server/storage/sqlite/store.ts';
import { fill, smallDisk } from '../load/faults/disk.ts';
import { countRatings } from '../support/database.ts';
import { prepare } from '../support/prepared.ts';
import { type Program, startProgram, temporaryFolder } from '../support/program.ts';
import { aRating, get, post, type Reply, send } from '../support/ratings.ts';

const disk = join(temporaryFolder(), 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]).status === 0;
const why = mounted ? '' : ' (needs the right to mount a small disk, which this machine does not give)';

const newRating: NewRating = {
  ...{ kind: 'rating', id: '', touchpoint: 'balie-1', grade: 8, smiley: null, product: null, language: null },
  ...{ form: null, at: Date.now(), receivedAt: Date.now(), givenAt: null, marks: 0, answers: null },
  comment: 'x'.repeat(1900),
};

const refused = ({ status, headers, body }: Reply) => {
  expect(status).toBe(503);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({ status: 503, errors: [] });
};

describe.skipIf(!mounted)(`a disk that is full${why}`, () => {
  const dataDir = join(disk, 'data');
  const filler = join(disk, 'filler');
  let program: Program;
  let viewer: string;

  beforeAll(async () => {
    ({ viewer = '' } = await prepare(dataDir, { tokens: { viewer: 'viewer' } }));
    program = await startProgram({ dataDir });
  });
  afterAll(async () => {
    await program.stop();
    spawnSync('umount', [disk]);
  });

  const n = async () => (await get<Summary>(program.url, '/summary', viewer)).body.total.n;

  test('IN15: what cannot be stored is answered 503 with Retry-After, and what was there stays readable', async () => {
    const accepted: unknown[] = [];
    for (let i = 0; i < 20; i++) {
      const rating = aRating();
      expect((await post(program.url, rating)).status).toBe(201);
      accepted.push(rating);
    }
    fill(filler);
    // The write-ahead log may have room of its own for a while.
    let full: Reply | null = null;
    let last: unknown;
    for (let i = 0; i < 5000 && !full; i++) {
      last = aRating({ comment: 'x'.repeat(1500) });
      const reply = await post(program.url, last);
      if (reply.status === 201) accepted.push(last);
      else full = reply;
    }
    refused(full!);
    const many = await Promise.all(
      Array.from({ length: 20 }, () => post(program.url, aRating({ comment: 'y'.repeat(1500) }))),
    );
    for (const reply of many) refused(reply);
    const batch = { sentAt: new Date().toISOString(), ratings: [aRating({ comment: 'z'.repeat(1500) })] };
    refused(await send('POST', `${program.url}/api/v1/ratings/batch`, batch));
    refused(
      await send('PATCH', `${program.url}/api/v1/ratings/${(accepted[0] as { id: string }).id}`, {
        comment: 'x'.repeat(1900),
      }),
    );
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(503);
    expect(await n()).toBe(accepted.length);
    for (const rating of accepted.slice(0, 5)) expect((await post(program.url, rating)).status).not.toBe(201);

    rmSync(filler);
    expect((await post(program.url, last)).status).toBe(201);
    for (const rating of accepted) expect((await post(program.url, rating)).status).toBe(200);
    expect(await n()).toBe(accepted.length + 1);
    expect(countRatings(dataDir)).toBe(accepted.length + 1);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    expect((await program.command('recount')).stdout).toContain('\n0 differences');
  });

  test('IN15: a full disk at the end does not keep the program from stopping, and nothing is lost', async () => {
    const rating = aRating();
    expect((await post(program.url, rating)).status).toBe(201);
    fill(filler);
    expect(await program.stop()).toBe(0);
    rmSync(filler);
    program = await program.restart();
    expect((await post(program.url, rating)).status).toBe(200);
  });
});

test.skipIf(!mounted)('IN15: on a disk with room for a row and not for ratings it is not ready', async () => {
  const small = smallDisk(6)!;
  const store = await openSqlite({ file: join(small.folder, 'klantpuls.db') });
  try {
    const much = (count: number) => Array.from({ length: count }, () => ({ ...newRating, id: randomUUID() }));
    await store.append(much(1));
    fill(join(small.folder, 'filler'));
    // Half of what it needs: the rest of the log stays for others.
    truncateSync(join(small.folder, 'filler'), statSync(join(small.folder, 'filler')).size - 200_000);
    await expect(store.append(much(500))).rejects.toThrow();
    await expect(store.checkWritable()).rejects.toThrow();
    rmSync(join(small.folder, 'filler'));
    await store.checkWritable();
    await store.append(much(500));
  } finally {
    await store.close();
    small.remove();
  }
});

test('IN15: while another process holds the database for long everybody is answered 503, and later taken', async () => {
  const program = await startProgram();
  const ratings = Array.from({ length: 12 }, () => aRating());
  const holder = new Database(join(program.dataDir, 'klantpuls.db'));
  holder.exec('BEGIN IMMEDIATE');
  try {
    for (const reply of await Promise.all(ratings.map((rating) => post(program.url, rating)))) refused(reply);
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
  } finally {
    holder.exec('ROLLBACK');
    holder.close();
  }
  for (const rating of ratings) expect((await post(program.url, rating)).status).toBe(201);
  await program.stop();
});
