import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Less than half of what the package itself hands out, which every page would have to read. */
const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What the colours of a page can change. */
const ofColours = ['color-contrast', 'link-in-text-block'];

async function run(page: Page, rules: string[] | null): Promise<string[]> {
  const found = await page.evaluate(async (only) => {
    // A colour half-way to another one is no colour of the page.
    const roots = [
      document,
      ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
    ];
    for (const animation of roots.flatMap((root) => root.getAnimations()))
      if (animation instanceof CSSTransition) animation.finish();
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      // What passed is many times more, and nobody reads it.
      reporter: 'no-passes',
      selectors: false,
      preload: false,
      ...(only ? { runOnly: { type: 'rule' as const, values: only } } : {}),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, rules);
  return found;
}

/**
 * All that axe finds on the page as it stands, in light; and what it finds of its colours in dark. A page that was seen in
 * another language has the same colours: `dark: false`.
 */
export async function violationsOf(page: Page, { dark: inDark = true } = {}): Promise<string[]> {
  // The tester's own script, put in without an element so that the policy of the page stays as it is.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await run(page, null);
  if (!inDark) return light;
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await run(page, ofColours);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((one) => `dark: ${one}`)];
}
