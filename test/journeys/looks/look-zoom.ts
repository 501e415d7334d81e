import type { Page } from 'playwright-core';
import { lost } from './look-layout.js';

/** A screen as somebody has it: its size in CSS px, and how large letters were set in the browser (px; 16 is usual). */
interface Screen {
  readonly width: number;
  readonly height: number;
  readonly letters: number;
}

/**
 * A phone of 360 × 640 px as it is, at 150 % and at 200 % (page zoom makes CSS px fewer), with letters twice as large
 * (text zoom does not), on its side, and both: WCAG 2.2, 1.4.4 and 1.4.10.
 */
const SCREENS: readonly Screen[] = [
  { width: 360, height: 640, letters: 16 },
  { width: 240, height: 427, letters: 16 },
  { width: 180, height: 320, letters: 16 },
  { width: 360, height: 640, letters: 32 },
  { width: 320, height: 568, letters: 32 },
  { width: 640, height: 320, letters: 16 },
  { width: 640, height: 320, letters: 32 },
  { width: 320, height: 180, letters: 16 },
];

/** Where there is the least room, by page zoom and by text zoom. */
const SMALLEST = SCREENS.filter(({ width, letters }) => width / letters < 12);

/** How much of a screen may stay covered while a page is read. */
const MOST_COVERED = 1 / 3;

/** The same on the screens with the least room alone, for each of many pages. */
export const leavesRoomAtLeast = (page: Page): Promise<string[]> => leavesRoom(page, SMALLEST);

/** Whether a page that is enlarged leaves room to read, keeps both ways out in reach, and does not run out at the side. */
export async function leavesRoom(page: Page, screens = SCREENS): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const faults: string[] = [];
  for (const { width, height, letters } of screens) {
    await session.send('Page.setFontSizes', { fontSizes: { standard: letters } });
    await page.setViewportSize({ width, height });
    const found = [...(await lost(page)), ...(await barFaults(page))];
    faults.push(...found.map(fault => `${width} × ${height} px, letters of ${letters} px: ${fault}`));
  }
  await session.send('Page.setFontSizes', { fontSizes: { standard: 16 } });
  await session.detach();
  return faults;
}

/** What is wrong with the bar on top: at the head of the page, and after scrolling. */
const barFaults = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const faults = [];
    scrollTo(0, 0);
    const ways = [...document.querySelectorAll('.leave, .concern')].map(each => ({ each, box: each.getBoundingClientRect() }));
    for (const { each, box } of ways) {
      const name = each.className;
      const lines = (box.height - 16) / parseFloat(getComputedStyle(each).lineHeight);
      if (box.left < 0 || box.right > innerWidth) faults.push(name + ' leaves the screen at the side');
      if (each.scrollWidth > each.clientWidth + 1) faults.push(name + ' is too narrow for its words');
      if (lines > 4) faults.push(name + ' takes ' + lines.toFixed(1) + ' lines');
      // Once the page is scrolled to it, it is on the screen as a whole.
      if (box.bottom > innerHeight) faults.push(name + ' ends at ' + box.bottom);
    }
    const [one, other] = ways.map(({ box }) => box);
    if (one && other && one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
      faults.push('the two ways out lie on each other');
    scrollTo(0, document.documentElement.scrollHeight);
    const bar = document.querySelector('.bar')?.getBoundingClientRect();
    const covered = bar && scrollY > bar.height ? Math.max(0, bar.bottom) / innerHeight : 0;
    if (covered > ${MOST_COVERED}) faults.push('the bar covers ' + covered.toFixed(2) + ' of the screen');
    scrollTo(0, 0);
    return faults;
  })()`);
