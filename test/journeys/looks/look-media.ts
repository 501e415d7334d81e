import type { Page } from 'playwright-core';
import { layoutFaults, NARROWEST } from './inspect.js';
import { atWidths, inWindow, lost, WIDE } from './look-layout.js';

/** In the dark scheme on the narrowest screen: contrasts, what is pressed, boxes that scroll. */
export async function inTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const faults = await atWidths(page, [NARROWEST], layoutFaults);
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

/** What is told apart by a ground of its own, or is pressed: in forced colours only an edge tells it. */
const EDGED =
  '.button, .tag, .notice, .panel, .choice, .choice input, .input, .summary, .card, .leave, .verdict, .example';

/**
 * In forced colours, where no ground tells things apart: an edge for each of these, and in every way-mark something that
 * stands out from the page.
 */
export async function inForcedColours(page: Page): Promise<string[]> {
  await inWindow(page, WIDE);
  await page.emulateMedia({ forcedColors: 'active' });
  const faults = await page.evaluate<string[]>(`(() => {
    const isShown = each => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.sr-only');
    // In forced colours a ground that was clear is white, and as clear.
    const isClear = colour => colour === 'none' || /^rgba.*, 0\\)$/.test(colour);
    const groundOf = at => {
      const { backgroundColor } = getComputedStyle(at);
      return isClear(backgroundColor) && at.parentElement ? groundOf(at.parentElement) : backgroundColor;
    };
    const bare = [...document.querySelectorAll('${EDGED}')].filter(each => {
      const { borderTopWidth, borderTopColor } = getComputedStyle(each);
      return isShown(each) && (!parseFloat(borderTopWidth) || borderTopColor === groundOf(each.parentElement));
    });
    // A drawing that is seen: something in it is filled or drawn in another colour than the page.
    const blank = [...document.querySelectorAll('main svg')].filter(each => isShown(each) &&
      ![...each.querySelectorAll('*')].some(part => {
        const { fill, stroke, strokeWidth } = getComputedStyle(part);
        const isSeen = colour => !isClear(colour) && colour !== groundOf(each);
        return isSeen(fill) || (isSeen(stroke) && parseFloat(strokeWidth) > 0);
      }));
    // The tick or the bar of a disc is cut out of it.
    const filled = [...document.querySelectorAll('.verdict .cut, .notice .cut')].filter(each =>
      isShown(each.ownerSVGElement) && getComputedStyle(each).stroke !== groundOf(each.ownerSVGElement));
    return [
      ...filled.map(each => 'not cut out: ' + each.outerHTML.slice(0, 100)),
      ...bare.map(each => 'no edge: ' + each.outerHTML.slice(0, 100)),
      ...blank.map(each => 'not seen: ' + each.outerHTML.slice(0, 100)),
    ];
  })()`);
  await page.emulateMedia({ forcedColors: 'none' });
  return faults;
}

/** A4 without its margins, in CSS px; Letter is wider. */
const PAPER = [718];

/** Of no use on paper. */
const SCREEN_ONLY = '.bar, .skip, .mast .nav, .mast summary, .foot, .tabs, button, .button';
/** What a form says, and what a page was narrowed to. */
const SAID = 'main :is(legend, label, .input, nav:not(.tabs, .contents) [aria-current])';
/** Passwords do not belong on paper, and a file cannot be put there; and what a card, or a filter that is open, leaves out. */
const NOT_SAID =
  '[hidden], .sheet ~ *, .filters > :has(> [value=""]), .field:has([type="password"], [type="file"])';

/**
 * On paper: nothing to press, but all that forms say; no heading over nothing, unless it is a sentence; no ring of the focus;
 * the addresses of other sites written out, nothing cut off.
 */
export async function onPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  const faults = await atWidths(page, PAPER, async () => [
    ...(await those(page, 'is printed', SCREEN_ONLY, 'each => each.checkVisibility()')),
    ...(await those(
      page,
      'is not printed',
      SAID,
      `each => !each.checkVisibility() && !each.closest('${NOT_SAID}')`,
    )),
    ...(await those(
      page,
      'says nothing on paper',
      'main :is(section, form, .panel):not(:has(svg, .input))',
      `each => {
        const headings = [...each.querySelectorAll('h2, h3')].map(({ innerText }) => innerText);
        const left = headings.reduce((text, heading) => text.replace(heading, ''), each.innerText);
        return each.checkVisibility() && left.trim() === '' && !each.innerText.endsWith('.');
      }`,
    )),
    ...(await those(
      page,
      'is ringed on paper',
      ':focus',
      `each => getComputedStyle(each).boxShadow !== 'none' || getComputedStyle(each).outlineStyle !== 'none'`,
    )),
    ...(await those(
      page,
      'leads nowhere on paper',
      'main a[href^="http"]:not(.sheet *)',
      `each => each.checkVisibility() &&
        !each.textContent.includes(each.host + each.pathname.replace(/\\/$/, '')) &&
        !/attr\\(href\\)|http/.test(getComputedStyle(each, '::after').content)`,
    )),
    ...(await those(
      page,
      'cut off by the edge',
      'main .scroll',
      'each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1',
    )),
    ...(await lost(page)),
  ]);
  await page.emulateMedia({ media: 'screen' });
  return faults;
}

/** The elements for which `isFault`, a function of the browser, holds; each told with what is wrong. */
const those = (page: Page, wrong: string, selector: string, isFault: string): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('${selector}')]
    .filter(${isFault}).map(each => '${wrong}: ' + each.outerHTML.slice(0, 100))`);
