import { expect } from 'chai';
import { newId } from '../../../server/platform/lib/ids.js';
import { remindByHand } from '../../../server/proof/reminders/duties/remind-by-hand.js';
import { remindOfDuties } from '../../../server/proof/reminders/duties/remind.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { suspendOrganisation } from '../../../server/people/organisations/settings/suspension.js';
import { assignmentOf, expectCounted } from '../reminders/duties/duties.js';
import { employer, member, unit } from '../../support/organisations.js';
import { plain } from '../../support/pages.js';
import { signedIn, type Person } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { count, rows, write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { ownWorld, world } from '../../support/world.js';
import { crowdLike, daysAgo, hiredLongAgo, remindersAreOut } from './overdue.js';
import { completed, reckoned, required, YEARLY } from './reckoned.js';

describe('reminding those who are overdue', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let otto: Person;
  let ada: Person & { membershipId: string };
  const home = () => `/organisations/${organisation.id}/standings`;
  const crew = (title = 'Crew') =>
    required(organisation, { title, fromDay: daysAgo(organisation, 200), rule: YEARLY });
  const someone = (name: string, unitId?: string) =>
    hiredLongAgo(organisation, { name, ...(unitId === undefined ? {} : { unitId }) });
  const nudgeBy = async ({ browser }: Person, query = '') => {
    await browser.get(`${home()}/nudge${query}`);
    return browser.submit(`${home()}/nudge${query}`);
  };
  const reminded = async () =>
    (
      await rows<{ name: string }>(
        `select u.name from duty_reminders r join memberships m on m.id = r.membership_id join users u on u.id = m.user_id
         where r.organisation_id = $1 and r.stage like 'nudge-%' order by u.name`,
        [organisation.id],
      )
    ).map(({ name }) => name);
  const mails = async ({ email }: Person) => {
    await world().worker.drain();
    return world()
      .mailbox.to(email)
      .filter(({ subject }) => subject === said('mail.subject.duties-due'));
  };

  beforeEach(async () => {
    organisation = await employer();
    otto = await signedIn({ name: 'Otto Berg' });
    await appoint(otto, 'manager', organisation.id);
    ada = await someone('Ada Marlow');
  });
  afterEach(expectCounted);

  it('reaches them alone, by one mail that lists everything, and says who could not be reached', async () => {
    for (const title of ['Crew', 'Drivers']) await crew(title);
    const ben = await someone('Ben Okoro');
    await completed(organisation, ben.membershipId, { on: daysAgo(organisation, 30) });
    await member(organisation, { name: 'No Account', hiredOn: daysAgo(organisation, 300) });
    await reckoned(organisation);
    await remindersAreOut(organisation);
    const before = (await mails(ada)).length;
    const list = await otto.browser.get(`${home()}?shown=overdue`);
    expect(list.text).to.include(`${home()}/nudge`);
    const asked = await otto.browser.get(`${home()}/nudge`);
    expect(asked.text).to.include('data-reachable="1"').and.include('data-not-reached="no-address"');
    const done = await nudgeBy(otto);
    expect(done.path).to.equal(`/organisations/${organisation.id}/reminders?done=people-nudged`);
    expect(plain(done.text)).to.include('Otto Berg').and.include(said('reminderLog.stage.nudge'));
    expect(await reminded()).to.deep.equal(['Ada Marlow', 'Ada Marlow']);
    const [mail, ...more] = (await mails(ada)).slice(before);
    expect(more).to.deep.equal([]);
    expect(mail?.text).to.include('Crew').and.include('Drivers');
    expect(await mails(ben)).to.deep.equal([]);
    const page = await otto.browser.get(
      `/organisations/${organisation.id}/people/${ada.membershipId}/requirements`,
    );
    expect(plain(page.text)).to.include(said('reminderLog.stage.nudge'));
  });

  it('invites those who have no account, once a day', async () => {
    await crew();
    await reckoned(organisation);
    await remindersAreOut(organisation);
    const mara = await member(organisation, { name: 'Mara Lind', hiredOn: daysAgo(organisation, 300) });
    const email = `${newId()}@example.org`;
    await write('update membership_people set email = $2 where membership_id = $1', [mara, email]);
    await reckoned(organisation);
    expect((await otto.browser.get(`${home()}/nudge`)).text).to.include('data-invited="1"');
    await nudgeBy(otto);
    await world().worker.drain();
    const subjects = world()
      .mailbox.to(email)
      .map(({ subject }) => subject);
    expect(subjects).to.deep.equal([said('mail.subject.invitation')]);
    const again = await otto.browser.get(`${home()}/nudge`);
    expect(again.text).to.include('data-nudge="nobody"').and.not.include('data-invited');
  });

  it('happens once a day to each of them, whoever asks for it', async () => {
    await crew();
    await reckoned(organisation);
    await remindersAreOut(organisation);
    await nudgeBy(otto);
    const before = (await mails(ada)).length;
    const again = await otto.browser.get(`${home()}/nudge`);
    expect(again.text).to.include('data-nudge="nobody"').and.include('data-reminded');
    expect((await mails(ada)).length).to.equal(before);
    expect(await reminded()).to.deep.equal(['Ada Marlow']);
  });

  it('leaves out whoever was reminded while the list was open', async () => {
    const requirementId = await crew();
    await reckoned(organisation);
    const { membershipId } = ada;
    const assignmentId = await assignmentOf(membershipId, requirementId);
    const due = { assignmentId, membershipId, requirementId, dueDay: daysAgo(organisation, 200) };
    const by = { organisation, actorId: otto.id, now: Date.now() };
    expect(await remindByHand([due], by)).to.equal(1);
    expect(await remindByHand([due], by)).to.equal(0);
    expect(await count(`events where name = 'duties.nudged' and chain = $1`, [organisation.id])).to.equal(1);
  });

  it('counts nobody twice, when two people ask for it at one moment', async () => {
    const requirementId = await crew();
    await reckoned(organisation);
    const { membershipId } = ada;
    const assignmentId = await assignmentOf(membershipId, requirementId);
    const due = { assignmentId, membershipId, requirementId, dueDay: daysAgo(organisation, 200) };
    const by = { organisation, now: Date.now() };
    const luc = await signedIn();
    const counts = await Promise.all(
      [otto, luc].map(({ id }) => remindByHand([due], { ...by, actorId: id })),
    );
    expect(counts.sort()).to.deep.equal([0, 1]);
    expect(await count(`events where name = 'duties.nudged' and chain = $1`, [organisation.id])).to.equal(1);
  });

  it('waits for the mail of the morning, which says it once', async () => {
    await crew();
    await reckoned(organisation);
    await nudgeBy(otto);
    expect(await mails(ada)).to.deep.equal([]);
    await remindOfDuties(Date.parse(`${daysAgo(organisation, 0)}T23:00:00Z`));
    await write('update jobs set run_at = $1 where run_at > $1', [Date.now()]);
    const [mail, ...more] = await mails(ada);
    expect(more).to.deep.equal([]);
    expect(mail?.text?.match(/Crew/g)).to.have.length(1);
  });

  it('keeps to the filters of the list and to the people whom the manager sees', async () => {
    const [oslo, rome] = [await unit(organisation, 'Oslo'), await unit(organisation, 'Rome')];
    await someone('Ola Dahl', oslo);
    await someone('Rita Conti', rome);
    const luc = await signedIn({ name: 'Luc Moreau' });
    await appoint(luc, 'manager', organisation.id, oslo);
    const [crewId, driversId] = [await crew(), await crew('Drivers')];
    await reckoned(organisation);
    await remindersAreOut(organisation);
    await nudgeBy(luc, `?requirement=${crewId}`);
    expect(await reminded()).to.deep.equal(['Ola Dahl']);
    await nudgeBy(otto, `?requirement=${driversId}&unit=${rome}`);
    expect(await reminded()).to.deep.equal(['Ola Dahl', 'Rita Conti']);
    const own = await luc.browser.get(`/organisations/${organisation.id}/reminders`);
    expect(plain(own.text)).to.include('Luc Moreau').and.not.include('Otto Berg');
  });

  it('is recorded with counts and without names in the organisation’s log', async () => {
    await crew();
    await reckoned(organisation);
    await nudgeBy(otto);
    const found = await rows<{ payload: string; actor_id: string }>(
      `select payload, actor_id from events where name = 'duties.nudged' and chain = $1`,
      [organisation.id],
    );
    expect(found.map(({ payload }) => JSON.parse(payload) as unknown)).to.deep.equal([
      { day: daysAgo(organisation, 0), people: 1, duties: 1 },
    ]);
    expect(found[0]?.actor_id).to.equal(otto.id);
  });

  it('is refused for more than 2,000 people at once, and while training is paused', async () => {
    await crew();
    await reckoned(organisation);
    await otto.browser.get(`${home()}/nudge`);
    await crowdLike(ada.membershipId, 2000);
    const refused = await otto.browser.submit(`${home()}/nudge`);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('data-nudge="too-many"');
    await write('delete from standing_intervals where membership_id <> $1', [ada.membershipId]);
    await otto.browser.get(`${home()}/nudge`);
    await suspendOrganisation(organisation.id, { actorId: null, now: Date.now() });
    const paused = await otto.browser.submit(`${home()}/nudge`);
    expect(paused.text).to.include('data-nudge="paused"');
    expect(await reminded()).to.deep.equal([]);
  });

  it('is nobody’s who manages nobody there', async () => {
    await crew();
    const { browser } = await signedIn();
    expect((await browser.get(`${home()}/nudge`)).status).to.equal(404);
  });
});
