import { expect } from 'chai';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Client } from '../../../server/workshop/smoke/client.js';
import { newContext } from '../../support/programs/browser.js';
import { fromSomewhere, world } from '../../support/world.js';

/** Somebody with a browser of their own, and what went wrong in it. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /**
   * Fails when a page complained, broke its content security policy or asked another place for something since it was
   * last asked; `but` for complaints that are meant.
   */
  readonly expectQuiet: (but?: RegExp) => void;
  /** Somebody else sits down at the same browser, in which nothing is left of those before: sooner done than a new one. */
  readonly sitDown: (who: Client | null) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * A refused form or a page that is not there is answered with 4xx, which Chromium reports as an error; so it does with
 * what a scene cuts off.
 */
const ANSWERED = /^Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_FAILED)/;
/** Said by Playwright itself, where a test asks for a browser without workers. */
const NO_WORKERS = 'Service Worker registration blocked by Playwright';

/** Begin a visit: as a stranger, or with the cookies of somebody who signed in without a screen. */
export async function visit(who: Client | null, options: BrowserContextOptions = {}): Promise<Visit> {
  const { base } = world();
  const context = await newContext({ baseURL: base, extraHTTPHeaders: fromSomewhere(), ...options });
  await context.addCookies(cookiesOf(who, base));
  const faults: string[] = [];
  context.on('console', message => {
    const isFault = message.type() === 'error' || message.type() === 'warning';
    if (isFault && !ANSWERED.test(message.text()) && message.text() !== NO_WORKERS)
      faults.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', fault => void faults.push(fault.error().message));
  context.on('request', request => {
    if (!request.url().startsWith(base)) faults.push(`asked ${request.url()}`);
  });
  const page = await context.newPage();
  return {
    context,
    page,
    expectQuiet: but => expect(faults.splice(0).filter(fault => !but?.test(fault))).to.deep.equal([]),
    sitDown: async who => {
      await page.goto('about:blank');
      await forgetAll(page, base);
      await context.setExtraHTTPHeaders(fromSomewhere());
      await context.addCookies(cookiesOf(who, base));
    },
    close: () => context.close(),
  };
}

/** Cookies, marks and copies: whatever a site left. */
async function forgetAll(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await session.detach();
  await page.context().clearCookies();
}

/** Somebody's cookies, for a browser. */
export function cookiesOf(who: Client | null, url = world().base) {
  const pairs = who?.cookie ? who.cookie.split('; ') : [];
  return pairs.map(pair => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url };
  });
}
