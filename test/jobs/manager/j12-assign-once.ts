import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { visit } from '../../journeys/browsing/visit.js';
import { addMember } from '../../../server/people/organisations/people/members.js';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { loadFacts } from '../../../server/proof/requirements/reckoning/load-facts.js';
import { asKnown, NOW } from '../../../server/proof/requirements/timeline/as-known.js';
import { intervalOn, timeline } from '../../../server/proof/requirements/timeline/timeline.js';
import { employer, member, unit } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { row } from '../../support/rows.js';
import { said } from '../../support/said.js';

export const id = 'J12';
export const title =
  'composed “cabin crew in FRA, within 60 days of hire, yearly” once, saw whom it concerned before it was kept, and next week’s hire fell under it without another step';

export async function walk(): Promise<void> {
  const organisation = await employer();
  const fra = await unit(organisation, 'FRA');
  const gateA = await unit(organisation, 'Gate A', { below: fra });
  const osl = await unit(organisation, 'OSL');
  const today = dayOf(Date.now(), organisation.timeZone);
  const home = (unitId: string, job: string) => ({ home: { unitId, job }, hiredOn: daysAfter(today, -7) });
  await member(organisation, { name: 'Ida Solberg', ...home(gateA, 'CABIN CREW') });
  await member(organisation, { name: 'Ola Nordmann', ...home(osl, 'Cabin crew') });
  await member(organisation, { name: 'Gro Dahl', ...home(fra, 'Gate agent') });
  const ben = await signedIn({ name: 'Ben Okafor' });
  await appoint(ben, 'administrator', organisation.id);

  const { page, close, expectQuiet } = await visit(ben.browser, { viewport: { width: 360, height: 740 } });
  await page.goto(`/organisations/${organisation.id}/requirements`);
  await page.getByRole('link', { name: said('requirements.new') }).click();
  await compose(page);
  await page.getByRole('heading', { level: 1, name: said('requirements.rehearsal.heading') }).waitFor();
  const joining = page.locator('[data-consequence=joins] li a');
  expect(await joining.allInnerTexts(), 'before anything is kept').to.deep.equal(['Ida Solberg']);
  await page.getByRole('button', { name: said('requirements.rehearsal.confirm') }).click();
  const sentence = await page.locator('[data-sentence]').innerText();
  for (const word of ['Cabin crew', 'FRA', '60']) expect(sentence).to.include(word);
  expectQuiet();
  await close();

  const hired = daysAfter(today, 7);
  const nextWeek = { organisation, fromDay: hired, actorId: null, now: Date.now() };
  const hire = await addMember(nextWeek, {
    person: { name: 'Next Week', email: null, staffNumber: null },
    ...{ home: { unitId: fra, job: 'cabin crew' }, hiredOn: hired },
  });
  if (hire.kind !== 'changed') throw new Error(hire.reason);
  const requirement = await row<{ id: string }>('select id from requirements where organisation_id = $1', [
    organisation.id,
  ]);
  const asked = { requirementId: requirement?.id ?? '', membershipIds: [hire.membershipId] };
  const facts = (await loadFacts(organisation, asked)).get(hire.membershipId);
  const stands = facts && intervalOn(timeline(asKnown(facts, NOW)), hired);
  expect([stands?.standing, stands?.dueDay]).to.deep.equal(['not-yet-due', daysAfter(hired, 60)]);
}

/** Fills in the form as a training manager would, and goes on to what it would do. */
async function compose(page: Page): Promise<void> {
  await page.locator('#title').fill('Awareness, cabin crew');
  await page.locator('#units').selectOption({ label: 'FRA' });
  await page.locator('#jobs').fill('Cabin crew');
  await page.locator('input[name=courses][value=airline-and-transport]').check();
  await page.locator('input[name=due][value=hired]').check();
  await page.locator('#dueDays').fill('60');
  await page.locator('input[name=renewal][value=own]').check();
  await page.locator('#months').fill('12');
  await page.getByRole('button', { name: said('requirements.rehearse') }).click();
}
