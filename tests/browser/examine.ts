import type { Page } from 'playwright-core';

/** Controls smaller than `size` pixels either way, and what sticks out, on the page as it is and at these widths. */
export async function misfits(
  page: Page,
  controls: string,
  size: number,
  widths: number[],
): Promise<string[]> {
  const found: string[] = [];
  const before = page.viewportSize()!;
  for (const width of [before.width, ...widths]) {
    await page.setViewportSize({ width, height: before.height });
    const small = await page.locator(controls).evaluateAll(
      (all, least) =>
        all
          .filter((one) => (one as HTMLElement).checkVisibility())
          .map((one) => ({ one, box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.width < least - 0.5 || box.height < least - 0.5)
          .map(({ one, box }) => `${one.outerHTML.slice(0, 80)} is ${box.width} × ${box.height}`),
      size,
    );
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (over > 0) small.push(`it is ${over} px too wide`);
    found.push(...small.map((one) => `at ${width} px: ${one}`));
  }
  await page.setViewportSize(before);
  return found;
}
