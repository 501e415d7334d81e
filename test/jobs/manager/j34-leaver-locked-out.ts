import { expect } from 'chai';
import { enrol } from '../../../server/teaching/learning/enrolments.js';
import { certificateOf } from '../../../server/proof/certificates/queries.js';
import { displayCode } from '../../../server/platform/lib/ids.js';
import { visit } from '../../journeys/browsing/visit.js';
import { employer, linked, member, unit } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { browserOf } from '../../support/session.js';
import { appoint } from '../../support/roles.js';
import { almostThrough, course } from '../../support/walk.js';
import { world } from '../../support/world.js';

export const id = 'J34';
export const title =
  'recorded that a manager left: on their next page they had no team and no organisation any more; their certificate and their history stayed';

export async function walk(): Promise<void> {
  const organisation = await employer();
  const base = await unit(organisation, 'Oslo');
  const [otto, ada] = [await signedIn(), await signedIn({ name: 'Ada Marlow' })];
  await appoint(otto, 'administrator', organisation.id);
  await appoint(ada, 'manager', organisation.id, base);
  const membershipId = await member(organisation, {
    name: 'Ada Marlow',
    home: { unitId: base, job: 'Lead' },
  });
  await linked(membershipId, ada.id);
  const cycle = await enrol({
    userId: ada.id,
    organisationId: organisation.id,
    course: await course(),
    now: Date.now(),
  });
  await almostThrough(cycle, []);
  await world().worker.drain();
  const certificate = await certificateOf(cycle.id);
  if (!certificate) throw new Error('No certificate was made');

  const hers = await visit(ada.browser, { viewport: { width: 360, height: 740 } });
  await hers.page.goto('/team');
  await hers.page.locator(`a[href^="/organisations/${organisation.id}/people"]`).first().waitFor();

  const { page, close, expectQuiet } = await visit(otto.browser, { viewport: { width: 1280, height: 800 } });
  const home = `/organisations/${organisation.id}/people/${membershipId}`;
  await page.goto(`${home}/places`);
  await page.locator(`a[href="${home}/places/leaving"]`).click();
  await page.locator('#when-now').check();
  await page.locator('main form[action$="/leaving"] button').click();
  await page.locator(`a[href="${home}/places/rejoining"]`).waitFor();

  // What she had open asks her to sign in again, since it was her last employer.
  await hers.page.goto('/team');
  await hers.page.waitForURL('**/sign-in**');
  hers.expectQuiet();
  await hers.close();
  // Then it leads nowhere any more: no team, nobody's page, no page of the organisation.
  const later = await visit(await browserOf(ada.id), { viewport: { width: 360, height: 740 } });
  for (const path of ['/team', home, `/organisations/${organisation.id}/people`])
    expect((await later.page.goto(path))?.status(), path).to.equal(404);
  // What she earned is hers, and holds.
  expect((await later.page.goto(`/certificates/${certificate.id}`))?.status()).to.equal(200);
  const checked = await world()
    .visitor()
    .get(`/verify/${displayCode(certificate.code)}`);
  expect(checked.text).to.match(/data-verdict="valid"/);
  // And the organisation keeps the record.
  await page.goto(home);
  await page.locator(`a[href="/certificates/${certificate.id}"]`).first().waitFor();
  expectQuiet();
  await close();
  later.expectQuiet();
  await later.close();
}
