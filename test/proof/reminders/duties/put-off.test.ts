import { expect } from 'chai';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { endLanePause } from '../../../../server/platform/events/jobs/job-lanes.js';
import { remindByHand } from '../../../../server/proof/reminders/duties/remind-by-hand.js';
import { remindOfDuties } from '../../../../server/proof/reminders/duties/remind.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { undoVersion } from '../../../../server/proof/requirements/rules/keep-requirements.js';
import { employer, inDays, TODAY } from '../../../support/organisations.js';
import type { Person } from '../../../support/people.js';
import { row, rows } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { assignmentOf, dueOn, employee } from './duties.js';

const at = (time: string, day = TODAY): number => Date.parse(`${day}T${time}:00Z`);

describe('mails about duties', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let ada: Person & { membershipId: string };
  beforeEach(async () => {
    organisation = await employer();
    ada = await employee(organisation);
  });
  afterEach(() => world().mailbox.setAway(false));

  const required = (now: number, { day = inDays(10), title = 'Crew' } = {}) =>
    dueOn(organisation, day, { now, today: TODAY, reminders: [30], noticeDays: 0, title });

  const remind = async (now: number): Promise<void> => {
    await remindOfDuties(now);
    await world().worker.drain();
  };

  const mails = () =>
    world()
      .mailbox.to(ada.email)
      .filter(({ subject }) => subject === said('mail.subject.duties-due'));

  /** Takes back the only version of a requirement. */
  async function undo(requirementId: string, now: number): Promise<void> {
    const version = await row<{ id: string }>(
      'select id from requirement_versions where requirement_id = $1',
      [requirementId],
    );
    expect(
      await undoVersion({ organisation, actorId: null, now }, version?.id ?? '', requirementId),
    ).to.equal('undone');
    await world().worker.drain();
  }

  it('wait until an hour after a change of what is required', async () => {
    await required(at('08:30'));
    await remind(at('09:29'));
    expect(mails()).to.deep.equal([]);
    await remind(at('09:30'));
    expect(mails()).to.have.length(1);
  });

  it('are never sent where the change is undone within that hour', async () => {
    const requirementId = await required(at('08:30'));
    await remind(at('08:45'));
    await undo(requirementId, at('09:15'));
    for (const time of ['09:30', '10:15', '18:00']) await remind(at(time));
    await remind(at('12:00', inDays(1)));
    expect(mails()).to.deep.equal([]);
    expect(
      await rows('select id from duty_reminders where membership_id = $1', [ada.membershipId]),
    ).to.deep.equal([]);
  });

  for (const isUndone of [false, true])
    it(`by hand wait too, and are ${isUndone ? 'not sent where it is undone' : 'sent once'}`, async () => {
      await remind(at('08:00'));
      const { membershipId } = ada;
      const requirementId = await required(at('10:00'), { day: TODAY });
      const assignmentId = await assignmentOf(membershipId, requirementId);
      const due = { assignmentId, membershipId, requirementId, dueDay: TODAY };
      const by = { organisation, actorId: ada.id, now: at('10:10') };
      expect(await remindByHand([due], by)).to.equal(1);
      await world().worker.drain();
      if (isUndone) await undo(requirementId, at('10:20'));
      for (const time of ['10:59', '11:30', '11:45']) await remind(at(time));
      expect(mails()).to.have.length(isUndone ? 0 : 1);
    });

  for (const [order, dueAt] of [
    ['first', '0'],
    ['last', '2000000000000 - created_at'],
  ] as const)
    it(`that wait for days while no mail goes out become one, which lists everything, if the oldest goes ${order}`, async () => {
      await required(at('05:00'), { day: inDays(30), title: 'Crew' });
      await required(at('05:00'), { day: inDays(31), title: 'Drivers' });
      world().mailbox.setAway(true);
      for (const days of [0, 1, 2]) await remind(at('12:00', inDays(days)));
      world().mailbox.setAway(false);
      await mailIsBack(dueAt);
      const [mail, ...more] = mails();
      expect(more).to.deep.equal([]);
      expect(mail?.text).to.include('Crew').and.include('Drivers');
      await remind(at('12:00', inDays(3)));
      expect(mails()).to.have.length(1);
    });

  /** The server of the mails answers again, and everything that failed is tried in an order: first one mail, then the others. */
  async function mailIsBack(dueAt: string): Promise<void> {
    await inTransaction(() => rows(`update jobs set run_at = ${dueAt} where state = 'ready'`));
    await endLanePause('mail');
    for (let time = 0; time < 2; time += 1) await world().worker.drain();
  }
});
