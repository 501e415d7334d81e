import type { Page } from 'playwright-core';
import { NARROWEST } from './inspect.js';

/** What readers may set, and nothing may be lost by it: WCAG 2.2, 1.4.12 (text spacing). */
const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

/** Letters as they usually are, and twice as large, as set in a browser (1.4.4), in px. */
const [USUAL, LARGE] = [16, 32];

/** The window that a visit begins with: width and height (CSS px). */
export const WIDE = 1280;
const HEIGHT = 720;

/** Whether the page fits its window, wide and narrow, and cuts nothing off. */
export const fits = (page: Page): Promise<string[]> => atWidths(page, [WIDE, NARROWEST], lost);

/** Whether it still does when letters, words and lines stand further apart. */
export async function fitsSpaced(page: Page): Promise<string[]> {
  // A reader's own styles are no part of the page, and its policy does not keep this way of setting them out.
  await page.evaluate(
    `{ const own = new CSSStyleSheet(); own.replaceSync(${JSON.stringify(SPACED)}); document.adoptedStyleSheets = [own] }`,
  );
  const faults = await atWidths(page, [NARROWEST], lost);
  await page.evaluate('{ document.adoptedStyleSheets = [] }');
  return faults;
}

/** Whether it still does when the text is twice as large. */
export async function fitsLarge(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const set = (standard: number) => session.send('Page.setFontSizes', { fontSizes: { standard } });
  await set(LARGE);
  const faults = await atWidths(page, [640], lost);
  await set(USUAL);
  await session.detach();
  return faults;
}

/** Looks at the page on screens of these widths (CSS px), and leaves it on the last. */
export async function atWidths(
  page: Page,
  widths: readonly number[],
  look: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const width of widths) {
    await inWindow(page, width);
    faults.push(...(await look(page)).map(fault => `${width} px: ${fault}`));
  }
  return faults;
}

/** Gives the page a window of this width (CSS px) unless it has it: to lay a page out anew costs more than most looks. */
export async function inWindow(page: Page, width: number): Promise<void> {
  const { width: before, height } = page.viewportSize() ?? {};
  if (width !== before || height !== HEIGHT) await page.setViewportSize({ width, height: HEIGHT });
}

/** Texts that are cut off by a box that hides what does not fit, and a page wider than its window. */
export const lost = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const cut = [...document.querySelectorAll('body *')].filter(each => {
      const { overflowX, overflowY } = getComputedStyle(each);
      const hides = [overflowX, overflowY].some(value => value === 'hidden' || value === 'clip');
      if (!hides || each.closest('.sr-only, svg, [hidden], input')) return false;
      return each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1;
    });
    const { scrollWidth } = document.documentElement;
    const isWide = scrollWidth > innerWidth;
    const out = isWide && [...document.querySelectorAll('body *')].filter(each => {
      const { left, right, width } = each.getBoundingClientRect();
      return width > 1 && (right > innerWidth + 1 || left < -1) && !each.closest('.scroll, .sr-only') && !each.parentElement.closest('svg');
    }).at(-1);
    return [
      ...cut.map(each => 'cuts ' + each.outerHTML.slice(0, 100)),
      ...(isWide ? [scrollWidth + ' px wide: ' + out?.outerHTML?.slice(0, 120)] : []),
    ];
  })()`);
