import { expect } from 'chai';
import { grantCourse } from '../../../../server/teaching/courses/access/granting.js';
import { cycleIn } from '../../../../server/teaching/learning/enrolments.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { byOperator, RESTRICTED } from '../../../support/grants.js';
import { ada } from '../../../support/people.js';
import { send } from '../../../support/pages.js';
import { memberOf } from '../../../support/organisations.js';
import { otherOrganisation } from '../../../support/roles.js';
import { errorsOn, said } from '../../../support/said.js';
import { COURSE } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

const ABOUT = `/courses/${COURSE}`;

const organisationOf = async (userId: string, slug = COURSE) => (await cycleIn(userId, slug))?.organisationId;

describe('the organisation in which somebody takes a course', () => {
  ownWorld();

  it('is the open one for people who signed up alone', async () => {
    const learner = await ada();
    await learner.browser.get(ABOUT);
    await learner.browser.submit('/learning');
    expect(await organisationOf(learner.id)).to.equal((await openOrganisation()).id);
  });

  it('is the employer of those who have one, although they belong to the open one, too', async () => {
    const [learner, employer] = [await ada(), await otherOrganisation()];
    await memberOf(learner, employer);
    await learner.browser.get(ABOUT);
    await learner.browser.submit('/learning');
    expect(await organisationOf(learner.id)).to.equal(employer);
  });

  it('is chosen by those who have several; nothing begins until they have', async () => {
    const [learner, one, other] = [await ada(), await otherOrganisation(), await otherOrganisation()];
    for (const each of [one, other]) await memberOf(learner, each);
    const { browser } = learner;
    expect((await browser.get(ABOUT)).text)
      .to.include(`value="${one}"`)
      .and.include(`value="${other}"`);
    for (const organisation of ['', await otherOrganisation()]) {
      const asked = await send(browser, '/learning', { course: COURSE, organisation });
      expect([asked.path, asked.status]).to.deep.equal([`${ABOUT}?organisation`, 422]);
      expect(errorsOn(asked)).to.deep.equal({ organisation: said('errors.organisation-choice') });
    }
    expect(await organisationOf(learner.id)).to.equal(undefined);
    await browser.get(ABOUT);
    await browser.submit('/learning', { organisation: other });
    expect(await organisationOf(learner.id)).to.equal(other);
  });

  it('is, of a restricted course, the one of theirs that has a grant', async () => {
    const [learner, one, granted] = [await ada(), await otherOrganisation(), await otherOrganisation()];
    for (const each of [one, granted]) await memberOf(learner, each);
    await grantCourse(RESTRICTED, granted, byOperator());
    await learner.browser.get(`/courses/${RESTRICTED}`);
    await learner.browser.submit('/learning');
    expect(await organisationOf(learner.id, RESTRICTED)).to.equal(granted);
  });
});
