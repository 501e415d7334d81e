import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { NEUTRAL_PLACE } from '../../../server/platform/http/security/security.js';
import { ada, type Person } from '../../support/people.js';
import { said } from '../../support/said.js';
import { enrolled } from '../../support/walk.js';
import { visit, type Visit } from './visit.js';

/** A learner in the middle of a lesson, two pages into the site, and a neutral place that answers on this machine. */
export async function inLesson(
  options?: BrowserContextOptions,
): Promise<{ learner: Person; visit: Visit; lesson: string }> {
  const learner = await ada();
  const { id } = await enrolled(learner, 'volunteers');
  const open = await visit(learner.browser, options);
  const { page } = open;
  await page.route(NEUTRAL_PLACE, route =>
    route.fulfill({ contentType: 'text/html', body: '<p>An ordinary page</p>' }),
  );
  await page.goto(`/learning/${id}`);
  await page.getByRole('link', { name: said('course.start'), exact: true }).click();
  await page.waitForURL('**/lessons/*');
  return { learner, visit: open, lesson: await page.locator('h1').innerText() };
}

/** The server has forgotten the session: the same cookie, sent by anyone, opens nothing. */
export async function expectSessionOver({ browser }: Person): Promise<void> {
  // The page is gone before its last request is answered, so the answer is waited for here.
  const late = Date.now() + 5_000;
  let { path } = await browser.get('/learning');
  while (path === '/learning' && Date.now() < late) ({ path } = await browser.get('/learning'));
  expect(path).to.equal('/sign-in?next=%2Flearning');
}
