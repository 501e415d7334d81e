import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { dina } from '../../support/people.js';
import { ruledCourse } from '../../support/quizzes/ruled-course.js';
import { completed } from '../../support/holders.js';
import { MODULE, readyForQuiz } from '../../support/walk.js';
import { linksIn, type Client } from '../../../server/workshop/smoke/client.js';
import { visit } from '../browsing/visit.js';
import { ownWorld } from '../../support/world.js';

/** More stops of the Tab key than any page here has. */
const PATIENCE = 150;

interface Stop {
  readonly what: string;
  /** Of the ring around it, in CSS px. */
  readonly ring: number;
  /** How much of it is on the screen and below the bar that stays on top, from 0 to 1. */
  readonly seen: number;
}

/** Where the Tab key stops on long pages, what has the focus is seen to have it (2.4.7), and nothing lies over it (2.4.11). */
describe('the focus', () => {
  ownWorld();

  for (const [what, find] of [
    ['a lesson', lesson],
    ['the sources', () => Promise.resolve({ who: null, path: '/sources' })],
    ['the lines of a country', () => Promise.resolve({ who: null, path: '/concern?country=US' })],
    ['a certificate and all that can be done to it', certificate],
    ['a ruling', ruling],
    ['a course as it is previewed', preview],
  ] as const) {
    it(`is visible at every stop of ${what}, in both directions`, async () => {
      const { who, path } = await find();
      const { page, close } = await visit(who, { viewport: { width: 360, height: 640 } });
      await page.goto(path);
      for (const key of ['Tab', 'Shift+Tab']) {
        const stops = await walk(page, key);
        expect(stops.length, 'stops').to.be.greaterThan(12);
        const hidden = stops.filter(({ ring, seen }) => ring < 2 || seen < 0.99);
        expect(hidden, JSON.stringify(hidden, null, 1)).to.deep.equal([]);
      }
      await close();
    });
  }
});

async function walk(page: Page, key: string): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let n = 0; n < PATIENCE; n += 1) {
    await page.keyboard.press(key);
    const stop = await page.evaluate<Stop | null>(`(() => {
      const at = document.activeElement;
      if (at === document.body) return null;
      // The whole row of a choice shows that it has the focus.
      const shown = at.closest('.choice') ?? at;
      const { outlineStyle, outlineWidth } = getComputedStyle(shown);
      const box = at.getBoundingClientRect();
      const top = at.closest('.bar, .skip') ? 0 : document.querySelector('.bar').getBoundingClientRect().bottom;
      const height = Math.min(box.bottom, innerHeight) - Math.max(box.top, top);
      // Of what is taller than the screen, as much as there is room for.
      const most = Math.min(box.height, innerHeight - top);
      return { what: at.outerHTML.slice(0, 90), ring: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth), seen: height / most };
    })()`);
    if (!stop) return stops;
    stops.push(stop);
  }
  throw new Error('The Tab key never comes to an end');
}

interface Place {
  readonly who: Client | null;
  readonly path: string;
}

async function lesson(): Promise<Place> {
  const { browser, cycle } = await readyForQuiz();
  const path = linksIn((await browser.get(`/learning/${cycle.id}`)).text, /\/lessons\//)[0] ?? '';
  return { who: browser, path };
}

async function certificate(): Promise<Place> {
  const administrator = await dina();
  const held = await completed(administrator, 'volunteers');
  return { who: administrator.browser, path: `/admin/certificates/${held.certificate.id}` };
}

async function ruling(): Promise<Place> {
  const { courseSlug, version, ruled } = await ruledCourse();
  return {
    who: (await dina()).browser,
    path: `/admin/rulings/${courseSlug}/${version}/${MODULE}/${ruled.id}`,
  };
}

async function preview(): Promise<Place> {
  return { who: (await dina()).browser, path: '/admin/preview/volunteers/quizzes/foundations?seed=a' };
}
