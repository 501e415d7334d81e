import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { MOST_FORESEEN } from '../../../../server/proof/reminders/duties/planned-reminders.js';
import { remindOfDuties } from '../../../../server/proof/reminders/duties/remind.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { employer, linked, member, memberOf, unit } from '../../../support/organisations.js';
import { plain } from '../../../support/pages.js';
import { dina, person, signedIn } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { said } from '../../../support/said.js';
import { write } from '../../../support/rows.js';
import { crowdLike } from '../../reports/overdue.js';
import { reckoned } from '../../reports/reckoned.js';
import { ownWorld } from '../../../support/world.js';
import { dueOn, employee } from './duties.js';

describe('the page of reminders', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let today: string;
  beforeEach(async () => {
    organisation = await employer();
    today = dayOf(Date.now(), organisation.timeZone);
  });

  /** Something is required of everybody in ten days, and was not reminded of yet. */
  const required = (now = Date.now()) =>
    dueOn(organisation, daysAfter(today, 10), { now, today, reminders: [30] });
  /** Reminders wait for an hour after a change. Those of this evening go out whatever time it is now. */
  const anHourBefore = () => Math.min(Date.now(), Date.parse(`${today}T23:00:00Z`)) - 3_700_000;
  const home = () => `/organisations/${organisation.id}/reminders`;
  const administrator = async () => {
    const somebody = await signedIn();
    await memberOf(somebody, organisation.id);
    await appoint(somebody, 'administrator', organisation.id);
    return somebody;
  };

  it('says who would be reminded tomorrow, and who cannot be', async () => {
    await employee(organisation, { name: 'Ada Marlow' });
    await member(organisation, { name: 'Gil Orr' });
    await required();
    const mara = await member(organisation, { name: 'Mara Lind' });
    await write('update membership_people set email = $2 where membership_id = $1', [
      mara,
      'mara@example.org',
    ]);
    await reckoned(organisation);
    const { text } = await (await administrator()).browser.get(home());
    const [tomorrow = '', others = ''] = text.split('data-people-not-reached');
    expect(plain(tomorrow)).to.include('Ada Marlow').and.include('Mara Lind').and.not.include('Gil Orr');
    expect(tomorrow).to.include('data-invited="1"').and.include('data-not-reached="no-address"');
    expect(plain(others)).to.include('Gil Orr').and.not.include('Mara Lind');
    expect(others).to.include('data-why="no-address"');
  });

  it('says it of the requirement that is chosen, else of the oldest', async () => {
    await employee(organisation, { name: 'Ada Marlow' });
    const later = { now: Date.now() - 10_000, today, reminders: [30] };
    await dueOn(organisation, daysAfter(today, 300), { ...later, title: 'Crew' });
    const chosen = await dueOn(organisation, daysAfter(today, 10), {
      ...later,
      now: Date.now(),
      title: 'Desk',
    });
    const { browser } = await administrator();
    expect(plain((await browser.get(home())).text)).to.not.include('Ada Marlow');
    const { text } = await browser.get(`${home()}?requirement=${chosen}`);
    expect(plain(text)).to.include('Ada Marlow');
    expect(text).to.match(new RegExp(`value="${chosen}"[^>]* selected`));
  });

  it('shows the manager of a unit its own people alone, and no figures of the others', async () => {
    const [here, elsewhere] = [await unit(organisation, 'Here'), await unit(organisation, 'Elsewhere')];
    for (const [name, unitId] of [
      ['Ada Marlow', here],
      ['Ben Okoro', elsewhere],
    ] as const)
      await linked(
        await member(organisation, { name, home: { unitId, job: null } }),
        (await person({ name })).id,
      );
    await required();
    const manager = await signedIn();
    await memberOf(manager, organisation.id);
    await appoint(manager, 'manager', organisation.id, here);
    const { text } = await manager.browser.get(home());
    expect(plain(text)).to.include('Ada Marlow').and.not.include('Ben Okoro');
    expect(text).to.not.include('data-log');
  });

  it('looks at some of many people: it names those, and says that there may be more', async () => {
    const ada = await employee(organisation, { name: 'Ada Marlow' });
    await required();
    const { browser } = await administrator();
    expect((await browser.get(home())).text).to.not.include('data-part');
    await crowdLike(ada.membershipId, MOST_FORESEEN);
    const { text } = await browser.get(home());
    expect(text).to.include('data-part');
    expect(plain(text)).to.include(said('reminderLog.peopleAtLeast_other', { count: MOST_FORESEEN }));
  });

  it('does not say that nobody is reminded where all those at whom it looks were', async () => {
    const ada = await employee(organisation, { name: 'Ada Marlow' });
    await required(anHourBefore());
    await remindOfDuties(Date.parse(`${today}T23:00:00Z`));
    const { browser } = await administrator();
    expect(plain((await browser.get(home())).text)).to.include(said('reminderLog.nobody'));
    await crowdLike(ada.membershipId, MOST_FORESEEN);
    await remindOfDuties(Date.parse(`${daysAfter(today, 1)}T23:00:00Z`));
    const { text } = await browser.get(home());
    expect(text).to.include('data-part');
    expect(plain(text)).to.not.include(said('reminderLog.nobody'));
  });

  it('names who is in grace also where the grace of very many lies ahead, among whom it does not look', async () => {
    const ada = await employee(organisation, { name: 'Ada Marlow' });
    await required();
    await crowdLike(ada.membershipId, 1_001);
    const inGrace = async (dueDay: string, whose: string) =>
      write(
        `update standing_intervals set standing = 'in-grace', due_day = $1, from_day = $1, to_day = null
         where membership_id ${whose} $2 and organisation_id = $3`,
        [dueDay, ada.membershipId, organisation.id],
      );
    await inGrace(daysAfter(today, -3), '=');
    await inGrace(daysAfter(today, 200), '<>');
    const { text } = await (await administrator()).browser.get(home());
    expect(text).to.include('data-part');
    expect(plain(text)).to.include('Ada Marlow').and.include(said('reminderLog.stage.in-grace'));
  });

  it('says how many went out on a day, without those of others', async () => {
    await employee(organisation, { name: 'Ada Marlow' });
    await required(anHourBefore());
    await remindOfDuties(Date.parse(`${today}T23:00:00Z`));
    const { text } = await (await administrator()).browser.get(home());
    const [, log = ''] = text.split('data-log');
    expect(plain(log))
      .to.include(said('reminderLog.stage.before_other', { count: 30 }))
      .and.include(said('reminderLog.outcome.due'));
    const other = await employer();
    const { browser } = await dina();
    const empty = await browser.get(`/organisations/${other.id}/reminders`);
    expect(plain(empty.text)).to.include(said('reminderLog.noLog'));
  });

  it('says that mails wait after a change of what is required, for an hour', async () => {
    const { browser } = await administrator();
    await required(Date.now() - 3_700_000);
    expect((await browser.get(home())).text).to.not.include(said('reminderLog.putOffText'));
    await required();
    expect((await browser.get(home())).text).to.include(said('reminderLog.putOffText'));
  });

  it('tells of a program that has not run, and is quiet once it has', async () => {
    const { browser } = await administrator();
    await write('insert into duty_mail_days (organisation_id, day, gone_through_at) values ($1, $2, 1)', [
      organisation.id,
      daysAfter(today, -2),
    ]);
    expect((await browser.get(home())).text).to.include(said('reminderLog.late'));
    await remindOfDuties(Date.parse(`${today}T23:00:00Z`));
    expect((await browser.get(home())).text).to.not.include(said('reminderLog.late'));
  });

  it('is nobody’s who manages nobody there', async () => {
    const { browser } = await signedIn();
    expect((await browser.get(home())).status).to.equal(404);
  });
});
