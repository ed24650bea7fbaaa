import type { Locator, Page } from 'playwright-core';

/**
 * With the Tab key to this control, as somebody without a mouse: fails when it is not on the way, or when nothing shows
 * that it has the focus. Whoever cannot see it yet waits with the first press.
 */
export async function tabTo(page: Page, control: Locator, most = 80): Promise<void> {
  await control.first().waitFor({ state: 'attached' });
  for (let presses = 0; presses <= most; presses++) {
    const reached = await control.evaluateAll((all) =>
      all.some((one) => (one.getRootNode() as Document | ShadowRoot).activeElement === one),
    );
    if (reached) {
      const seen = await control.evaluateAll((all) =>
        all
          .filter((one) => one.matches(':focus-visible'))
          .some((one) => getComputedStyle(one).outlineStyle !== 'none'),
      );
      if (!seen) throw new Error(`nothing shows the focus of ${control}`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${control} cannot be reached with Tab`);
}

/** To this control, and these keys. */
export async function act(page: Page, control: Locator, ...keys: string[]): Promise<void> {
  await tabTo(page, control);
  for (const key of keys) await page.keyboard.press(key);
}

/** To this field, and these words. */
export async function write(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
