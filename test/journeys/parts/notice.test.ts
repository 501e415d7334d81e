import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { signedIn } from '../../support/people.js';
import { enrolled, MODULE } from '../../support/walk.js';
import { visit } from '../browsing/visit.js';
import { ownWorld } from '../../support/world.js';

/** How much of its panel a paragraph has for its lines, at least. */
const SHARE = 0.6;

/** Notices whose words are squeezed, stand outside their panel, or lie on something else. */
const noticeFaults = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const name = each => each.outerHTML.slice(0, 80);
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return [...document.querySelectorAll('main .notice')].flatMap(notice => {
      const panel = notice.getBoundingClientRect();
      const own = [...notice.querySelectorAll('h2, p')].map(each => ({ each, box: each.getBoundingClientRect() }));
      const around = [...document.querySelectorAll('main :is(h1, h2, p, li, .label)')].filter(each => !notice.contains(each));
      const outside = own.filter(({ box }) => box.bottom > panel.bottom || box.right > panel.right);
      const narrow = own.filter(({ each, box }) => each.matches('p') && box.width < panel.width * ${SHARE});
      const covered = around.filter(each => own.some(({ box }) => meet(box, each.getBoundingClientRect())));
      return [
        ...outside.map(({ each }) => 'outside its panel: ' + name(each)),
        ...narrow.map(({ each }) => 'narrow: ' + name(each)),
        ...covered.map(each => 'meets a notice: ' + name(each)),
      ];
    });
  })()`);

/** Somebody who begins a course, in one of the two modes. */
async function reader(isDiscreet: boolean) {
  const { browser, id } = await signedIn();
  if (isDiscreet) {
    await browser.get('/account');
    await browser.submit('/account/discreet', { discreet: 'on' });
  }
  return { browser, module: `/learning/${(await enrolled({ id })).id}/modules/${MODULE}` };
}

/** Their sign stands beside the heading or, in discreet mode, is left out: the words have their room either way. */
describe('notices', () => {
  ownWorld();

  for (const isDiscreet of [false, true]) {
    it(`leave room for their words on a phone${isDiscreet ? ', in discreet mode' : ''}`, async () => {
      const { browser, module } = await reader(isDiscreet);
      const { page, close, expectQuiet } = await visit(browser, { viewport: { width: 360, height: 640 } });
      await page.goto(module);
      expect(await page.locator('main .notice').count()).to.be.greaterThan(1);
      const faults = await noticeFaults(page);
      expect(faults, faults.join('\n')).to.have.length(0);
      await page.locator('main a[href*="/lessons/"]').first().click();
      await page.waitForURL('**/lessons/*');
      const inLesson = await noticeFaults(page);
      expect(inLesson, inLesson.join('\n')).to.have.length(0);
      expectQuiet();
      await close();
    });
  }
});
