import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Client } from '../../server/smoke/client.js';
import { newContext } from '../support/browser.js';
import { world } from '../support/world.js';

/** A tab of a new context, with the cookies of somebody who signed in without a screen. */
export async function pageOf(
  who: Client | null,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; close: () => Promise<void> }> {
  const { base } = world();
  const context = await newContext({ baseURL: base, ...options });
  await context.addCookies(cookiesOf(who, base));
  return { page: await context.newPage(), close: () => context.close() };
}

function cookiesOf(who: Client | null, url: string) {
  const pairs = who?.cookie ? who.cookie.split('; ') : [];
  return pairs.map(pair => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url };
  });
}
