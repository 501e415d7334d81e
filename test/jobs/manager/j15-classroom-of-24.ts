import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { creditsOf } from '../../../server/teaching/learning/credits/credits.js';
import { keepVersion } from '../../../server/proof/requirements/rules/keep-requirements.js';
import { visit } from '../../journeys/browsing/visit.js';
import { someRule } from '../../proof/requirements/some-rule.js';
import { inBoxes } from '../../support/dates.js';
import { employer, member, unit } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { said } from '../../support/said.js';
import { COURSE } from '../../support/walk.js';
import { goThrough } from '../../journeys/browsing/go-through.js';

export const id = 'J15';
export const title =
  'planned a classroom session for a class of 24, printed its sheet, ticked in one form who had signed it, and the instructor who was named signed: they were credited, and the page of why named session and instructor';

const CLASS = 24;

export async function walk(): Promise<void> {
  const organisation = await employer();
  const today = dayOf(Date.now(), organisation.timeZone);
  const held = daysAfter(today, -1);
  const classId = await unit(organisation, 'Class 7');
  const home = { unitId: classId, job: null };
  const members: string[] = [];
  for (let at = 1; at <= CLASS; at += 1)
    members.push(await member(organisation, { name: `Recruit ${at}`, staffNumber: `R-${at}`, home }));
  const asked = {
    requirementId: null,
    after: 0,
    title: 'Awareness',
    fromDay: today,
    rule: someRule({ courses: [COURSE] }),
  };
  const kept = await keepVersion({ organisation, actorId: null, now: Date.now() }, asked);
  const requirementId = kept.kind === 'kept' ? kept.requirementId : '';
  const [ben, ines] = [await signedIn({ name: 'Ben Okafor' }), await signedIn({ name: 'Ines Duarte' })];
  await appoint(ben, 'manager', organisation.id);
  await appoint(ines, 'instructor', organisation.id);

  const manager = await visit(ben.browser, { viewport: { width: 1280, height: 900 } });
  const { page } = manager;
  await page.goto(`/organisations/${organisation.id}/sessions`);
  await page.getByRole('link', { name: said('classroom.new') }).click();
  await page.locator('#course').selectOption(COURSE);
  await page.locator('#unit').selectOption(classId);
  for (const [name, value] of Object.entries(inBoxes('day', held)))
    await page.locator(`[name=${name}]`).fill(value);
  await page.locator('#time').fill('9.30');
  await page.locator('#hours').fill('2');
  await page.locator('#place').fill('Room 3');
  await page.locator('#control').fill('AC-3270');
  await page.locator('#instructor').selectOption({ label: 'Ines Duarte' });
  await page.getByRole('button', { name: said('classroom.planButton') }).click();
  await page.getByRole('link', { name: said('classroom.peopleHeading') }).click();
  await goThrough(page.getByRole('button', { name: said('classroom.addUnit', { unit: 'Class 7' }) }));
  expect(await page.locator('[data-listed] li').count()).to.equal(CLASS);
  const session = page.url().replace(/\/people.*$/, '');
  await page.goto(`${session}/sheet`);
  expect(await page.locator('[data-sheet] tbody th').count()).to.equal(CLASS);

  await page.goto(session);
  await page.getByRole('link', { name: said('classroom.attendanceHeading') }).click();
  for (const membershipId of members.slice(1)) await page.locator(`[name="here-${membershipId}"]`).check();
  await page.locator(`[name="minutes-${members[1] ?? ''}"]`).fill('90');
  await goThrough(page.getByRole('button', { name: said('classroom.keepButton') }));
  expect(await page.locator('[data-people] [data-state=present]').count()).to.equal(CLASS - 1);
  expect(
    await page.getByRole('link', { name: said('classroom.signHeading') }).count(),
    'a manager does not sign',
  ).to.equal(0);
  manager.expectQuiet();
  await manager.close();

  const teacher = await visit(ines.browser, { viewport: { width: 360, height: 740 } });
  await teacher.page.goto('/classroom');
  await teacher.page.getByRole('link', { name: organisation.name }).click();
  await teacher.page.locator('[data-session=to-sign] a').click();
  await teacher.page.getByRole('link', { name: said('classroom.signHeading') }).click();
  await teacher.page.locator('#agreed').check();
  await teacher.page.locator('#name').fill('Ines Duarte');
  await teacher.page.getByRole('button', { name: said('classroom.signButton') }).click();
  const signature = await teacher.page.locator('[data-signature=signed]').innerText();
  expect(signature).to.include(said('classroom.statement.1.instructor')).and.to.include('Ines Duarte');
  expect(await teacher.page.locator('[data-state=credited]').count()).to.equal(CLASS - 2);
  teacher.expectQuiet();
  await teacher.close();

  const credited = (await creditsOf(members)).map(({ membershipId, completedOn }) => [
    membershipId,
    completedOn,
  ]);
  expect(credited.sort()).to.deep.equal(
    members
      .slice(2)
      .map(each => [each, held])
      .sort(),
  );

  const reader = await visit(ben.browser);
  await reader.page.goto(
    `/organisations/${organisation.id}/people/${members[2] ?? ''}/requirements/${requirementId}/why`,
  );
  expect(await reader.page.locator('main').innerText()).to.include(
    said('reports.why.bySession', { instructor: 'Ines Duarte' }),
  );
  await reader.close();
}
