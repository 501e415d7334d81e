import { expect } from 'chai';
import { remindOfDuties } from '../../../../server/proof/reminders/duties/remind.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { employer, inDays, linked, member, memberOf, TODAY, unit } from '../../../support/organisations.js';
import { plain } from '../../../support/pages.js';
import { dina, person, signedIn, type Person } from '../../../support/people.js';
import { appoint, dismiss } from '../../../support/roles.js';
import { rows, write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { dueOn, expectCounted } from '../duties/duties.js';

describe('a duty that stays overdue', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let oslo: string;
  let gate: string;
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    gate = await unit(organisation, 'Gate', { below: oslo });
  });
  afterEach(expectCounted);

  /** Somebody who works in a unit; without an account unless it is given. */
  async function worker(name: string, unitId: string, account: Person | null = null): Promise<string> {
    const id = await member(organisation, { name, home: { unitId, job: null } });
    if (account) await linked(id, account.id);
    return id;
  }

  async function managerOf(
    unitId: string | null,
    name: string,
    role: 'manager' | 'administrator' = 'manager',
  ) {
    const somebody = await person({ name });
    await appoint(somebody, role, organisation.id, unitId);
    return somebody;
  }

  const required = (title = 'Crew', day = TODAY) =>
    dueOn(organisation, day, { now: Date.parse(`${TODAY}T05:00:00Z`), today: TODAY, title });

  async function goThrough(days: number): Promise<void> {
    await remindOfDuties(Date.parse(`${inDays(days)}T12:00:00Z`));
    await world().worker.drain();
  }

  const mails = ({ email }: Person) =>
    world()
      .mailbox.to(email)
      .filter(({ subject }) => subject === said('mail.subject.duties-escalated'));

  it('is told after two weeks to the nearest manager, once, and to nobody else', async () => {
    const [otto, luc, mia] = [
      await managerOf(gate, 'Otto Berg'),
      await managerOf(oslo, 'Luc Moreau'),
      await managerOf(null, 'Mia Holm', 'administrator'),
    ];
    await worker('Ada Marlow', gate);
    await required();
    await goThrough(13);
    expect(mails(otto)).to.deep.equal([]);
    for (const days of [14, 14, 15, 30]) await goThrough(days);
    expect(mails(otto)).to.have.length(1);
    expect(mails(otto)[0]?.text).to.include('Ada Marlow').and.include('Crew').and.include(organisation.name);
    expect([...mails(luc), ...mails(mia)]).to.deep.equal([]);
  });

  it('goes up where no unit has a manager, at last to the administrators', async () => {
    const mia = await managerOf(null, 'Mia Holm', 'administrator');
    await worker('Ada Marlow', gate);
    await required();
    await goThrough(14);
    expect(mails(mia)).to.have.length(1);
  });

  it('of a manager is told to the next one above, never to themselves', async () => {
    const [otto, luc] = [await managerOf(gate, 'Otto Berg'), await managerOf(oslo, 'Luc Moreau')];
    await worker('Otto Berg', gate, otto);
    await required();
    await goThrough(14);
    expect(mails(otto)).to.deep.equal([]);
    expect(mails(luc)[0]?.text).to.include('Otto Berg');
  });

  it('waits for somebody to tell', async () => {
    await worker('Ada Marlow', gate);
    await required();
    await goThrough(14);
    const otto = await managerOf(gate, 'Otto Berg');
    await goThrough(15);
    expect(mails(otto)).to.have.length(1);
  });

  it('is one mail a day with all that a manager has to know, also after days without mail', async () => {
    const otto = await managerOf(oslo, 'Otto Berg');
    await worker('Ada Marlow', gate);
    await worker('Ben Okoro', oslo);
    await required('Crew');
    await required('Drivers', inDays(1));
    world().mailbox.setAway(true);
    await goThrough(14);
    await goThrough(15);
    const { browser } = await dina();
    expect((await browser.get(`/organisations/${organisation.id}/reminders`)).text).to.include(
      said('reminderLog.waitingText'),
    );
    world().mailbox.setAway(false);
    await write(`update jobs set run_at = 0 where state = 'ready'`);
    await write('update job_lanes set paused_until = 0');
    for (let time = 0; time < 2; time += 1) await world().worker.drain();
    const [mail, ...more] = mails(otto);
    expect(more).to.deep.equal([]);
    expect(mail?.text?.match(/Ada Marlow|Ben Okoro/g)).to.have.length(4);
  });

  it('is not told to who manages them no more when the mail goes out', async () => {
    const otto = await managerOf(gate, 'Otto Berg');
    await worker('Ada Marlow', gate);
    await required();
    world().mailbox.setAway(true);
    await goThrough(14);
    await memberOf(otto, organisation.id);
    await dismiss(otto);
    world().mailbox.setAway(false);
    await write(`update jobs set run_at = 0 where state = 'ready'`);
    await write('update job_lanes set paused_until = 0');
    await world().worker.drain();
    expect(mails(otto)).to.deep.equal([]);
  });

  it('is foreseen on the page of reminders and stands on the page of the person', async () => {
    const otto = await signedIn({ name: 'Otto Berg' });
    await memberOf(otto, organisation.id);
    await appoint(otto, 'manager', organisation.id);
    const ada = await worker('Ada Marlow', gate);
    await required();
    const home = `/organisations/${organisation.id}`;
    const told = said('reminderLog.told', { names: 'Otto Berg' });
    expect(plain((await otto.browser.get(`${home}/reminders`)).text))
      .to.include('Ada Marlow')
      .and.include(told);
    await goThrough(14);
    expect(plain((await otto.browser.get(`${home}/people/${ada}/requirements`)).text)).to.include(told);
    expect(
      await rows('select id from duty_escalations where organisation_id = $1', [organisation.id]),
    ).to.have.length(1);
  });
});
