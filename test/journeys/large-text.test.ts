import { expect } from 'chai';
import { database } from '../../server/db/connect.js';
import type { Page } from 'playwright-core';
import { scenes, type Scene } from './scenes.js';
import { visit } from './visit.js';
import './close.js';

/** What readers may set, and nothing may be lost by it: WCAG 2.2, 1.4.12 (text spacing). */
const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

/** Letters twice as large as usual, as set in a browser (1.4.4), in px. */
const LARGE = 32;

describe('every page with other settings for text', function () {
  this.timeout(600_000);

  // How a page is laid out does not depend on the database, and these take minutes.
  before(function () {
    if (database().dialect === 'postgres') this.skip();
  });

  let still: Scene[];
  before(async () => void (still = (await scenes()).filter(({ act }) => !act)));

  it('loses nothing when letters, words and lines stand further apart', async () => {
    const faults = await onAll(still, [320, 1280], page => page.addStyleTag({ content: SPACED }));
    expect(faults, faults.join('\n')).to.deep.equal([]);
  });

  it('loses nothing when the text is twice as large', async () => {
    const faults = await onAll(still, [640, 1280], async page => {
      const session = await page.context().newCDPSession(page);
      await session.send('Page.setFontSizes', { fontSizes: { standard: LARGE } });
    });
    expect(faults, faults.join('\n')).to.deep.equal([]);
  });
});

async function onAll(
  shown: readonly Scene[],
  widths: readonly number[],
  set: (page: Page) => Promise<unknown>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const person of new Set(shown.map(({ as }) => as))) {
    // A reader's own styles are no part of the page, so its policy does not keep them out.
    const { page, close } = await visit(person, { bypassCSP: true });
    for (const { name, path } of shown.filter(({ as }) => as === person)) {
      await page.goto(path);
      await set(page);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 720 });
        faults.push(...(await lost(page)).map(fault => `${name}, ${width} px: ${fault}`));
      }
    }
    await close();
  }
  return faults;
}

/** Texts that are cut off by a box that hides what does not fit, and a page wider than its window. */
const lost = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const cut = [...document.querySelectorAll('body *')].filter(each => {
      const { overflowX, overflowY } = getComputedStyle(each);
      const hides = [overflowX, overflowY].some(value => value === 'hidden' || value === 'clip');
      if (!hides || each.closest('.sr-only, svg, [hidden], input')) return false;
      return each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1;
    });
    const { scrollWidth } = document.documentElement;
    const wide = [...document.querySelectorAll('body *')].filter(each => {
      const { right, width } = each.getBoundingClientRect();
      return width > 1 && right > innerWidth + 1 && !each.closest('.scroll, .sr-only, svg');
    });
    return [
      ...cut.map(each => 'cuts ' + each.outerHTML.slice(0, 100)),
      ...(scrollWidth > innerWidth ? [scrollWidth + ' px wide: ' + wide.at(-1)?.outerHTML.slice(0, 120)] : []),
    ];
  })()`);
