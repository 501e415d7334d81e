import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { library } from '../../server/teaching/courses/catalogue.js';
import { setOwnHotline, wholeOf } from '../../server/teaching/help/own-hotlines/own-hotline.js';
import { openOrganisation } from '../../server/people/organisations/memberships.js';
import { dina } from '../support/people.js';
import { write } from '../support/rows.js';
import { visit } from './browsing/visit.js';
import { said } from '../support/said.js';
import { ownWorld } from '../support/world.js';

/** A6 in points, as Chromium rounds it. */
const A6 = { width: 297.6, height: 419.5 };
/** What its margins leave of it, in CSS px. */
const INSIDE = { width: 359, height: 521 };
/** As long as the form of the administration lets it be, within reason for a hotline that people know by name. */
const LONG = {
  name: 'Duty manager of the airport, the harbour and all stations of the line',
  phone: '+47 (22) 333 444 555-1234',
  hours: 'Monday to Saturday 06:00 to 23:30, on Sundays and holidays 08:00 to 22:00',
  checkedOn: '2026-11-20',
};

describe('the card on paper', () => {
  ownWorld();
  afterEach(() => write('delete from own_hotlines'));

  it('fits on one side of A6 for every country and role, even with a long hotline of the organisation', async () => {
    const { id } = await openOrganisation();
    await write('delete from own_hotlines');
    const { id: actorId } = await dina();
    await setOwnHotline(wholeOf(id), { number: 1, line: LONG }, { actorId, now: Date.now() });
    const { hotlines, cards } = await library();
    const { page, close, expectQuiet } = await visit(null, { viewport: INSIDE });
    await page.emulateMedia({ media: 'print' });
    const countries = hotlines.countries.map(({ code }) => code.toLowerCase());
    const roles = cards.map(({ role }) => role);
    // Country and role each fill parts of their own, one below the other: beside the tallest of the one, the tallest of the
    // other makes the tallest card. Printing takes many times as long as looking.
    const role = await tallest(page, roles, each => `/card/${countries[0]}/${each}`);
    const country = await tallest(page, countries, each => `/card/${each}/${role}`);
    for (const each of roles) {
      await page.goto(`/card/${country}/${each}`);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const pages = [...pdf.matchAll(/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
      expect(pages, `${country} ${each}`).to.have.length(1);
      expect(Number(pages[0]?.[1])).to.be.closeTo(A6.width, 1);
      expect(Number(pages[0]?.[2])).to.be.closeTo(A6.height, 1);
    }
    expectQuiet();
    await close();
  });

  it('does not change the paper size of other pages', async () => {
    const { page, close } = await visit(null);
    await page.goto('/concern?country=GB');
    const pdf = (await page.pdf({ preferCSSPageSize: true, format: 'A4' })).toString('latin1');
    for (const [, width] of pdf.matchAll(/MediaBox \[0 0 ([\d.]+)/g))
      expect(Number(width)).to.be.greaterThan(590);
    await close();
  });

  it('works without JavaScript, from the choice to the card', async () => {
    const { page, close } = await visit(null, { javaScriptEnabled: false });
    await page.goto('/card');
    await page.getByLabel(said('concern.country')).selectOption('PH');
    await page.getByText('Drivers.').click();
    await page.getByRole('button', { name: said('card.show') }).click();
    await page.waitForURL('**/card/ph/driver');
    expect(await page.locator('h1').innerText()).to.equal(said('card.heading'));
    expect(await page.locator('.sheet-number').innerText()).to.equal('911');
    await close();
  });
});

/** Of several cards the one that takes the most room, laid out as on paper. */
async function tallest(
  page: Page,
  names: readonly string[],
  path: (name: string) => string,
): Promise<string> {
  let found = { name: '', height: 0 };
  for (const name of names) {
    await page.goto(path(name));
    const height = (await page.locator('.sheet').boundingBox())?.height ?? 0;
    if (height > found.height) found = { name, height };
  }
  return found.name;
}
