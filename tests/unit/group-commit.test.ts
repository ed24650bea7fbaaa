import { describe, expect, test } from 'vitest';
import { GroupCommit } from '../../server/storage/group-commit.ts';
import type { Addition, Entry, Outcome } from '../../server/storage/port.ts';

const entry = (id: string): Addition => ({ kind: 'addition', id, now: 0, window: null });
const some = (name: string, count: number) => Array.from({ length: count }, (_, i) => entry(`${name}${i}`));
const outcomeOf = ({ id }: Entry): Outcome => ({ status: 'accepted', receivedAt: 0, comment: id });
const idsOf = (outcomes: Outcome[]) => outcomes.map((outcome) => 'comment' in outcome && outcome.comment);

/** Keeps all or throws, as a database does; a commit waits until it is let through. */
function slowDisk(options: { refuses?: (entry: Entry) => boolean; waits?: boolean } = {}) {
  const { refuses = () => false, waits = false } = options;
  const commits: string[][] = [];
  const gates: (() => void)[] = [];
  const group = new GroupCommit(async (entries) => {
    if (waits) await new Promise<void>((resolve) => gates.push(resolve));
    if (entries.some(refuses)) throw new Error(`refused ${entries.find(refuses)?.id}`);
    commits.push(entries.map(({ id }) => id));
    return entries.map(outcomeOf);
  });
  const underWay = async () => {
    while (gates.length === 0) await new Promise(setImmediate);
  };
  const letThrough = async () => {
    await underWay();
    gates.shift()!();
  };
  return { group, commits, underWay, letThrough };
}

describe('group commit', () => {
  test('IN16: requests of the same moment share one commit, and each gets its own outcomes in its own order', async () => {
    const { group, commits } = slowDisk();
    const sent = [some('a', 1), some('b', 3), some('c', 0), some('d', 2)];
    const answers = await Promise.all(sent.map((entries) => group.append(entries)));
    expect(commits).toEqual([['a0', 'b0', 'b1', 'b2', 'd0', 'd1']]);
    expect(answers.map(idsOf)).toEqual(sent.map((entries) => entries.map(({ id }) => id)));
  });

  test('IN16: what arrives while a commit is under way shares the next one', async () => {
    const { group, commits, underWay, letThrough } = slowDisk({ waits: true });
    const first = group.append(some('first', 1));
    await underWay();
    const later = Array.from({ length: 50 }, (_, i) => group.append(some(`later${i}-`, 1)));
    await letThrough();
    await first;
    expect(commits).toHaveLength(1);
    await letThrough();
    await Promise.all(later);
    expect(commits).toHaveLength(2);
    expect(commits[1]).toEqual(Array.from({ length: 50 }, (_, i) => `later${i}-0`));
  });

  test('IN16: a request waits for company as long as some keeps coming, and alone for nobody', async () => {
    const { group, commits } = slowDisk();
    const sent = [group.append(some('a', 1))];
    for (let turn = 1; turn < 3; turn++) {
      await new Promise(setImmediate);
      sent.push(group.append(some(`turn${turn}-`, 1)));
    }
    await Promise.all(sent);
    expect(commits).toEqual([['a0', 'turn1-0', 'turn2-0']]);
  });

  test('IN2: nobody is answered before the commit', async () => {
    const { group, letThrough } = slowDisk({ waits: true });
    let answered = false;
    const answer = group.append(some('a', 1)).then(() => {
      answered = true;
    });
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(answered).toBe(false);
    await letThrough();
    await answer;
  });

  test('IN16: a request that cannot be committed costs the others nothing, and fails alone', async () => {
    const { group, commits } = slowDisk({ refuses: ({ id }) => id === 'bad1' });
    const sent = [some('a', 2), some('bad', 3), some('b', 1)].map((entries) => group.append(entries));
    const [a, bad, b] = await Promise.allSettled(sent);
    expect(a).toMatchObject({ status: 'fulfilled' });
    expect(b).toMatchObject({ status: 'fulfilled' });
    expect(bad).toMatchObject({ status: 'rejected', reason: new Error('refused bad1') });
    expect(commits).toEqual([['a0', 'a1'], ['b0']]);
  });

  test('IN15: when nothing can be committed every request fails, and the next one is tried again', async () => {
    let full = true;
    const { group, commits } = slowDisk({ refuses: () => full });
    const failed = await Promise.allSettled([group.append(some('a', 1)), group.append(some('b', 1))]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    full = false;
    await group.append(some('c', 1));
    expect(commits).toEqual([['c0']]);
  });

  test('IN16: a commit is never larger than two thousand entries, unless one request is', async () => {
    const { group, commits } = slowDisk();
    const sizes = [1500, 400, 101, 1, 1998];
    await Promise.all(sizes.map((size, i) => group.append(some(`${i}-`, size))));
    expect(commits.map(({ length }) => length)).toEqual([1900, 102, 1998]);
    expect(commits.flat()).toEqual(sizes.flatMap((size, i) => some(`${i}-`, size).map(({ id }) => id)));
    await group.append(some('large', 2500));
    expect(commits.at(-1)).toHaveLength(2500);
  });

  test('IN15: beyond four thousand waiting entries whoever comes is refused at once, and accepted when there is room again', async () => {
    const { group, commits, underWay, letThrough } = slowDisk({ waits: true });
    const first = group.append(some('first', 1));
    await underWay();
    const waiting = Array.from({ length: 2 }, (_, i) => group.append(some(`${i}-`, 2000)));
    await expect(group.append(some('late', 1))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    await expect(group.append(some('batch', 500))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    // Nothing was let through yet: those were answered before anybody who waits.
    expect(commits).toEqual([]);
    await letThrough();
    await letThrough();
    await first;
    await waiting[0];
    const again = group.append(some('again', 1));
    for (let commit = 0; commit < 2; commit++) await letThrough();
    await Promise.all([...waiting, again]);
    expect(commits.flat()).toHaveLength(4_002);
    expect(commits.flat()).not.toContain('late0');
  });

  test('IN16: a commit that is full does not wait for the turn of the loop that brought it', async () => {
    const { group, commits } = slowDisk();
    const sent = [group.append(some('first', 1))];
    await new Promise(setImmediate);
    for (let i = 0; i < 1999; i++) sent.push(group.append(some(`${i}-`, 1)));
    // Promises only: the loop does not turn.
    for (let i = 0; i < 50; i++) await null;
    expect(commits.map(({ length }) => length)).toEqual([2000]);
    await Promise.all(sent);
    for (let i = 0; i < 2; i++) void group.append(some(`again${i}-`, 2000));
    expect(group.isFull()).toBe(true);
    await group.idle();
    expect(group.isFull()).toBe(false);
  });

  test('CM3: it is idle only when everything that was asked for is answered', async () => {
    const { group, commits } = slowDisk();
    await group.idle();
    void group.append(some('a', 2000));
    void group.append(some('b', 2000));
    await group.idle();
    expect(commits.map(({ length }) => length)).toEqual([2000, 2000]);
  });
});
