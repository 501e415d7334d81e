import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { visit } from '../../journeys/browsing/visit.js';
import { completed, reckoned, required, saidEarlier, YEARLY } from '../../proof/reports/reckoned.js';
import { audited } from '../../proof/reports/rooms/of-rooms.js';
import { employer, member } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { goThrough } from '../../journeys/browsing/go-through.js';

export const id = 'J28';
export const title =
  'asked who was current on a past day: as we said it then, as we know it now, and why the two differ';

export async function walk(): Promise<void> {
  const organisation = await employer();
  const ago = (days: number) => daysAfter(dayOf(Date.now(), organisation.timeZone), -days);
  const crew = (name: string) => member(organisation, { name, fromDay: ago(800), hiredOn: ago(800) });
  await required(organisation, { title: 'Crew', fromDay: ago(800), rule: YEARLY });
  await completed(organisation, await crew('Ada Marlow'), { on: ago(200) });
  const late = await crew('Tomas Reyes');
  await reckoned(organisation);
  await saidEarlier(organisation, 90);
  await completed(organisation, late, { on: ago(150), said: Date.parse(ago(5)) });
  await reckoned(organisation);
  const otto = await signedIn({ name: 'Otto Berg' });
  await appoint(otto, 'manager', organisation.id);
  const { page, close, expectQuiet } = await visit(otto.browser, { viewport: { width: 360, height: 740 } });
  const current = () => page.locator('tr:has([data-state=current]) th a').allInnerTexts();
  const type = dayTyper(page);

  await page.goto(`/organisations/${organisation.id}/standings`);
  await page.locator('main a[href*="/standings/day"]').click();
  await type('on', ago(100));
  await page.locator('main form .button').click();
  expect(await current(), 'as we know it now').to.deep.equal(['Ada Marlow', 'Tomas Reyes']);
  await page.locator('main a[href*="/standings/day"]').click();
  await type('known', ago(50));
  await page.locator('main form .button').click();
  expect(await current(), 'as we said it').to.deep.equal(['Ada Marlow']);
  await page.locator('main a[href*="/standings/differences"]').click();
  await page.locator('[data-differences] a').click();
  await page.locator('[data-difference] [data-line=added]').waitFor();
  expectQuiet();
  await close();
  await asksInRoom();
}

/** An auditor asks about a past day, as it was known when the list was sealed and as it had been said before. */
async function asksInRoom(): Promise<void> {
  const { office: of, room, auditor } = await audited();
  const { page, close, expectQuiet } = await visit(auditor, { viewport: { width: 360, height: 740 } });
  await page.goto(room);
  await page.locator('main a[href*="/day"]').click();
  await dayTyper(page)('on', of.ago(360));
  await page.locator('main form .button').click();
  await goThrough(page.locator('[data-number=current]'));
  expect(await page.locator('[data-people] th a').allInnerTexts()).to.deep.equal(['Tomas Reyes']);
  await page.goto(`${room}/day?on=${of.ago(360)}`);
  await dayTyper(page)('known', of.ago(1));
  await page.locator('main form .button').click();
  expect(await page.locator('[data-number=current]').innerText()).to.equal('0');
  expectQuiet();
  await close();
}

/** Types a day into the boxes of a field. */
const dayTyper =
  (page: Page) =>
  async (name: string, day: string): Promise<void> => {
    const [year = '', month = '', date = ''] = day.split('-');
    await page.locator(`#${name}`).fill(date);
    await page.locator(`#${name}-month`).fill(month);
    await page.locator(`#${name}-year`).fill(year);
  };
