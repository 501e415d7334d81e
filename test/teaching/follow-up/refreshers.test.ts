import { expect } from 'chai';
import { moduleItems } from '../../../server/teaching/follow-up/module-items.js';
import { DAY, REFRESHER_DAYS, REFRESHER_OPEN } from '../../../server/teaching/follow-up/kinds.js';
import { drawRefreshers } from '../../../server/teaching/follow-up/refresher-forms.js';
import { chooseMail, wantsMail } from '../../../server/people/organisations/mail-choices.js';
import { measurementsOf } from '../../../server/teaching/follow-up/measurements.js';
import { answerMeasurement } from '../../../server/teaching/follow-up/take.js';
import {
  announceDue,
  planRefreshers,
  refresherToMail,
} from '../../../server/teaching/follow-up/refreshers.js';
import type { CycleFacts } from '../../../server/teaching/learning/enrolments.js';
import { person, type Person } from '../../support/people.js';
import { almostThrough, course, enrolled, quizzesOf, takeQuiz } from '../../support/walk.js';
import { count, write } from '../../support/rows.js';
import { dismiss } from '../../support/roles.js';
import { attemptsAt } from '../../../server/teaching/quizzes/attempts/attempts.js';
import { ownWorld, world } from '../../support/world.js';
import { complete, daysLater, fresh, itemsOf, measurement, withBaseline } from './cycles.js';

const refreshersOf = async ({ id }: CycleFacts) =>
  (await measurementsOf(id)).filter(({ dueAt }) => dueAt !== null);
const mailsTo = ({ email }: Person) =>
  world()
    .mailbox.to(email)
    .filter(({ subject }) => subject === 'Training: three short questions');

const attemptsOf = async (cycle: CycleFacts) =>
  (await Promise.all((await quizzesOf(cycle)).map(quiz => attemptsAt(cycle.id, quiz)))).flat();

async function holder() {
  const learner = await person();
  const cycle = await complete(await enrolled(learner));
  return { learner, cycle };
}

describe('refreshers', () => {
  ownWorld();
  it('are planned once, for 7, 30 and 90 days after the course', async () => {
    const { cycle } = await holder();
    await planRefreshers(cycle.id);
    const planned = await refreshersOf(cycle);
    const days = planned.map(({ kind, dueAt }) => [kind, (Number(dueAt) - Number(cycle.completedAt)) / DAY]);
    expect(days.sort()).to.deep.equal([
      ['refresher-30', 30],
      ['refresher-7', 7],
      ['refresher-90', 90],
    ]);
    const ids = planned.flatMap(({ form }) => form.map(({ itemId }) => itemId));
    expect(new Set(ids).size).to.equal(9);
  });

  it('ask about missed objectives, and avoid items of the baseline and the post-test', async () => {
    const cycle = await enrolled(await person());
    const baseline = await withBaseline(cycle);
    await almostThrough(cycle, ['final']);
    const [, attempt] = await attemptsOf(cycle);
    const slots = attempt?.form.map(({ itemId }) => ({ itemId, points: 50 }));
    await write('update attempts set result = $1 where id = $2', [JSON.stringify(slots), attempt?.id ?? '']);
    await takeQuiz(cycle, 'final');
    await world().worker.drain();
    const missed = new Set(
      (await itemsOf({ ...baseline, form: attempt?.form ?? [] })).map(({ objective }) => objective),
    );
    const met = [baseline, await measurement(cycle, 'post')].flatMap(({ form }) =>
      form.map(({ itemId }) => itemId),
    );
    const { snapshot } = await course();
    const wishes = { missed, seen: new Set(met), seed: `${cycle.id}:refreshers` };
    const planned = await Promise.all(REFRESHER_DAYS.map(day => measurement(cycle, `refresher-${day}`)));
    expect(planned.map(({ form }) => form)).to.deep.equal(drawRefreshers(moduleItems(snapshot), wishes));
    for (const refresher of planned) {
      const items = await itemsOf(refresher);
      expect(items.filter(({ objective }) => missed.has(objective)).length).to.equal(
        Math.min(missed.size, 3),
      );
    }
  });

  it('are not planned before the course is complete', async () => {
    const cycle = await enrolled(await person());
    await planRefreshers(cycle.id);
    expect(await measurementsOf(cycle.id)).to.deep.equal([]);
  });

  it('are mailed on their day, once each, however often the routine runs', async () => {
    const { learner, cycle } = await holder();
    await daysLater(cycle, 6);
    expect(mailsTo(learner)).to.have.length(0);
    await daysLater(cycle, 1);
    expect(mailsTo(learner)).to.have.length(1);
    await daysLater(cycle, 1);
    await Promise.all([announceDue(Date.now()), announceDue(Date.now())]);
    await world().worker.drain();
    expect(mailsTo(learner)).to.have.length(1);
    await daysLater(cycle, 22);
    expect(mailsTo(learner)).to.have.length(2);
    await daysLater(cycle, 60);
    expect(mailsTo(learner)).to.have.length(3);
    expect(await count(`mails where user_id = $1 and kind = 'refresher'`, [learner.id])).to.equal(3);
    const news = await count(`events where name = 'refresher.due' and payload like $1`, [`%${learner.id}%`]);
    expect(news).to.equal(3);
  });

  it('are skipped when they could not be mailed for two weeks', async () => {
    const { learner, cycle } = await holder();
    await daysLater(cycle, 30);
    expect(mailsTo(learner)).to.have.length(1);
    expect((await measurement(cycle, 'refresher-7')).startedAt).to.equal(null);
    await daysLater(cycle, 200);
    expect(mailsTo(learner)).to.have.length(1);
  });

  it('are not mailed to disabled accounts, to people who have left, or to people who turned them off', async () => {
    const [disabled, gone, unwilling] = [await holder(), await holder(), await holder()];
    await write('update users set disabled_at = 1 where id = $1', [disabled.learner.id]);
    await dismiss(gone.learner);
    await chooseMail('refreshers', unwilling.cycle, { isOn: false, by: 'account', now: 1 });
    for (const { learner, cycle } of [disabled, gone, unwilling]) {
      await daysLater(cycle, 7);
      expect(mailsTo(learner)).to.have.length(0);
    }
  });

  it('are not sent when the choice changed between the event and the mail', async () => {
    const { cycle } = await holder();
    await daysLater(cycle, 7);
    const { id } = await measurement(cycle, 'refresher-7');
    expect(await refresherToMail(id, Date.now())).to.include({ id, userId: cycle.userId });
    expect(await refresherToMail(id, Date.now() + REFRESHER_OPEN)).to.equal(null);
    await chooseMail('refreshers', cycle, { isOn: false, by: 'link', now: 1 });
    expect(await refresherToMail(id, Date.now())).to.equal(null);
  });

  it('can be answered during their two weeks, not before and not after', async () => {
    const { cycle } = await holder();
    const refresher = await measurement(cycle, 'refresher-7');
    const due = Number(refresher.dueAt);
    const at = (now: number) => answerMeasurement(refresher, { slot: 1, response: {} }, now);
    expect([await at(due - 1), await at(due + REFRESHER_OPEN)]).to.deep.equal([false, false]);
    expect([await at(due), await at(due + REFRESHER_OPEN - 1)]).to.deep.equal([true, true]);
    expect(await fresh(refresher)).to.include({ startedAt: due, finishedAt: null });
  });
});

describe('the choice of a person in an organisation', () => {
  ownWorld();
  const news = (userId: string) =>
    count(`events where name like 'refreshers.turned-%' and payload like $1`, [`%${userId}%`]);

  it('is on until it is turned off, can be turned on again, and each change is recorded once', async () => {
    const cycle = await enrolled(await person());
    const choose = (isOn: boolean) => chooseMail('refreshers', cycle, { isOn, by: 'link', now: 1 });
    expect(await wantsMail('refreshers', cycle)).to.equal(true);
    await choose(true);
    expect(await news(cycle.userId)).to.equal(0);
    await Promise.all([choose(false), choose(false), choose(false)]);
    expect(await wantsMail('refreshers', cycle)).to.equal(false);
    expect(await news(cycle.userId)).to.equal(1);
    await choose(true);
    await choose(true);
    expect(await wantsMail('refreshers', cycle)).to.equal(true);
    expect(await news(cycle.userId)).to.equal(2);
    await choose(false);
    expect(await wantsMail('refreshers', cycle)).to.equal(false);
  });
});
