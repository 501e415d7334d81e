import { expect } from 'chai';
import { onNudge } from '../../../../server/platform/events/jobs/nudge.js';
import { dutiesToMail } from '../../../../server/proof/reminders/duties/duty-mail.js';
import { remindOfDuties } from '../../../../server/proof/reminders/duties/remind.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { endEmployment } from '../../../../server/people/organisations/people/members.js';
import {
  reopenOrganisation,
  suspendOrganisation,
} from '../../../../server/people/organisations/settings/suspension.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { keepVersion } from '../../../../server/proof/requirements/rules/keep-requirements.js';
import type { Rule } from '../../../../server/proof/requirements/requirement-rule.js';
import { bySystem, employer, inDays, linked, member, noon, TODAY } from '../../../support/organisations.js';
import { signedIn, type Person } from '../../../support/people.js';
import { rows, write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, reactToNews, world } from '../../../support/world.js';
import { someRule } from '../../requirements/some-rule.js';
import { assignmentOf, dueOn, employee, expectCounted } from './duties.js';

describe('reminders of duties', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  beforeEach(async () => (organisation = await employer()));
  afterEach(expectCounted);

  /** Something is required of everybody by a day, and reminded of so many days before. */
  const required = (day: string, reminders: number[], more: Partial<Rule> & { title?: string } = {}) =>
    dueOn(organisation, day, { now: Date.parse(`${TODAY}T05:00:00Z`), today: TODAY, reminders, ...more });

  /** Somebody of whom one thing is required by a day. */
  async function owing(day: string, reminders: number[]) {
    const ada = await employee(organisation);
    const requirementId = await required(day, reminders);
    return { ada, requirementId, duty: await assignmentOf(ada.membershipId, requirementId) };
  }

  /** Goes through the duties of a day, and waits for the mail. */
  async function remind(day: string, time = '12:00:00'): Promise<void> {
    await remindOfDuties(Date.parse(`${day}T${time}Z`));
    await world().worker.drain();
  }

  const mails = ({ email }: Person) =>
    world()
      .mailbox.to(email)
      .filter(({ subject }) => subject === said('mail.subject.duties-due'));

  /** The stages of a duty that came out so, in the order of their days. */
  const stages = async (duty: string, outcome = 'due') =>
    (
      await rows<{ stage: string }>(
        'select stage from duty_reminders where assignment_id = $1 and outcome = $2 order by recorded_at, stage',
        [duty, outcome],
      )
    ).map(({ stage }) => stage);

  it('go out once for each stage, however often the day is gone through', async () => {
    const { duty } = await owing(inDays(30), [30, 7]);
    for (const days of [0, 0, 1, 22, 23, 24]) await remind(inDays(days));
    expect(await stages(duty)).to.deep.equal(['before-30', 'before-7']);
  });

  it('wait for the mail hour in the zone of the organisation', async () => {
    const { duty } = await owing(inDays(10), [30]);
    await remind(TODAY, '07:59:00');
    expect(await stages(duty)).to.deep.equal([]);
    await remind(TODAY, '08:00:00');
    expect(await stages(duty)).to.deep.equal(['before-30']);
  });

  it('are one mail a day, which lists all that is asked of a person', async () => {
    const ada = await employee(organisation);
    await required(inDays(10), [30], { title: 'Crew' });
    await required(inDays(20), [30], { title: 'Drivers' });
    await remind(TODAY);
    expect(mails(ada)).to.have.length(1);
    expect(mails(ada)[0]?.text).to.include('Crew').and.include('Drivers').and.include(organisation.name);
  });

  it('lead to the page on which it stands', async () => {
    const ada = await signedIn();
    await linked(await member(organisation), ada.id);
    await required(inDays(10), [30]);
    await remind(TODAY);
    const [link = ''] = linksIn(String(mails(ada)[0]?.html), /\/learning[^"]*/);
    const page = await ada.browser.get(new URL(link, 'https://training.example').pathname);
    expect(page.status).to.equal(200);
    expect(page.text).to.include('data-required').and.include('Crew');
  });

  it('of stages missed together only the nearest goes out; the others are kept as overtaken', async () => {
    const { duty } = await owing(inDays(20), [90, 60, 30, 7]);
    await remind(TODAY);
    expect(await stages(duty)).to.deep.equal(['before-30']);
    expect(await stages(duty, 'overtaken')).to.have.members(['before-90', 'before-60']);
  });

  it('days without a run lose none and double none', async () => {
    const { duty } = await owing(inDays(8), [30, 7]);
    await remind(TODAY);
    await remind(inDays(4));
    expect(await stages(duty)).to.deep.equal(['before-30', 'before-7']);
  });

  it('whoever is overdue is reminded on the day after, and once more two weeks later', async () => {
    const { duty } = await owing(inDays(1), [7]);
    for (const days of [0, 1, 2, 3, 14, 15, 16, 60]) await remind(inDays(days));
    expect(await stages(duty)).to.deep.equal(['before-7', 'overdue', 'overdue-14']);
  });

  it('a stage that is added later reaches those who are due already', async () => {
    const { duty, requirementId } = await owing(inDays(20), [7]);
    await remind(TODAY);
    expect(await stages(duty)).to.deep.equal([]);
    const rule = someRule({ firstDue: { on: inDays(20) }, reminders: [30, 7] });
    const more = { requirementId, after: 1, title: 'Crew', fromDay: TODAY, rule };
    await keepVersion({ organisation, ...bySystem() }, more);
    await remind(inDays(1));
    expect(await stages(duty)).to.deep.equal(['before-30']);
  });

  it('whoever has done it before the mail is written gets none', async () => {
    const { ada, duty } = await owing(inDays(10), [30]);
    const forget = onNudge(() => undefined);
    try {
      await remindOfDuties(noon(TODAY));
      const announced = { membershipId: ada.membershipId, announcedAt: noon(TODAY) };
      const today = () => dutiesToMail({ ...announced, organisationId: organisation.id }, TODAY);
      expect(await today()).to.have.length(1);
      await write('update standing_intervals set retired_at = 2 where assignment_id = $1', [duty]);
      expect(await today()).to.deep.equal([]);
    } finally {
      forget();
      reactToNews();
    }
    await world().worker.drain();
    expect(mails(ada)).to.deep.equal([]);
  });

  it('nobody who has left gets any', async () => {
    const { ada, duty } = await owing(inDays(10), [30]);
    const { membershipId } = ada;
    await endEmployment({ organisation, membershipId, fromDay: TODAY, ...bySystem() });
    await remind(TODAY);
    expect(await stages(duty)).to.deep.equal([]);
    expect(mails(ada)).to.deep.equal([]);
  });

  it('an organisation that is paused reminds nobody, and all of them once it goes on', async () => {
    const { duty } = await owing(inDays(10), [30]);
    await suspendOrganisation(organisation.id, { actorId: null, now: noon(TODAY) });
    await remind(TODAY);
    expect(await stages(duty)).to.deep.equal([]);
    await reopenOrganisation(organisation.id, { actorId: null, now: noon(TODAY) });
    await remind(inDays(1));
    expect(await stages(duty)).to.deep.equal(['before-30']);
  });

  it('a requirement that has ended reminds nobody', async () => {
    const { duty, requirementId } = await owing(inDays(10), [30]);
    const rule = someRule({ firstDue: { on: inDays(10) }, inForce: false });
    const end = { requirementId, after: 1, title: 'Crew', fromDay: TODAY, rule };
    await keepVersion({ organisation, ...bySystem() }, end);
    await remind(inDays(1));
    expect(await stages(duty)).to.deep.equal([]);
  });
});
