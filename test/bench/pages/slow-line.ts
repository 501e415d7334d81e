import type { CDPSession, Page } from 'playwright-core';
import { newContext } from '../../support/programs/browser.js';
import type { Figure } from '../measured/figure.js';
import { keep } from '../measured/keep.js';
import type { Ask } from '../processes.js';

/** A bad mobile line: 400 kbit/s, and 300 ms until anything answers. */
const SLOW = { offline: false, latency: 300, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
/** Each page is opened so often, and the middle one told. */
const TIMES = 3;

/**
 * How long a first visit takes over a bad line, until a page can be used (it is whole and its style is there; the font
 * and the worker may come later) and until all is there.
 */
export async function measureSlowLine(base: string, asks: Record<string, Ask>): Promise<void> {
  const figures: Figure[] = [];
  for (const [what, { path, headers }] of Object.entries(asks)) {
    const visits = [];
    for (let time = 0; time < TIMES; time += 1) visits.push(await visited(base, path, headers?.cookie));
    visits.sort((a, b) => a.usable - b.usable);
    const { usable, whole } = visits[Math.floor(TIMES / 2)] ?? { usable: NaN, whole: NaN };
    figures.push(
      { what: `${what} page can be used`, value: usable / 1000, unit: 's' },
      { what: `${what} page is complete`, value: whole / 1000, unit: 's' },
    );
  }
  keep('slow-line', figures);
}

async function visited(base: string, path: string, cookie?: string) {
  const context = await newContext({ baseURL: base });
  const pairs = cookie ? cookie.split('; ').map(pair => pair.split('=')) : [];
  await context.addCookies(
    pairs.map(([name = '', ...value]) => ({ name, value: value.join('='), url: base })),
  );
  const page = await context.newPage();
  await slowed(await context.newCDPSession(page));
  await page.goto(path, { waitUntil: 'load' });
  const times = await timesOf(page);
  await context.close();
  return times;
}

async function slowed(line: CDPSession): Promise<void> {
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', SLOW);
}

/** A module script runs before `DOMContentLoaded`, and the style sheet holds back the first paint. */
const timesOf = (page: Page) =>
  page.evaluate<{ usable: number; whole: number }>(`(() => {
    const { domContentLoadedEventEnd, loadEventEnd, loadEventStart } = performance.getEntriesByType('navigation')[0];
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return { usable: Math.max(domContentLoadedEventEnd, paint), whole: Math.max(loadEventStart, loadEventEnd) };
  })()`);
