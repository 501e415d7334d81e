import { expect } from 'chai';
import { proposeChange } from '../../../../server/teaching/courses/changes/course-changes.js';
import { runCourses } from '../../../../server/teaching/courses/command-courses.js';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { required } from '../../reports/reckoned.js';
import { inBoxes } from '../../../support/dates.js';
import { employer, member } from '../../../support/organisations.js';
import { send } from '../../../support/pages.js';
import { errorsOn } from '../../../support/said.js';
import { dina, signedIn } from '../../../support/people.js';
import { publishNext } from '../../../support/quizzes/own-version.js';
import { appoint } from '../../../support/roles.js';
import { count } from '../../../support/rows.js';
import { COURSE, course } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

const SAYS = 'The order of the calls has changed.';
const byProgram = () => ({ actorId: null, now: Date.now() });

/** The next version of the course, proposed as a material change; whose requirement counts it, and their administrator. */
async function proposed(kind: 'minor' | 'material' = 'material') {
  const organisation = await employer();
  const today = dayOf(Date.now(), organisation.timeZone);
  await member(organisation, { hiredOn: daysAfter(today, -400) });
  const requirementId = await required(organisation, { title: 'Crew', fromDay: daysAfter(today, -300) });
  const next = await publishNext(({ summary, ...rest }) => ({ ...rest, summary: `${summary} Changed.` }));
  await proposeChange(next, { kind, says: SAYS }, byProgram());
  const administrator = await signedIn();
  await appoint(administrator, 'administrator', organisation.id);
  const home = `/organisations/${organisation.id}/requirements`;
  const page = `${home}/changes/${next.versionId}`;
  return { organisation, requirementId, today, next, browser: administrator.browser, home, page };
}

describe('deciding on a material change of a course', () => {
  ownWorld();

  it('is asked of those who require the course, until they have decided', async () => {
    const { browser, home, page, requirementId, today } = await proposed();
    expect((await browser.get(home)).text)
      .to.include(page)
      .and.include(SAYS);
    const by = daysAfter(today, 50);
    const rehearsal = await send(browser, page, { requirement: requirementId, ...inBoxes('by', by) });
    expect(rehearsal.path).to.match(/\/drafts\//);
    expect((await browser.get(home)).text, 'nothing is decided yet').to.include(page);
    await browser.get(rehearsal.path);
    await browser.submit(`${rehearsal.path}/confirmation`);
    expect((await browser.get(home)).text).to.not.include(page);
    expect((await browser.get(page)).status).to.equal(404);
    expect(
      await count('requirement_versions where requirement_id = $1 and rule like $2', [
        requirementId,
        `%"material":[{"course":"${COURSE}"%"by":"${by}"%`,
      ]),
    ).to.equal(1);
  });

  it('is over once nothing is asked of anyone, and is told once', async () => {
    const { browser, home, page, next } = await proposed();
    await browser.get(page);
    for (let click = 0; click < 2; click += 1) await send(browser, `${page}/minor`);
    expect((await browser.get(home)).text).to.not.include(page);
    const told = ['course.change-taken-as-minor', `%${next.versionId}%`];
    expect(await count('events where name = $1 and payload like $2', told)).to.equal(1);
  });

  it('asks nothing where the change is minor, or the course is not required', async () => {
    const { browser, organisation, home, page } = await proposed('minor');
    expect((await browser.get(`/organisations/${organisation.id}`)).text).to.not.include(page);
    expect((await browser.get(home)).text).to.not.include(page);
    expect((await browser.get(page)).status).to.equal(404);
    const other = await employer();
    const { next } = await proposed();
    const stranger = await signedIn();
    await appoint(stranger, 'administrator', other.id);
    const theirs = `/organisations/${other.id}/requirements`;
    expect((await stranger.browser.get(theirs)).text).to.not.include('data-changes');
    expect((await stranger.browser.get(`${theirs}/changes/${next.versionId}`)).status).to.equal(404);
  });

  it('wants a requirement and a day to come, and keeps what was typed', async () => {
    const { browser, page, today, home } = await proposed();
    const wrong = await send(browser, page, { requirement: 'none', ...inBoxes('by', today) });
    expect(wrong.status).to.equal(422);
    expect(errorsOn(wrong)).to.have.keys('requirement', 'by');
    expect(wrong.text).to.include(`value="${today.slice(0, 4)}"`);
    expect((await browser.get(home)).text).to.include(page);
  });

  it('is for the organisation’s administrators', async () => {
    const { browser, organisation, home, page } = await proposed();
    const overview = `/organisations/${organisation.id}`;
    expect((await browser.get(overview)).text).to.include(page);
    const manager = await signedIn();
    await appoint(manager, 'manager', organisation.id);
    for (const seen of [home, overview])
      expect((await manager.browser.get(seen)).text).to.not.include('data-changes');
    for (const { browser } of [manager, await signedIn()]) {
      expect((await browser.get(page)).status).to.equal(404);
      expect((await send(browser, page)).status).to.equal(404);
      expect((await send(browser, `${page}/minor`)).status).to.equal(404);
    }
  });
});

describe('saying how much a version of a course changes', () => {
  ownWorld();

  it('is done once for each version, by an administrator of the installation', async () => {
    const { browser } = await dina();
    const page = `/admin/course-changes/${COURSE}`;
    const wrong = await send(browser, page, { kind: '', says: 'Short' });
    expect(wrong.status).to.equal(422);
    expect(errorsOn(wrong)).to.have.keys('kind', 'says');
    await send(browser, page, { kind: 'material', says: SAYS });
    await send(browser, page, { kind: 'minor', says: 'Nothing at all, in fact.' });
    expect(await count('course_changes where says = $1', [SAYS])).to.equal(1);
    expect(await count('course_changes where course_slug = $1', [COURSE])).to.equal(1);
    expect((await browser.get('/admin/course-changes')).text)
      .to.include('data-change="material"')
      .and.include(SAYS);
    const other = await signedIn();
    expect((await other.browser.get('/admin/course-changes')).status).to.be.oneOf([403, 404]);
  });

  it('is done at the command line too', async () => {
    await publishNext(({ summary, ...rest }) => ({ ...rest, summary: `${summary} Again.` }));
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const { number } = await course();
    for (const _ of [1, 2]) await runCourses(['propose', COURSE, 'material', '--says', SAYS], say);
    await runCourses(['changes'], say);
    expect(await count('course_changes where course_slug = $1 and number = $2', [COURSE, number])).to.equal(
      1,
    );
    expect(lines.join('\n')).to.include(`${COURSE}  version ${number}  material: ${SAYS}`);
    let problem: unknown = null;
    await runCourses(['propose', COURSE, 'huge', '--says', SAYS], say).catch(
      (error: unknown) => (problem = error),
    );
    expect(problem).to.be.instanceOf(Error);
  });
});
