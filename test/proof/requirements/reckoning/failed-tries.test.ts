import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { reckoned, required, YEARLY } from '../../reports/reckoned.js';
import { wrongAnswer } from '../../../support/answers.js';
import { employer, linked, member } from '../../../support/organisations.js';
import { signedIn } from '../../../support/people.js';
import { count, rows } from '../../../support/rows.js';
import { course, MODULE, readLessons, takeQuiz } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

const today = dayOf(Date.now(), 'UTC');

describe('whoever is asked for a course and takes it', () => {
  ownWorld();

  it('has no day moved by a failed try, and no second chain by being enrolled again', async () => {
    const organisation = await employer();
    const ada = await signedIn();
    const hiredOn = daysAfter(today, -20);
    const own = await member(organisation, { fromDay: hiredOn, hiredOn });
    await linked(own, ada.id);
    await required(organisation, { fromDay: hiredOn, rule: YEARLY });
    const said = async () => {
      await reckoned(organisation);
      return rows('select * from standing_intervals where membership_id = $1 order by id', [own]);
    };
    const before = await said();
    expect(before).to.not.deep.equal([]);

    const enrolling = {
      ...{ userId: ada.id, organisationId: organisation.id },
      ...{ course: await course(), now: Date.now() },
    };
    const cycle = await enrol(enrolling);
    await readLessons(cycle, MODULE);
    const { passed } = await takeQuiz(cycle, MODULE, wrongAnswer);
    expect(passed).to.not.equal(true);
    expect(await said()).to.deep.equal(before);

    expect((await enrol(enrolling)).id).to.equal(cycle.id);
    expect(await count('cycles where user_id = $1', [ada.id])).to.equal(1);
    expect(await said()).to.deep.equal(before);
  });
});
