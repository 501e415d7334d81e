import { expect } from 'chai';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { remindOfDuties } from '../../../../server/proof/reminders/duties/remind.js';
import { mondayOf } from '../../../../server/proof/reminders/managers/digests.js';
import { summarySection } from '../../../../server/proof/reminders/managers/summary-section.js';
import { dayWords } from '../../../../server/people/organisations/day-words.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { employer, inDays, linked, member, memberOf, TODAY, unit } from '../../../support/organisations.js';
import { person, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { dueOn } from '../duties/duties.js';

describe('the weekly summary of a manager', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let oslo: string;
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
  });

  const worker = async (name: string, account: Person | null = null, unitId = oslo): Promise<void> => {
    const id = await member(organisation, { name, home: { unitId, job: null } });
    if (account) await linked(id, account.id);
  };

  const required = (day = TODAY) =>
    dueOn(organisation, day, { now: Date.parse(`${TODAY}T05:00:00Z`), today: TODAY });

  async function goThrough(days: number): Promise<void> {
    await remindOfDuties(Date.parse(`${inDays(days)}T12:00:00Z`));
    await world().worker.drain();
  }

  const mails = ({ email }: Person) =>
    world()
      .mailbox.to(email)
      .filter(({ subject }) => subject === said('mail.subject.digest-due'));

  /** The section of the page of reminders, on a day. */
  const summary = ({ id }: Person, days: number) =>
    summarySection({
      ...{
        organisation,
        today: inDays(days),
        now: Date.parse(`${inDays(days)}T12:00:00Z`),
        mayChange: false,
      },
      actor: { id, name: '', isAdministrator: false, memberships: [], grants: [] },
    });

  async function manager(unitId: string | null = oslo): Promise<Person> {
    const otto = await signedIn({ name: 'Otto Berg' });
    await memberOf(otto, organisation.id);
    await appoint(otto, 'manager', organisation.id, unitId);
    return otto;
  }

  it('comes once a week with the numbers of their own people, each with its list', async () => {
    const otto = await manager();
    const rome = await unit(organisation, 'Rome');
    for (const name of ['Ada Marlow', 'Ben Okoro']) await worker(name);
    await worker('Rita Conti', null, rome);
    await required();
    for (const days of [1, 2, 3, 6]) await goThrough(days);
    const [mail, ...more] = mails(otto);
    expect(more).to.deep.equal([]);
    expect(mail?.text).to.include(said('mail.digestDue.overdue_other', { count: 2 }));
    expect(mail?.text).to.not.include('Ada Marlow');
    const [list = ''] = linksIn(String(mail?.html), /shown=overdue[^"]*/);
    const { pathname, search } = new URL(list, 'https://training.example');
    const page = await otto.browser.get(`${pathname}${search}`);
    expect(page.text).to.include('Ada Marlow').and.include('Ben Okoro').and.not.include('Rita Conti');
    await goThrough(7);
    expect(mails(otto)).to.have.length(2);
  });

  it('is left out where there is nothing to say, and for whoever manages nobody', async () => {
    const otto = await manager();
    const ida = await person();
    await worker('Ida Solberg', ida);
    await required(inDays(300));
    await goThrough(0);
    expect([...mails(otto), ...mails(ida)]).to.deep.equal([]);
  });

  it('never counts their own training', async () => {
    const otto = await signedIn({ name: 'Otto Berg' });
    await worker('Otto Berg', otto);
    await appoint(otto, 'manager', organisation.id, oslo);
    await required();
    await goThrough(1);
    expect(mails(otto)).to.deep.equal([]);
    await worker('Ada Marlow');
    await required();
    await goThrough(7);
    expect(mails(otto)[0]?.text).to.include(said('mail.digestDue.overdue_one', { count: 1 }));
  });

  it('is turned off and on by the link in it, and on the page of reminders', async () => {
    const otto = await manager(null);
    await worker('Ada Marlow');
    await required();
    await goThrough(1);
    const [mail] = mails(otto);
    expect(mail?.headers.get('list')).to.have.nested.property('unsubscribe.url');
    const [link = ''] = linksIn(String(mail?.html), /\/weekly-summary\?token=[^"]*/);
    const { pathname, search } = new URL(link, 'https://training.example');
    const stranger = world().visitor();
    expect((await stranger.get(`${pathname}${search}`)).text).to.include(said('weeklySummary.turnOff'));
    const off = await stranger.post(`${pathname}${search}`, {});
    expect(off.text).to.include(said('weeklySummary.off'));
    await goThrough(8);
    expect(mails(otto)).to.have.length(1);
    await stranger.submit('/weekly-summary/mailed-choice');
    await goThrough(15);
    expect(mails(otto)).to.have.length(2);
    const home = `/organisations/${organisation.id}/reminders`;
    await otto.browser.get(home);
    const done = await otto.browser.submit(`${home}/weekly-summary`, { summary: 'off' });
    expect(done.text).to.include(said('weeklySummary.isOff'));
    await goThrough(22);
    expect(mails(otto)).to.have.length(2);
  });

  it('is nobody’s to choose by a link that was made up, or for an organisation that is not theirs', async () => {
    const { browser } = await signedIn();
    expect((await browser.get('/weekly-summary?token=1')).status).to.equal(404);
    const home = `/organisations/${organisation.id}/reminders/weekly-summary`;
    await browser.get('/learning');
    expect((await browser.post(home, { summary: 'off' })).status).to.be.oneOf([403, 404]);
  });

  it('comes first on the Monday after a role began, and the page of reminders names that day', async () => {
    const otto = await manager(null);
    await worker('Ada Marlow');
    await required();
    await write('update role_grants set from_day = $1 where user_id = $2', [inDays(1), otto.id]);
    for (const days of [1, 2, 6]) await goThrough(days);
    expect(mails(otto)).to.deep.equal([]);
    await goThrough(7);
    expect(mails(otto)).to.have.length(1);
  });

  it('is announced by the page for the day on which it goes out: today, while this week’s is to come', async () => {
    const otto = await manager(null);
    const { next } = await summary(otto, 0);
    expect(next).to.equal(dayWords(inDays(0)));
    await goThrough(0);
    expect((await summary(otto, 0)).next).to.equal(dayWords(inDays(7)));
    expect((await summary(otto, 6)).next).to.equal(dayWords(inDays(7)));
  });

  it('begins its week on Monday', () => {
    expect(['2026-11-29', '2026-11-30', '2026-12-06', '2026-12-07'].map(mondayOf)).to.deep.equal([
      '2026-11-23',
      '2026-11-30',
      '2026-11-30',
      '2026-12-07',
    ]);
  });
});
