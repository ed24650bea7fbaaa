import { spawnSync } from 'node:child_process';
import { type Browser, chromium, type Page } from 'playwright-core';
import { launchOptions, openPage } from '../../support/browser.ts';
import { prepare } from '../../support/prepared.ts';
import { startProgram } from '../../support/program.ts';
import { commentsFolder } from './comments.ts';
import { keepOffTheServersCore, pinned } from './process.ts';
import { percentile, type Row, round } from './report.ts';
import { steady } from './steady.ts';

const perSecond = 1000;
const seconds = 15;
const long = 100_000;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur: number;
  /** Of which on the processor. */
  tdur?: number;
  args: { name?: string };
}

/** The tasks of each page's main thread while `work` runs, in one trace. */
async function traced(browser: Browser, pages: Record<string, Page>, work: () => Promise<unknown>) {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  const complete = new Promise<void>((resolve) => session.on('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] },
  });
  for (const [name, page] of Object.entries(pages))
    await page.evaluate((mark) => void performance.mark(mark), `page-${name}`);
  await work();
  await session.send('Tracing.end');
  await complete;
  const tasksOf = (name: string) => {
    const mark = events.find((event) => event.name === `page-${name}`)!;
    let end = 0;
    return events
      .filter(
        ({ pid, tid, ph, name }) =>
          pid === mark.pid && tid === mark.tid && ph === 'X' && /RunTask/.test(name),
      )
      .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
      .filter(({ ts, dur }) => {
        if (ts < end) return false;
        end = ts + dur;
        return true;
      });
  };
  return Object.fromEntries(Object.keys(pages).map((name) => [name, tasksOf(name)]));
}

const told = (tasks: TraceEvent[]): string => {
  const longest = Math.max(0, ...tasks.map(({ dur }) => dur)) / 1000;
  const busiest = Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
  const many = tasks.filter(({ dur }) => dur > long).length;
  return `${many} over 100 ms, longest ${round(longest)} ms, of which at most ${round(busiest)} ms of work`;
};

/** Scrolls as somebody who holds the key for the next page; milliseconds between two frames. */
const scrolled = (page: Page, selector: string): Promise<number[]> =>
  page.evaluate(
    ([at, time]) =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        const began = performance.now();
        let last = began;
        const step = (now: number) => {
          frames.push(now - last);
          last = now;
          document.querySelector(at)!.scrollBy(0, 60);
          if (now - began < time) requestAnimationFrame(step);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(step);
      }),
    [selector, 8000] as const,
  );

/** The rows that are in sight, over and over, as plain HTML with the same style: what the browser itself can do. */
async function plainRows(plain: Page, page: Page, selector: string): Promise<void> {
  const sheets = await page.evaluate(() => [...document.styleSheets].flatMap(({ href }) => href ?? []));
  const rows = await page.evaluate(
    (at) => [...document.querySelectorAll(`${at} article`)].map((row) => `<div>${row.innerHTML}</div>`),
    selector,
  );
  const width = await page.evaluate((at) => document.querySelector(at)!.clientWidth, selector);
  const head = sheets.map((href) => `<link rel="stylesheet" href="${href}">`).join('');
  const list = Array.from({ length: 60 }, () => rows.join('')).join('');
  await plain.setContent(
    `<html lang="nl"><head>${head}</head><body><div class="${selector.slice(1)}" style="inline-size: ${width}px">${list}</div></body></html>`,
    { waitUntil: 'networkidle' },
  );
}

/** What a page costs who looks at it, beside an empty page in the same browser: ratings coming in, and a long inbox. */
export async function benchPage(): Promise<Row[]> {
  const dataDir = await commentsFolder();
  const { manager } = await prepare(dataDir, { tokens: { manager: 'manager' } });
  keepOffTheServersCore();
  const browser = await chromium.launch(await launchOptions());
  const program = await startProgram({ dataDir, through: pinned });
  // Whoever sends ratings is on the core of the server: the other one belongs to the browser.
  if (pinned.length > 0) spawnSync('taskset', ['-a', '-c', '-p', '0', String(process.pid)]);
  const viewport = { width: 1280, height: 900 };
  const { page: empty } = await openPage(browser, { viewport });
  const extraHTTPHeaders = { authorization: `Bearer ${manager}` };
  const { page } = await openPage(browser, { viewport, extraHTTPHeaders });
  await page.goto(program.url);
  await page.getByRole('heading', { level: 2, name: 'Per kanaal' }).waitFor();
  await empty.evaluate(() => void setInterval(() => {}, 10));
  const tasks = await traced(browser, { empty, page }, () => steady(program.url, { perSecond, seconds }));

  await page.goto(`${program.url}/reacties?period=all&from=2023-01-01&to=2030-01-01`);
  await page.getByRole('article').first().waitFor();
  const scroller = '.kp-reactions__scroller';
  await plainRows(empty, page, scroller);
  const plain = await scrolled(empty, scroller);
  const moving = await scrolled(page, scroller);
  const read = await page.getByRole('article').last().getAttribute('aria-posinset');
  await browser.close();
  await program.stop();
  const frames = (each: number[]) =>
    `p50 ${round(percentile(each, 0.5), 1)} ms, p99 ${round(percentile(each, 0.99), 1)} ms`;
  return [
    {
      what: `the page Nu, ${perSecond} ratings/s, ${seconds} s: tasks`,
      yardstick: `an empty page: ${told(tasks.empty!)}`,
      ours: told(tasks.page!),
      ratio: '',
    },
    {
      what: `scrolling through 100,000 comments, to the ${read}th: from frame to frame`,
      yardstick: `plain HTML of the same rows: ${frames(plain)}`,
      ours: frames(moving),
      ratio: round(percentile(moving, 0.99) / percentile(plain, 0.99), 2),
    },
  ];
}
