import { expect } from 'chai';
import { daysAfter } from '../../../server/lib/days.js';
import { dutiesToMail } from '../../../server/notifications/duties/duty-mail.js';
import { remindOfDuties } from '../../../server/notifications/duties/remind.js';
import type { OrganisationFacts } from '../../../server/organisations/memberships.js';
import { suspendOrganisation } from '../../../server/organisations/settings/suspension.js';
import { keepVersion } from '../../../server/requirements/rules/keep-requirements.js';
import type { Rule } from '../../../server/requirements/requirement-rule.js';
import { bySystem, employer, memberOf, noon, TODAY } from '../../support/organisations.js';
import { person, type Person } from '../../support/people.js';
import { rows, write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { ownWorld, world } from '../../support/world.js';
import { someRule } from '../../requirements/some-rule.js';
import { stands } from './stands.js';

describe('reminders of duties', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  beforeEach(async () => (organisation = await employer()));

  /** Requires something from long ago on. Returns its id. */
  async function required(more: Partial<Rule> = {}, title = 'Crew'): Promise<string> {
    const asked = { requirementId: null, after: 0, title, fromDay: TODAY, rule: someRule(more) };
    const outcome = await keepVersion({ organisation, ...bySystem() }, asked);
    if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome));
    return outcome.requirementId;
  }

  async function asked(requirementId: string, who: Person, { dueDay }: { dueDay: string }): Promise<string> {
    const membershipId = await memberOf(who, organisation.id);
    return stands({ organisationId: organisation.id, requirementId, membershipId, dueDay });
  }

  /** Goes through the duties of a day, and waits for the mail. */
  async function remind(day: string, time = '12:00:00'): Promise<void> {
    await remindOfDuties(Date.parse(`${day}T${time}Z`));
    await write('update jobs set run_at = 1 where run_at > $1', [Date.now()]);
    await world().worker.drain();
  }

  const mails = ({ email }: Person) =>
    world()
      .mailbox.to(email)
      .filter(({ subject }) => subject === said('mail.subject.duties-due'));

  const stages = (assignmentId: string) =>
    rows<{ stage: string; outcome: string }>(
      'select stage, outcome from duty_reminders where assignment_id = $1 order by recorded_at, stage',
      [assignmentId],
    );

  const out = async (assignmentId: string) =>
    (await stages(assignmentId)).filter(({ outcome }) => outcome === 'due').map(({ stage }) => stage);

  it('go out once for each stage, however often the day is gone through', async () => {
    const ada = await person();
    const duty = await asked(await required({ reminders: [30, 7] }), ada, { dueDay: daysAfter(TODAY, 30) });
    for (const days of [-1, 0, 0, 1, 22, 23, 24]) await remind(daysAfter(TODAY, days));
    expect(await out(duty)).to.deep.equal(['before-30', 'before-7']);
  });

  it('wait for the mail hour in the zone of the organisation', async () => {
    const ada = await person();
    const duty = await asked(await required({ reminders: [30] }), ada, { dueDay: daysAfter(TODAY, 10) });
    await remind(TODAY, '07:59:00');
    expect(await out(duty)).to.deep.equal([]);
    await remind(TODAY, '08:00:00');
    expect(await out(duty)).to.deep.equal(['before-30']);
  });

  it('are one mail a day, which lists all that is asked of a person', async () => {
    const ada = await person();
    await asked(await required({ reminders: [30] }, 'Crew'), ada, { dueDay: daysAfter(TODAY, 10) });
    await asked(await required({ reminders: [30] }, 'Drivers'), ada, { dueDay: daysAfter(TODAY, 20) });
    await remind(TODAY);
    expect(mails(ada)).to.have.length(1);
    expect(mails(ada)[0]?.text).to.include('Crew').and.include('Drivers').and.include(organisation.name);
  });

  it('of stages missed together only the nearest goes out; the others are kept as overtaken', async () => {
    const ada = await person();
    const duty = await asked(await required({ reminders: [90, 60, 30, 7] }), ada, {
      dueDay: daysAfter(TODAY, 20),
    });
    await remind(TODAY);
    expect(await out(duty)).to.deep.equal(['before-30']);
    expect(
      (await stages(duty)).filter(({ outcome }) => outcome === 'overtaken').map(({ stage }) => stage),
    ).to.have.members(['before-90', 'before-60']);
  });

  it('days without a run lose none and double none', async () => {
    const ada = await person();
    const duty = await asked(await required({ reminders: [30, 7] }), ada, { dueDay: daysAfter(TODAY, 8) });
    await remind(TODAY);
    await remind(daysAfter(TODAY, 4));
    expect(await out(duty)).to.deep.equal(['before-30', 'before-7']);
  });

  it('a stage that is added later reaches those who are due already', async () => {
    const ada = await person();
    const requirementId = await required({ reminders: [7] });
    const duty = await asked(requirementId, ada, { dueDay: daysAfter(TODAY, 20) });
    await remind(TODAY);
    expect(await out(duty)).to.deep.equal([]);
    const more = {
      requirementId,
      after: 1,
      title: 'Crew',
      fromDay: TODAY,
      rule: someRule({ reminders: [30, 7] }),
    };
    await keepVersion({ organisation, ...bySystem() }, more);
    await remind(daysAfter(TODAY, 1));
    expect(await out(duty)).to.deep.equal(['before-30']);
  });

  it('whoever has done it before the mail is written gets none', async () => {
    const ada = await person();
    const duty = await asked(await required({ reminders: [30] }), ada, { dueDay: daysAfter(TODAY, 10) });
    await remindOfDuties(noon(TODAY));
    const membershipId = await memberOf(ada, organisation.id);
    const announced = { membershipId, announcedAt: noon(TODAY), organisationId: organisation.id };
    expect(await dutiesToMail(announced, TODAY)).to.have.length(1);
    await write('update standing_intervals set retired_at = 2 where assignment_id = $1', [duty]);
    expect(await dutiesToMail(announced, TODAY)).to.deep.equal([]);
  });

  it('nobody who has left, and nobody of a paused organisation, gets any', async () => {
    const [ada, ben] = [await person(), await person()];
    const requirementId = await required({ reminders: [30] });
    const left = await asked(requirementId, ada, { dueDay: daysAfter(TODAY, 10) });
    await write(`update memberships set employment = 'left' where user_id = $1`, [ada.id]);
    await remind(TODAY);
    expect(await out(left)).to.deep.equal([]);
    const paused = await asked(requirementId, ben, { dueDay: daysAfter(TODAY, 10) });
    await suspendOrganisation(organisation.id, { actorId: null, now: noon(TODAY) });
    await remind(daysAfter(TODAY, 1));
    expect(await out(paused)).to.deep.equal([]);
  });

  it('a requirement that has ended reminds nobody', async () => {
    const ada = await person();
    const requirementId = await required({ reminders: [30] });
    const duty = await asked(requirementId, ada, { dueDay: daysAfter(TODAY, 10) });
    const end = {
      requirementId,
      after: 1,
      title: 'Crew',
      fromDay: TODAY,
      rule: someRule({ inForce: false }),
    };
    await keepVersion({ organisation, ...bySystem() }, end);
    await remind(TODAY);
    expect(await out(duty)).to.deep.equal([]);
  });
});
