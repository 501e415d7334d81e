import { expect } from 'chai';
import { NEUTRAL_PLACE } from '../../../server/platform/http/security/security.js';
import { count } from '../../support/rows.js';
import { said, titleSaid } from '../../support/said.js';
import { expectSessionOver, inLesson } from '../../journeys/browsing/in-lesson.js';

export const id = 'J3';
export const title =
  'read the notice, took the summary for the same credit, and left in one press without a trace';

export async function walk(): Promise<void> {
  const { learner, visit, lesson } = await inLesson();
  const { page } = visit;
  const course = page.locator('[data-care=line] a[href$="#care"]');
  await course.click();
  for (const key of ['care.about', 'lesson.openingStop', 'lesson.openingDanger', 'lesson.care'])
    await page.locator('#care').getByText(said(key)).waitFor();
  await page.goBack();
  await page.locator('[data-care=line] a[href="#summary"]').click();
  expect(new URL(page.url()).hash).to.equal('#summary');
  await page.locator('#summary').waitFor();
  await page.getByRole('button', { name: said('lesson.next', { title: '' }) }).click();
  await page.getByRole('heading', { level: 1, name: lesson }).waitFor({ state: 'detached' });
  expect(await count('lesson_readings')).to.equal(1);

  await page.getByRole('button', { name: said('frame.leave') }).click();
  await page.getByText('An ordinary page').waitFor();
  expect(page.url()).to.equal(NEUTRAL_PLACE);
  await expectSessionOver(learner);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: said('signIn.heading') }).waitFor();
  expect(await page.title()).to.equal(titleSaid('signIn.heading'));
  expect(await page.locator('main').innerText()).to.not.include(lesson);
  await visit.close();
}
