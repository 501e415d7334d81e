import type { Page } from 'playwright-core';

/** Asked again and again from here: the content security policy lets no page look at itself by a text. */
export async function until(page: Page, expression: string): Promise<void> {
  const late = Date.now() + 15_000;
  while (!(await page.evaluate<boolean>(expression))) {
    if (Date.now() > late) throw new Error(`It never came to this: ${expression}`);
  }
}
