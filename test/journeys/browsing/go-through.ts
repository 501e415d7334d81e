import type { Locator } from 'playwright-core';

/** Presses what leads to another page, and comes back when all of that is there: the press itself waits for its first bytes alone. */
export const goThrough = async (what: Locator): Promise<void> => {
  await Promise.all([what.page().waitForEvent('load'), what.click()]);
};
