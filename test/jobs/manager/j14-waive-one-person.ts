import { expect } from 'chai';
import { visit } from '../../journeys/browsing/visit.js';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { keepVersion } from '../../../server/proof/requirements/rules/keep-requirements.js';
import { loadFacts } from '../../../server/proof/requirements/reckoning/load-facts.js';
import { asKnown, NOW } from '../../../server/proof/requirements/timeline/as-known.js';
import { intervalOn, timeline } from '../../../server/proof/requirements/timeline/timeline.js';
import { someRule } from '../../proof/requirements/some-rule.js';
import { inBoxes } from '../../support/dates.js';
import { employer, member } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';

export const id = 'J14';
export const title =
  'exempted one person from their page, with a reason and a last day: it showed on their page, on the requirement and in the file of training status, and ended by itself';

export async function walk(): Promise<void> {
  const organisation = await employer();
  const today = dayOf(Date.now(), organisation.timeZone);
  const membershipId = await member(organisation, { name: 'Ida Solberg', hiredOn: daysAfter(today, -10) });
  const asked = { requirementId: null, after: 0, title: 'Awareness', fromDay: today, rule: someRule() };
  const kept = await keepVersion({ organisation, actorId: null, now: Date.now() }, asked);
  const requirementId = kept.kind === 'kept' ? kept.requirementId : '';
  const ben = await signedIn({ name: 'Ben Okafor' });
  await appoint(ben, 'administrator', organisation.id);
  const home = `/organisations/${organisation.id}/people/${membershipId}`;
  const last = daysAfter(today, 30);

  const { page, close, expectQuiet } = await visit(ben.browser, { viewport: { width: 360, height: 740 } });
  await page.goto(home);
  await page.getByRole('link', { name: said('exemptions.heading') }).click();
  await page.getByRole('link', { name: said('exemptions.new') }).click();
  await page.locator('input[name=kind][value=waiver]').check();
  await page.locator('#reason').selectOption('agreed-with-regulator');
  for (const [name, value] of Object.entries(inBoxes('until', last)))
    await page.locator(`[name=${name}]`).fill(value);
  await page.getByRole('button', { name: said('exemptions.button') }).click();
  await page.locator('[data-exemption=standing]').waitFor();
  const reason = said('exemptions.reason.agreed-with-regulator');
  expect(await page.locator('[data-exemption=standing]').innerText()).to.include(reason);
  await page.goto(`/organisations/${organisation.id}/requirements/${requirementId}`);
  expect(await page.locator('#exempt li').innerText())
    .to.include('Ida Solberg')
    .and.to.include(reason);
  expectQuiet();
  await close();

  await world().worker.drain();
  const file = (await ben.browser.get(`/organisations/${organisation.id}/standings.csv`)).text;
  const [columns = [], record = []] = file.split(/\r?\n/).map(line => line.split(','));
  const of = (name: string) => record[columns.findIndex(column => column.endsWith(name))];
  expect([of('exemption'), of('exemption_reason'), of('exemption_last_day')]).to.deep.equal([
    ...['waiver', 'agreed-with-regulator'],
    last,
  ]);

  const facts = (await loadFacts(organisation, { requirementId, membershipIds: [membershipId] })).get(
    membershipId,
  );
  const standing = (day: string) => facts && intervalOn(timeline(asKnown(facts, NOW)), day)?.standing;
  expect([standing(today), standing(last)]).to.deep.equal(['waived', 'waived']);
  expect(standing(daysAfter(last, 1)), 'it ends by itself').not.to.equal('waived');
}
