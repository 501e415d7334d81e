import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { linkMailedTo } from '../../people/accounts/mails.js';
import { visit } from '../../journeys/browsing/visit.js';
import { certified, office, someAuditor } from '../../proof/reports/rooms/of-rooms.js';
import { PASSWORD } from '../../support/people.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';
import { goThrough } from '../../journeys/browsing/go-through.js';

export const id = 'J27';
export const title =
  'was given seven days in one organisation, drew a sample of 20 from a seed, and saw history, version and certifier of each';

/** The presses and fields that each side needs, from the first page on. */
const KEEPER_STEPS = 5;
const AUDITOR_STEPS = 7;

export async function walk(): Promise<void> {
  const of = await office({ more: 21 });
  await certified(of, 'Ada Marlow');
  const email = someAuditor();
  const keeper = await visit(of.keeper.browser, { viewport: { width: 1280, height: 800 } });
  const kept = stepsOf(keeper.page);
  await keeper.page.goto(`/organisations/${of.organisation.id}/evidence`);
  await kept.press('main a[href$="/evidence/rooms"]');
  await kept.press('main a[href$="/evidence/rooms/new"]');
  await kept.fill('#title', 'Autumn inspection');
  await kept.fill('#email', email);
  await kept.press('main form .button');
  await world().worker.drain();
  await keeper.page.reload();
  // Beforehand, as the auditor sees it.
  await keeper.page.locator('main a[href^="/rooms/"]').first().click();
  await keeper.page.locator('[data-sealed]').waitFor();
  await keeper.page.goBack();
  await goThrough(keeper.page.locator('form[action$="/opening"] .button'));
  expect(kept.count(), 'steps until the room could be opened').to.be.at.most(KEEPER_STEPS);

  const auditor = await visit(null, { viewport: { width: 360, height: 740 } });
  const { page } = auditor;
  const steps = stepsOf(page);
  await page.goto(await linkMailedTo(email));
  await steps.fill('#name', 'Emre Aydin');
  await steps.fill('#password', PASSWORD);
  await steps.press('main form .button');
  await page.locator('[data-sealed]').waitFor();
  await steps.press('main a[href$="/sample"] >> visible=true');
  await steps.fill('#seed', 'Tide of 3 November');
  await steps.press('main form .button');
  const drawn = await numbers(page);
  expect(drawn).to.have.length(20);
  expect(new Set(drawn).size).to.equal(20);
  await goThrough(page.locator('[data-people] th a').first());
  expect(steps.count(), 'steps until a history is open').to.be.at.most(AUDITOR_STEPS - 1);
  const room = page.url().replace(/\/people.*/, '');
  await seesEach(page, drawn.slice(0, 6));
  await seesCycle(page);

  await keeper.page.goto(`${room}/sample?seed=Tide+of+3+November`);
  expect(await numbers(keeper.page), 'drawn again by the other side').to.deep.equal(drawn);
  await keeper.page.goto(`/organisations/${of.organisation.id}/evidence/rooms`);
  await goThrough(keeper.page.locator('[data-room] a'));
  expect(await keeper.page.locator('[data-readings] tbody tr').count()).to.be.at.least(10);
  keeper.expectQuiet();
  auditor.expectQuiet();
  await keeper.close();
  await auditor.close();
}

async function numbers(page: Page): Promise<string[]> {
  const rows = await page.locator('[data-people] tbody tr').all();
  return Promise.all(rows.map(async row => (await row.getAttribute('data-number')) ?? ''));
}

/** What stands behind a completion that nobody typed, up to its day. */
const AUTOMATIC = (['elsewhere', 'cycle'] as const).map(
  source => said(`room.history.automatic.${source}`, { on: '|' }).split('|')[0] ?? '',
);

/** Each of these people has how they stood, and who entered what. */
async function seesEach(page: Page, drawn: readonly string[]): Promise<void> {
  for (const number of drawn) {
    await page.goto(page.url().replace(/people\/.*/, `people/${number}`));
    expect(await page.locator('[data-span]').count(), number).to.be.at.least(1);
    for (const text of await page.locator('[data-credit]').allInnerTexts())
      expect(
        AUTOMATIC.some(begun => text.includes(begun)),
        text,
      ).to.equal(true);
  }
}

/** Somebody who took the course here has its cycle, tries, version and certificate. */
async function seesCycle(page: Page): Promise<void> {
  await page.goto(page.url().replace(/people\/.*/, 'people?query=Ada'));
  await goThrough(page.locator('[data-people] th a').first());
  await page.locator('[data-cycle] > summary').first().click();
  await page.locator('[data-cycle] [data-certificate] a[href^="/verify/"]').waitFor();
  await goThrough(page.locator('[data-cycle] a[href*="/courses/"]'));
  expect(await page.locator('[data-module]').count()).to.be.at.least(1);
}

/** Counts what somebody has to do on a page. */
function stepsOf(page: Page) {
  let count = 0;
  return {
    count: () => count,
    press: async (selector: string) => {
      count++;
      await Promise.all([page.waitForEvent('load'), page.locator(selector).last().click()]);
    },
    fill: async (selector: string, text: string) => {
      count++;
      await page.locator(selector).fill(text);
    },
  };
}
