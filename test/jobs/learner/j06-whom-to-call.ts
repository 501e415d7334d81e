import { expect } from 'chai';
import { said } from '../../support/said.js';
import { saidFirst } from '../../journeys/browsing/said-first.js';
import { visit } from '../../journeys/browsing/visit.js';

export const id = 'J6';
export const title =
  'chose a country, read whose number to call, and read it again from the device without a connection';

export async function walk(): Promise<void> {
  const { page, context, expectQuiet, close } = await visit(null);
  await page.goto('/card');
  await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
  await page.getByLabel(said('concern.country')).selectOption('GB');
  await page.getByText('Cabin crew').click();
  await page.getByRole('button', { name: said('card.show') }).click();
  await page.waitForURL('**/card/gb/cabin-crew');
  const numbers = page.locator('.sheet a[href^="tel:"]');
  const read = await numbers.allInnerTexts();
  expect(read[0]).to.equal('999');
  expect(read.length, 'whom to call besides').to.be.greaterThan(1);
  await page.getByRole('button', { name: said('keep.keepCard') }).click();
  await page.getByRole('status').getByText(saidFirst('keep.kept')).waitFor();
  expectQuiet();
  await context.setOffline(true);
  await page.goto('/card');
  await page.locator('#kept a').click();
  await page.waitForURL('**/card/gb/cabin-crew');
  expect(await numbers.allInnerTexts()).to.deep.equal(read);
  await close();
}
