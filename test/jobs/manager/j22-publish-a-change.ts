import { expect } from 'chai';
import { certificateOf } from '../../../server/proof/certificates/queries.js';
import { newestCycle, enrol } from '../../../server/teaching/learning/enrolments.js';
import { chooseJob } from '../../../server/teaching/learning/chosen-job.js';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { loadFacts } from '../../../server/proof/requirements/reckoning/load-facts.js';
import { asKnown, NOW } from '../../../server/proof/requirements/timeline/as-known.js';
import { intervalOn, timeline } from '../../../server/proof/requirements/timeline/timeline.js';
import { visit } from '../../journeys/browsing/visit.js';
import { completed, reckoned, required, YEARLY } from '../../proof/reports/reckoned.js';
import { signedInHolder } from '../../support/holders.js';
import { employer, member, memberOf } from '../../support/organisations.js';
import { dina, signedIn } from '../../support/people.js';
import { publishNext } from '../../support/quizzes/own-version.js';
import { appoint } from '../../support/roles.js';
import { said } from '../../support/said.js';
import { almostThrough, course, freshCycle } from '../../support/walk.js';

export const id = 'J22';
export const title =
  'published a version, said that it changes much; an organisation saw who had to learn it again before it decided; whoever was in the middle finished on the old one';

const CHANGED = 'Gate agents now tell the duty manager before they tell the crew.';
const PHONE = { viewport: { width: 360, height: 740 } };
/** Days from today by which the new version has to be completed. */
const TIME = 45;

export async function walk(): Promise<void> {
  const organisation = await employer();
  const today = dayOf(Date.now(), organisation.timeZone);
  const ago = (days: number) => daysAfter(today, -days);
  const by = daysAfter(today, TIME);
  const requirementId = await required(organisation, { title: 'Crew', fromDay: ago(800), rule: YEARLY });
  const ada = await member(organisation, { name: 'Ada Marlow', fromDay: ago(800), hiredOn: ago(800) });
  await completed(organisation, ada, { on: ago(100) });
  const tomas = await signedIn({ name: 'Tomas Reyes' });
  const atWork = await memberOf(tomas, organisation.id);
  const old = await course();
  const midway = await enrol({
    userId: tomas.id,
    organisationId: organisation.id,
    course: old,
    now: Date.now(),
  });
  await chooseJob(midway, old.snapshot.jobs?.[0] ?? 'cabin', Date.now());
  const holder = await signedInHolder('Noor Haddad');
  await reckoned(organisation);
  await publishNext(({ summary, ...snapshot }) => ({ ...snapshot, summary: `${summary} ${CHANGED}` }));

  await propose();
  const otto = await signedIn({ name: 'Otto Berg' });
  await appoint(otto, 'administrator', organisation.id);
  const { page, close, expectQuiet } = await visit(otto.browser, PHONE);
  await page.goto(`/organisations/${organisation.id}/requirements`);
  expect(await page.locator('[data-changes]').innerText()).to.include(CHANGED);
  await page.locator('[data-changes] a').click();
  expect(await page.locator('[data-says]').innerText()).to.include(CHANGED);
  const [year = '', month = '', day = ''] = by.split('-');
  await page.locator('#by').fill(day);
  await page.locator('#by-month').fill(month);
  await page.locator('#by-year').fill(year);
  await page.getByRole('button', { name: said('requirements.rehearse') }).click();
  await page.getByRole('heading', { level: 1, name: said('requirements.rehearsal.heading') }).waitFor();
  const again = page.locator('[data-consequence=earlier] li a');
  expect(await again.allInnerTexts(), 'before anything is kept').to.deep.equal(['Ada Marlow']);
  await page.getByRole('button', { name: said('requirements.rehearsal.confirm') }).click();
  await page.locator('[data-sentence]').waitFor();
  await page.goto(`/organisations/${organisation.id}/requirements`);
  expect(await page.locator('[data-changes]').count(), 'it is decided').to.equal(0);
  expectQuiet();
  await close();

  await almostThrough(midway, []);
  expect((await freshCycle(midway)).courseVersionId, 'finished on the old version').to.equal(old.versionId);
  const facts = await loadFacts(organisation, { requirementId, membershipIds: [ada, atWork] });
  for (const membershipId of [ada, atWork]) {
    const own = facts.get(membershipId);
    const intervals = own ? timeline(asKnown(own, NOW)) : [];
    const before = intervalOn(intervals, daysAfter(by, -1));
    expect(['current', 'expiring'], 'covered until the day').to.include(before?.standing);
    expect(intervalOn(intervals, by)?.standing, 'and not longer').to.equal('overdue');
  }
  await renewAtOnce(holder);
}

/** The publisher says what has changed, and that it is much. */
async function propose(): Promise<void> {
  const { page, close, expectQuiet } = await visit((await dina()).browser, PHONE);
  await page.goto('/admin/course-changes');
  await page.locator('main a[href="/admin/course-changes/airline-and-transport"]').click();
  await page.locator('input[name=kind][value=material]').check();
  await page.locator('#says').fill(CHANGED);
  await page.getByRole('button', { name: said('courseChanges.button') }).click();
  await page.locator('[data-change=material]').waitFor();
  expectQuiet();
  await close();
}

/** Whoever holds a certificate of an earlier version need not wait for the window. */
async function renewAtOnce({ holder, cycle, certificate }: Awaited<ReturnType<typeof signedInHolder>>) {
  await holder.browser.get(`/certificates/${certificate.id}`);
  await holder.browser.submit(`/certificates/${certificate.id}/renewal`);
  const next = await newestCycle(cycle.enrolmentId);
  expect(next).to.include({ because: 'material', number: 2 });
  expect((await certificateOf(cycle.id))?.revokedAt, 'the old one stays valid').to.equal(null);
}
