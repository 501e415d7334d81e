import { expect } from 'chai';
import { visit } from '../../journeys/browsing/visit.js';
import { employer, linked, member, unit } from '../../support/organisations.js';
import { person, signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { MODULE, readLessons, takeQuiz, course } from '../../support/walk.js';
import { enrol } from '../../../server/learning/enrolments.js';

export const id = 'J17';
export const title =
  'moved somebody to another unit from today: their history stayed, the new manager saw it, the old one saw them no more';

export async function walk(): Promise<void> {
  const organisation = await employer();
  const [oslo, rome] = [await unit(organisation, 'Oslo'), await unit(organisation, 'Rome')];
  const ada = await person({ name: 'Ada Marlow' });
  const membershipId = await member(organisation, {
    name: 'Ada Marlow',
    home: { unitId: oslo, job: 'Cabin crew' },
  });
  await linked(membershipId, ada.id);
  const taken = { userId: ada.id, organisationId: organisation.id, course: await course(), now: Date.now() };
  const cycle = await enrol(taken);
  await readLessons(cycle, MODULE);
  await takeQuiz(cycle, MODULE);
  const [otto, luc, rita] = [await signedIn(), await signedIn(), await signedIn()];
  await appoint(otto, 'administrator', organisation.id);
  await appoint(luc, 'manager', organisation.id, oslo);
  await appoint(rita, 'manager', organisation.id, rome);
  const home = `/organisations/${organisation.id}/people/${membershipId}`;
  expect((await luc.browser.get(home)).status).to.equal(200);
  expect((await rita.browser.get(home)).status).to.equal(404);

  const { page, close, expectQuiet } = await visit(otto.browser, { viewport: { width: 360, height: 740 } });
  await page.goto(home);
  await page.locator(`a[href="${home}/places"]`).click();
  await page.locator(`a[href="${home}/places/move"]`).click();
  await page.locator('#unit').selectOption({ label: 'Rome' });
  await page.locator('main form[action$="/move"] button').click();
  await page.locator('[data-state=now]').first().waitFor();
  const places = await page.locator('main ul.lined li').allInnerTexts();
  expect(places.map(text => /Rome|Oslo/.exec(text)?.[0])).to.deep.equal(['Rome', 'Oslo']);
  expectQuiet();
  await close();

  const { status, text } = await rita.browser.get(home);
  expect(status).to.equal(200);
  expect(text, 'what they learned before').to.match(/data-state="open"/);
  expect((await luc.browser.get(home)).status).to.equal(404);
}
