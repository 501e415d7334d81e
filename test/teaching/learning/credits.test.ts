import { expect } from 'chai';
import { reinstate } from '../../../server/proof/certificates/lifecycle/supersede.js';
import { revoke, suspend } from '../../../server/proof/certificates/lifecycle/revoke.js';
import {
  creditCycle,
  creditsOf,
  creditUncredited,
} from '../../../server/teaching/learning/credits/credits.js';
import { voidsOf } from '../../../server/teaching/learning/credits/voids.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { FINAL } from '../../../server/teaching/learning/completion.js';
import { findCycle, type CycleFacts } from '../../../server/teaching/learning/enrolments.js';
import { withdrawPass } from '../../../server/teaching/learning/withdrawals.js';
import { dayOf } from '../../../server/platform/lib/days.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { person } from '../../support/people.js';
import { holder } from '../../support/holders.js';
import { count, row, write } from '../../support/rows.js';
import { course, COURSE, takeQuiz } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';

async function membershipOf({ id }: { id: string }): Promise<string> {
  const found = await row<{ id: string }>('select id from memberships where user_id = $1', [id]);
  return found?.id ?? '';
}

/** Somebody with a certificate, their credits, and its voids that hold: why, and from which day. */
async function credited() {
  const { holder: somebody, cycle, certificate } = await holder();
  const membershipId = await membershipOf(somebody);
  const credits = () => creditsOf([membershipId]);
  const voids = async () =>
    (await voidsOf((await credits()).map(({ id }) => id)))
      .filter(({ retiredAt }) => retiredAt === null)
      .map(({ because, fromDay, toDay }) => ({ because, fromDay, toDay }));
  return { somebody, cycle, certificate, membershipId, credits, voids };
}

const today = async () => dayOf(Date.now(), (await openOrganisation()).timeZone);

/** Takes back the pass that completed a cycle, as a ruling on a question does. */
async function reopen(cycle: CycleFacts, actorId: string) {
  const pass = await row<{ attemptId: string; passedAt: number }>(
    'select attempt_id as "attemptId", passed_at as "passedAt" from quiz_passes where cycle_id = $1 and quiz = $2',
    [cycle.id, FINAL],
  );
  if (!pass) throw new Error('The final was not passed');
  const { id: cycleId, organisationId, userId } = cycle;
  const withdrawal = {
    ...pass,
    organisationId,
    userId,
    cycleId,
    quiz: FINAL,
    cause: 'test',
    insteadOf: null,
  };
  await withdrawPass(withdrawal, { actorId, now: Date.now() });
}

describe('credits', () => {
  ownWorld();

  it('a completed course is one credit: the day, and the version that was taken', async () => {
    const { cycle, credits } = await credited();
    const { number } = await course(COURSE);
    expect(await credits()).to.have.length(1);
    expect((await credits())[0]).to.include({
      courseSlug: COURSE,
      version: number,
      completedOn: await today(),
      source: 'cycle',
      sourceId: cycle.id,
    });
  });

  it('twice is once', async () => {
    const { cycle, credits } = await credited();
    const completed = await findCycle(cycle.id);
    if (!completed?.completedAt) throw new Error('Not completed');
    const again = { ...completed, completedAt: Number(completed.completedAt) };
    await inTransaction(() => creditCycle(again, Date.now()));
    expect(await credits()).to.have.length(1);
  });

  it('the day is one in the zone of the organisation', async () => {
    const { id } = await openOrganisation();
    const { cycle, credits } = await credited();
    await write('delete from credits where source_id = $1', [cycle.id]);
    const completedAt = Date.parse('2026-11-30T12:00:00Z');
    const zoned = (zone: string) =>
      write('update organisations set time_zone = $1 where id = $2', [zone, id]);
    const { timeZone } = await openOrganisation();
    await zoned('Pacific/Kiritimati');
    const completed = await findCycle(cycle.id);
    if (!completed) throw new Error('Gone');
    await inTransaction(() => creditCycle({ ...completed, completedAt }, Date.now()));
    await zoned(timeZone);
    expect((await credits())[0]).to.include({ completedOn: '2026-12-01' });
  });

  it('a certificate revoked because it was not earned, or in error, voids the credit from its own day on', async () => {
    for (const reason of ['not-earned', 'issued-in-error'] as const) {
      const { certificate, credits, voids } = await credited();
      const { id: actorId } = await person({ name: 'Dina Falk' });
      await revoke(certificate, { reason, note: null }, { actorId, now: Date.now() });
      expect(await credits()).to.have.length(1);
      expect(await voids()).to.deep.equal([
        { because: reason, fromDay: (await credits())[0]?.completedOn, toDay: null },
      ]);
    }
  });

  it('a certificate revoked because its holder asked leaves the credit', async () => {
    const { certificate, voids } = await credited();
    const { id: actorId } = await person({ name: 'Dina Falk' });
    await revoke(certificate, { reason: 'holder-asked', note: null }, { actorId, now: Date.now() });
    expect(await voids()).to.deep.equal([]);
  });

  it('a suspension voids it from today; lifted, it has always covered, and both can be told later', async () => {
    const { certificate, credits, voids } = await credited();
    const { id: actorId } = await person({ name: 'Dina Falk' });
    await suspend(certificate, { reason: 'under-review', note: null }, { actorId, now: Date.now() });
    expect(await voids()).to.deep.equal([{ because: 'suspended', fromDay: await today(), toDay: null }]);
    await reinstate(certificate.id, null, { actorId, now: Date.now() });
    expect(await voids()).to.deep.equal([]);
    expect(await voidsOf((await credits()).map(({ id }) => id))).to.have.length(1);
  });

  it('a cycle that is open again does not cover; complete again it does, with the same credit', async () => {
    const { cycle, credits, voids } = await credited();
    const { id: actorId } = await person({ name: 'Dina Falk' });
    await reopen(cycle, actorId);
    await world().worker.drain();
    expect((await voids()).map(({ because }) => because)).to.have.members(['reopened', 'suspended']);
    await takeQuiz(cycle, FINAL);
    await world().worker.drain();
    expect(await voids()).to.deep.equal([]);
    expect(await credits()).to.have.length(1);
  });

  it('courses that were completed before there were credits are credited, once', async () => {
    const { cycle, credits } = await credited();
    await write('delete from credits where source_id = $1', [cycle.id]);
    await write('update cycles set is_credited = false where id = $1', [cycle.id]);
    await creditUncredited(Date.now());
    await creditUncredited(Date.now());
    expect((await credits()).map(({ sourceId }) => sourceId)).to.deep.equal([cycle.id]);
    expect(await count('cycles where completed_at is not null and not is_credited')).to.equal(0);
  });
});
