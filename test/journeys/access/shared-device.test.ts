import { expect } from 'chai';
import { comeIn, PIN, withCard } from '../../people/organisations/entry/of-cards.js';
import { employer } from '../../support/organisations.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';
import { visit } from '../browsing/visit.js';

/** A tablet in the crew room: one after the other signs in with a staff number. */
describe('a device that several people use', () => {
  ownWorld();

  it('shows who is signed in, and after “Not me” nothing of them, not even with the Back button', async () => {
    const organisation = await employer();
    const mara = await withCard(organisation, { name: 'Mara Lind', staffNumber: '1' });
    const olav = await withCard(organisation, { name: 'Olav Berg', staffNumber: '2' });
    await comeIn(mara);
    const { page, close, expectQuiet } = await visit(null, { viewport: { width: 360, height: 740 } });
    await page.goto(`/staff?organisation=${mara.organisation}`);
    await page.getByLabel(said('people.staffNumber')).fill('1');
    await page.getByLabel(said('entry.pin'), { exact: true }).fill(PIN);
    await page
      .locator('main')
      .getByRole('button', { name: said('signIn.button'), exact: true })
      .click();
    await page.waitForURL('**/learning');
    await page.locator('[data-shared]').getByText('Mara Lind').waitFor();
    await page.goto('/account');
    await page.getByRole('button', { name: said('frame.notMe') }).click();
    await page.waitForURL('**/staff');
    for (let time = 0; time < 2; time += 1) {
      await page.goBack();
      expect(await page.content(), page.url()).not.to.include('Mara');
    }
    await page.goto('/learning');
    await page.waitForURL('**/sign-in**');

    await page.goto('/staff/first');
    await page.getByLabel(said('entry.organisation')).fill(olav.organisation);
    await page.getByLabel(said('people.staffNumber')).fill('2');
    await page.getByLabel(said('entry.code')).fill(olav.code);
    await page.getByLabel(said('entry.newPin'), { exact: true }).fill(PIN);
    await page
      .locator('main')
      .getByRole('button', { name: said('signIn.button'), exact: true })
      .click();
    await page.locator('[data-shared]').getByText('Olav Berg').waitFor();
    expect(await page.content()).not.to.include('Mara');
    expectQuiet();
    await close();
  });
});
