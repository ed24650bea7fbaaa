import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '#shared/contract/errors.ts';
import type { Series, Summary } from '#shared/contract/figures.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { aRating, get, send } from '../support/ratings.ts';

let program: Program;
let viewer: string;

// Nights of summer time, ends of months, weeks, quarters and years: as a clock in Amsterdam has them.
const instants = [
  '2023-12-31T22:59:59Z',
  '2023-12-31T23:00:00Z',
  '2024-01-07T22:59:59Z',
  '2024-01-07T23:00:00Z',
  '2024-03-31T00:59:59Z',
  '2024-03-31T01:00:00Z',
  '2024-03-31T21:59:59Z',
  '2024-03-31T22:00:00Z',
  '2024-10-27T00:30:00Z',
  '2024-10-27T01:30:00Z',
  '2024-12-31T22:30:00Z',
];

beforeAll(async () => {
  const started = await startPrepared({ tokens: { viewer: 'viewer' } });
  program = started.program;
  viewer = started.tokens.viewer;
  const ratings = instants.map((givenAt, i) =>
    aRating({ givenAt, touchpoint: i % 2 ? 'website' : 'balie-1' }),
  );
  await send('POST', `${program.url}/api/v1/ratings/batch`, { sentAt: new Date().toISOString(), ratings });
});
afterAll(() => program.stop());

const series = async (query: string) => (await get<Series>(program.url, `/series?${query}`, viewer)).body;
const points = async (query: string) =>
  Object.fromEntries((await series(query)).points.map(({ start, n }) => [start.replace(':00.000Z', 'Z'), n]));

// An interval of hours is asked for a stretch that can be drawn.
const stretches = [
  'from=2023-12-31&to=2024-01-08',
  'from=2024-03-31&to=2024-04-01',
  'from=2024-10-27&to=2024-10-27',
  'from=2024-12-31&to=2024-12-31',
];

test.each([
  ['year', { '2022-12-31T23:00Z': 1, '2023-12-31T23:00Z': 10 }],
  [
    'quarter',
    { '2023-09-30T22:00Z': 1, '2023-12-31T23:00Z': 6, '2024-03-31T22:00Z': 1, '2024-09-30T22:00Z': 3 },
  ],
  [
    'month',
    {
      '2023-11-30T23:00Z': 1,
      '2023-12-31T23:00Z': 3,
      '2024-02-29T23:00Z': 3,
      '2024-03-31T22:00Z': 1,
      '2024-09-30T22:00Z': 2,
      '2024-11-30T23:00Z': 1,
    },
  ],
  [
    'week',
    {
      '2023-12-24T23:00Z': 1,
      '2023-12-31T23:00Z': 2,
      '2024-01-07T23:00Z': 1,
      '2024-03-24T23:00Z': 3,
      '2024-03-31T22:00Z': 1,
      '2024-10-20T22:00Z': 2,
      '2024-12-29T23:00Z': 1,
    },
  ],
  [
    'day',
    {
      '2023-12-30T23:00Z': 1,
      '2023-12-31T23:00Z': 1,
      '2024-01-06T23:00Z': 1,
      '2024-01-07T23:00Z': 1,
      '2024-03-30T23:00Z': 3,
      '2024-03-31T22:00Z': 1,
      '2024-10-26T22:00Z': 2,
      '2024-12-30T23:00Z': 1,
    },
  ],
  [
    'hour',
    {
      '2023-12-31T22:00Z': 1,
      '2023-12-31T23:00Z': 1,
      '2024-01-07T22:00Z': 1,
      '2024-01-07T23:00Z': 1,
      '2024-03-31T00:00Z': 1,
      '2024-03-31T01:00Z': 1,
      '2024-03-31T21:00Z': 1,
      '2024-03-31T22:00Z': 1,
      '2024-10-27T00:00Z': 1,
      '2024-10-27T01:00Z': 1,
      '2024-12-31T22:00Z': 1,
    },
  ],
])(
  'AG2: per %s every rating is in the interval of Amsterdam, empty ones are left out',
  async (interval, expected) => {
    const asked = interval === 'hour' ? stretches : [''];
    const found = await Promise.all(asked.map((stretch) => points(`interval=${interval}&${stretch}`)));
    expect(Object.assign({}, ...found)).toEqual(expected);
  },
);

test.each(['hour', 'day', 'week', 'month', 'quarter', 'year'])(
  'AG9: per %s and group the points add up to the summary of the same question',
  async (interval) => {
    for (const by of ['channel', 'touchpoint', 'location', 'product', 'language', 'weekday', 'hour']) {
      const question = `from=${interval === 'hour' ? '2024-03-30' : '2024-01-01'}&to=2024-04-01&by=${by}`;
      const summary = (await get<Summary>(program.url, `/summary?${question}`, viewer)).body;
      const sums: Record<string, number> = {};
      for (const { key, n } of (await series(`${question}&interval=${interval}`)).points)
        sums[key!] = (sums[key!] ?? 0) + n;
      expect({ by, sums }).toEqual({
        by,
        sums: Object.fromEntries(summary.groups.filter(({ n }) => n > 0).map(({ key, n }) => [key, n])),
      });
      expect(summary.total.n).toBe(interval === 'hour' ? 4 : 7);
    }
  },
);

test('AG2: without groups a point has no key, with them every point has one', async () => {
  for (const point of (await series('interval=month')).points) expect(point).not.toHaveProperty('key');
  for (const point of (await series('interval=month&by=channel')).points)
    expect(['balie', 'web']).toContain(point.key);
});

test('IN5: without an interval, or with an unknown one, it is answered 400 with every error', async () => {
  const pointers = async (query: string) => {
    const { status, body } = await get<Problem>(program.url, `/series?${query}`, viewer);
    return [status, ...body.errors.map(({ pointer }) => pointer).sort()];
  };
  expect(await pointers('')).toEqual([400, '/interval']);
  expect(await pointers('interval=decade&by=x')).toEqual([400, '/by', '/interval']);
});
