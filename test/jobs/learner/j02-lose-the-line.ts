import { expect } from 'chai';
import { rightAnswer } from '../../support/answers.js';
import { said } from '../../support/said.js';
import { atPage, choose, kept } from '../../journeys/browsing/open-attempt.js';
import { saidFirst } from '../../journeys/browsing/said-first.js';

export const id = 'J2';
export const title = 'lost the connection, went on answering, and found every answer saved when it returned';

export async function walk(): Promise<void> {
  const { page, open, items, stored, right } = await atPage(['single', 'multiple', 'true-false']);
  const told = async (key: string, slots: readonly number[]) => {
    for (const slot of slots)
      await page.locator(`#question-${slot} .state`).getByText(saidFirst(key)).waitFor();
  };
  await choose(page, right(1), 1);
  await told('saving.saved', [1]);
  await open.context.setOffline(true);
  for (const slot of [2, 3]) await choose(page, right(slot), slot);
  await told('saving.waiting', [2, 3]);
  expect(await kept(page)).to.equal(2);
  expect(await stored()).to.deep.equal([right(1)]);
  await open.context.setOffline(false);
  await told('saving.saved', [2, 3]);
  expect(await stored()).to.deep.equal(items.map(item => rightAnswer(item)));
  await page.getByRole('button', { name: said('onePage.review') }).click();
  await page.waitForURL('**/review?view=page');
  expect(await kept(page)).to.equal(0);
  await open.close();
}
