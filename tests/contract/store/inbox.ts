import { expect, test } from 'vitest';
import { soughtIn } from '#shared/core/words/search.ts';
import type { InboxQuery } from '../../../server/storage/port/inbox.ts';
import { mark, type Reader, type Store } from '../../../server/storage/port.ts';
import { anAddition, aRating, type Bench, noon } from './bench.ts';

const hour = 3_600_000;
const all: InboxQuery = {
  ...{ from: null, to: null, placements: null, products: null, languages: null, marked: true },
  ...{ themes: null, statuses: null, kind: null, sought: null, after: null },
};
const by = { name: 'Anja', at: noon };

export function inboxContract(bench: Bench): void {
  const texts = async (store: Pick<Store, 'inbox'>, query: Partial<InboxQuery> = {}) =>
    (await store.inbox.find({ ...all, ...query }, 100)).map(({ text }) => text);
  const search = (store: Pick<Store, 'inbox'>, question: string) =>
    texts(store, { sought: soughtIn(question) });
  /** Found is only what was read. */
  const read = async (store: Pick<Store, 'inbox'>) => {
    while (await store.inbox.index(2));
  };
  /** One comment per hour, the first the newest. */
  const withComments = async (...comments: string[]) => {
    const store = await bench.fresh();
    await store.append(
      comments.map((comment, i) => aRating({ comment, at: noon - i * hour, receivedAt: noon - i * hour })),
    );
    await read(store);
    return store;
  };

  test('RE1: comments stand from the newest on, and a page goes on after the last one while others come in', async () => {
    const store = await withComments('een', 'twee', 'drie', 'vier');
    const [first, second] = await store.inbox.find(all, 2);
    expect([first!.text, second!.text]).toEqual(['een', 'twee']);
    await store.append([
      aRating({ comment: 'nieuw', at: noon + hour }),
      aRating({ comment: 'bijna drie', at: noon - 1.5 * hour }),
    ]);
    await read(store);
    expect(await texts(store, { after: second! })).toEqual(['bijna drie', 'drie', 'vier']);
    expect(await store.inbox.count({ ...all, after: second! }, 100)).toBe(6);
    expect(await store.inbox.count(all, 4)).toBe(4);
  });

  test('RE2: a comment is found by the stem of its words, with any diacritics, and by the beginning of the last', async () => {
    const store = await withComments(
      'De wachttijden waren lang',
      'Ik heb één klacht over wachtwoorden',
      'Geen klachten!',
    );
    expect(await search(store, 'klacht')).toHaveLength(2);
    expect(await search(store, 'KLACHTEN')).toHaveLength(2);
    expect(await search(store, 'een klacht')).toHaveLength(2);
    expect(await search(store, 'wacht')).toHaveLength(2);
    expect(await search(store, 'wachttijd lange')).toEqual(['De wachttijden waren lang']);
    expect(await search(store, 'klacht geen')).toEqual(['Geen klachten!']);
    expect(await search(store, '"geen klacht"')).toEqual(['Geen klachten!']);
    expect(await search(store, '"klacht geen"')).toEqual([]);
    expect(await search(store, 'niets van dit alles')).toEqual([]);
    expect(await search(store, '" OR * NEAR(')).toEqual([]);
    expect(await search(store, '!!')).toEqual([]);
  });

  test('RE3: an edited comment is found by its new words only, one that is taken back by none', async () => {
    const store = await bench.fresh();
    const rating = aRating({ comment: 'Lange wachttijd', grade: 4 });
    await store.append([rating]);
    await read(store);
    expect((await store.inbox.find(all, 1))[0]!.themes).toEqual(['wachttijd']);
    await store.append([anAddition(rating.id, { comment: 'Vriendelijke medewerker', grade: 9 })]);
    expect(await search(store, 'wachttijd')).toEqual([]);
    expect(await search(store, 'medewerkers')).toHaveLength(1);
    const [found] = await store.inbox.find(all, 1);
    expect(found).toMatchObject({ grade: 9, text: 'Vriendelijke medewerker' });
    expect(found!.themes).toContain('bejegening');
    await store.append([anAddition(rating.id, { comment: null })]);
    expect(await texts(store)).toEqual([]);
    expect(await search(store, 'medewerker')).toEqual([]);
    expect(await store.inbox.get(found!.seq)).toBeNull();
  });

  test('RE4: comments are chosen by theme, status, kind, period and what was marked', async () => {
    const store = await bench.fresh();
    await store.append([
      aRating({ comment: 'Lange wachttijd', grade: 4 }),
      aRating({ comment: 'Compliment voor de medewerker', grade: 10, at: noon - hour, marks: mark.burst }),
      aRating({ comment: 'Ik werd bedreigd', grade: 1, at: noon - 24 * hour }),
      aRating({ comment: 'Prima', smiley: 5, touchpoint: 'balie-1', at: noon - 48 * hour }),
    ]);
    await read(store);
    const found = (query: Partial<InboxQuery>) => store.inbox.find({ ...all, ...query }, 10);
    expect(await texts(store, { themes: ['wachttijd', 'agressie'] })).toHaveLength(2);
    expect(await texts(store, { themes: ['wacht'] })).toEqual([]);
    expect(await texts(store, { kind: 'aggression' })).toEqual(['Ik werd bedreigd']);
    expect(await texts(store, { kind: 'compliment' })).toEqual(['Compliment voor de medewerker']);
    expect(await texts(store, { kind: 'improvement' })).toEqual(['Lange wachttijd']);
    expect(await texts(store, { marked: false })).toHaveLength(3);
    expect(await texts(store, { placements: [9999] })).toEqual([]);
    const day = Math.floor(noon / 86_400_000);
    expect(await texts(store, { from: day - 1, to: day - 1 })).toEqual(['Ik werd bedreigd']);
    const [first] = await found({});
    await store.inbox.followUp([{ seq: first!.seq, version: 0 }], { status: 'in-progress' }, by);
    expect(await texts(store, { statuses: ['in-progress', 'done'] })).toEqual(['Lange wachttijd']);
    expect(await found({ statuses: ['new'] })).toHaveLength(3);
  });

  test('RE5: of two who change the same follow-up the second gets it as it is now, and nothing is lost', async () => {
    const store = await withComments('een', 'twee');
    const beside = await bench.beside(store);
    const [one, two] = await store.inbox.find(all, 2);
    const items = [
      { seq: one!.seq, version: 0 },
      { seq: two!.seq, version: 0 },
    ];
    const first = await beside.inbox.followUp([items[0]!], { status: 'in-progress', owner: 'Anja' }, by);
    expect(first.changed[0]!.followUp).toMatchObject({ version: 1, status: 'in-progress', owner: 'Anja' });
    const second = await store.inbox.followUp(items, { note: 'Gebeld' }, { name: 'Bob', at: noon + 1 });
    expect(second.changed.map(({ text }) => text)).toEqual(['twee']);
    expect(second.conflicts).toEqual([await store.inbox.get(one!.seq)]);
    expect(second.conflicts[0]!.followUp).toMatchObject({ note: null, changedBy: 'Anja', changedAt: noon });
    const third = await store.inbox.followUp([{ seq: one!.seq, version: 1 }], { note: 'Gebeld' }, by);
    expect(third.changed[0]!.followUp).toMatchObject({ version: 2, owner: 'Anja', note: 'Gebeld' });
    expect(await store.inbox.followUp([{ seq: 99_999, version: 0 }], {}, by)).toEqual({
      changed: [],
      conflicts: [],
    });
  });

  test('RE6: what was done stays, without the comment, and stands once for all comments that it was done about', async () => {
    const store = await bench.fresh();
    const ids = [aRating({ comment: 'Lange wachttijd' }), aRating({ comment: 'Wachttijden!' })];
    await store.append(ids);
    await read(store);
    const records = await store.inbox.find(all, 2);
    const done = { status: 'done', done: 'Op maandag is de balie langer open.', note: 'Ook gebeld' } as const;
    await store.inbox.followUp(
      records.map(({ seq }) => ({ seq, version: 0 })),
      done,
      by,
    );
    const period = { from: null, to: null, placements: store.settings().placements.map(({ id }) => id) };
    const expected = { done: done.done, lastDone: noon, comments: 2, themes: ['wachttijd'] };
    expect(await store.inbox.improvements(period)).toMatchObject([expected]);
    await store.append(ids.map(({ id }) => anAddition(id, { comment: null })));
    expect(await store.inbox.improvements(period)).toMatchObject([expected]);
    expect(await store.inbox.improvements({ ...period, placements: [] })).toEqual([]);
    expect(await texts(store)).toEqual([]);
  });

  test('RE7: new, changed and gone comments are news, in order; imported and late ones are not', async () => {
    const store = await bench.fresh();
    const start = await store.inbox.lastNews();
    const rating = aRating({ comment: 'een' });
    await store.append([
      rating,
      aRating({ comment: 'oud', marks: mark.imported }),
      aRating({ comment: 'laat', receivedAt: noon + 4 * hour }),
      aRating({}),
    ]);
    await read(store);
    const newest = (await store.inbox.find(all, 9)).find(({ text }) => text === 'een')!;
    await store.inbox.followUp([{ seq: newest.seq, version: 0 }], { status: 'done' }, by);
    await store.append([anAddition(rating.id, { comment: null })]);
    const news = await (await bench.beside(store)).inbox.news(start, 10);
    expect(news.map(({ what, seq }) => [what, seq === newest.seq])).toEqual([
      ['new', true],
      ['changed', true],
      ['gone', true],
    ]);
    expect(await store.inbox.news(news[0]!.number, 1)).toEqual([news[1]]);
    expect(await store.inbox.lastNews()).toBe(news[2]!.number);
  });

  test('RE8: with another lexicon every comment is read again, a step at a time, from where it was', async () => {
    const store = await withComments('Lange wachttijd', 'De fiets kon nergens staan', 'Prima');
    while (await store.inbox.index(100));
    const themes = {
      themes: [{ key: 'fietsen', label: { nl: 'Fietsen', en: 'Bicycles' }, terms: ['fiets, fietsen'] }],
    };
    await store.changeSettings({ themes });
    expect(await store.inbox.index(2)).toBe(true);
    const beside = await bench.beside(store);
    while (await beside.inbox.index(2));
    expect(await store.inbox.index(2)).toBe(false);
    expect(await texts(store, { themes: ['fietsen'] })).toEqual(['De fiets kon nergens staan']);
    expect(await texts(store, { themes: ['wachttijd'] })).toEqual([]);
    expect(await search(store, 'wachttijd')).toHaveLength(1);
    await store.append([aRating({ comment: 'Weer die fietsen' })]);
    await read(store);
    expect(await texts(store, { themes: ['fietsen'] })).toHaveLength(2);
    const { module, options } = store.reader;
    const reader: Reader = await (await import(module)).openReader(options);
    expect(await reader.inbox.find(all, 9)).toEqual(await store.inbox.find(all, 9));
    await reader.close();
  });

  test('RE12: a comment that changed before it was read is found as it is, one that went leaves nothing; both are told once', async () => {
    const store = await bench.fresh();
    const start = await store.inbox.lastNews();
    const [changed, gone] = [aRating({ comment: 'Lange wachttijd' }), aRating({ comment: 'Weg ermee' })];
    await store.append([changed, gone]);
    expect(await texts(store)).toEqual([]);
    await store.append([
      anAddition(changed.id, { comment: 'Prima fietsenstalling', grade: 9 }),
      anAddition(gone.id, { comment: null }),
    ]);
    await read(store);
    expect(await texts(store)).toEqual(['Prima fietsenstalling']);
    expect(await search(store, 'wachttijd')).toEqual([]);
    expect((await store.inbox.find(all, 1))[0]!.grade).toBe(9);
    expect((await store.inbox.news(start, 10)).map(({ what }) => what)).toEqual(['new']);
  });
}
