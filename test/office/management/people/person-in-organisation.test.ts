import { expect } from 'chai';
import * as organisationsOfMails from '../../../../migrations/202611280029-add-organisations-to-mails.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { record } from '../../../../server/platform/events/record.js';
import { translator } from '../../../../server/platform/i18n/i18n.js';
import { personRecord } from '../../../../server/office/management/people/learning-record.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { employer, linked, member, unit } from '../../../support/organisations.js';
import { person, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';
import { almostThrough, course, readLessons, takeQuiz, MODULE } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';

let organisation: OrganisationFacts;
let oslo: string;
let rome: string;
let ben: Person;
let luc: Person;

const home = () => `/organisations/${organisation.id}/people`;

/** Somebody who works in a unit, with an account. */
async function worker(name: string, unitId: string, staffNumber: string | null = null) {
  const account = await person({ name });
  const membershipId = await member(organisation, { name, staffNumber, home: { unitId, job: null } });
  await linked(membershipId, account.id);
  return { account, membershipId };
}

describe('the page of a person in an organisation', () => {
  ownWorld();
  let tried: { account: Person; membershipId: string };
  before(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    rome = await unit(organisation, 'Rome');
    [ben, luc] = [await signedIn({ name: 'Ben Okafor' }), await signedIn({ name: 'Luc Moreau' })];
    await appoint(ben, 'manager', organisation.id);
    await appoint(luc, 'manager', organisation.id, oslo);
    tried = await worker('Ada Marlow', oslo, '0042');
    const cycle = await enrol({
      userId: tried.account.id,
      organisationId: organisation.id,
      course: await course(),
      now: Date.now(),
    });
    await readLessons(cycle, MODULE);
    await takeQuiz(cycle, MODULE);
  });

  const pageOf = (id: string) => `${home()}/${id}`;

  it('shows where they work and what they did here, with a band in place of the score', async () => {
    const { status, text } = await ben.browser.get(pageOf(tried.membershipId));
    expect(status).to.equal(200);
    const read = plain(text);
    for (const shown of ['0042', 'Oslo', said('person.band.85')]) expect(read).to.include(shown);
    const [, attempts = ''] = /id="attempts">([\s\S]*?)<\/section>/.exec(text) ?? [];
    expect(attempts)
      .to.include('<td')
      .and.not.match(/\d+\s*%<\/td>/);
  });

  it('shows nothing of what they did in another organisation', async () => {
    const elsewhere = await employer();
    await appoint(ben, 'manager', elsewhere.id);
    const id = await member(elsewhere, { name: 'Ada Marlow' });
    await linked(id, tried.account.id);
    const { text } = await ben.browser.get(`/organisations/${elsewhere.id}/people/${id}`);
    expect(text).to.not.include(said('person.band.85'));
  });

  it('shows the mails about courses here, and none about the account or another organisation', async () => {
    const [here, there] = [organisation, await employer()];
    const ida = await person({ name: 'Ida Holt' });
    const shownIn = async ({ id: organisationId }: OrganisationFacts) => {
      const { mails } = await personRecord(
        { userId: ida.id, organisationId },
        { isLong: false, now: Date.now() },
        { place: { locale: 'en', timeZone: 'UTC' }, t: translator('en') },
      );
      return mails.rows.map(({ what }) => what);
    };
    const issued = translator('en')('mail.subject.certificate-issued');
    await inTransaction(() =>
      record(
        'account.password-changed',
        { userId: ida.id },
        { actorId: ida.id, organisationId: null, now: Date.now() },
      ),
    );
    const learned = { userId: ida.id, organisationId: here.id, course: await course(), now: Date.now() };
    await almostThrough(await enrol(learned), []);
    await world().worker.drain();
    expect(await count('mails where user_id = $1', [ida.id])).to.be.at.least(2);
    expect(await shownIn(here)).to.deep.equal([issued]);
    expect(await shownIn(there)).to.deep.equal([]);
    const cycle = await row<{ id: string }>('select id from cycles where user_id = $1', [ida.id]);
    await write(
      `insert into mails (id, dedupe_key, kind, user_id, state, created_at) values ($1, $2, 'renewal-due', $3, 'sent', 1)`,
      [newId(), `renewal:${cycle?.id}:30`, ida.id],
    );
    // Mails of before had their organisation in the key alone.
    await write('update mails set organisation_id = null');
    const [, ...filled] = organisationsOfMails.up;
    for (const statement of filled) await write(statement);
    expect(await shownIn(here))
      .to.have.length(2)
      .and.to.include(issued);
    expect(await shownIn(there)).to.deep.equal([]);
  });

  it('says of somebody without an account that nothing of one is shown', async () => {
    const id = await member(organisation, { name: 'Mara Lind', home: { unitId: oslo, job: null } });
    const { status, text } = await luc.browser.get(pageOf(id));
    expect(status).to.equal(200);
    expect(plain(text)).to.include(said('people.noAccountTitle'));
  });

  it('is a page that does not exist for those outside: another team, another organisation, a learner, a stranger', async () => {
    const inRome = await worker('Rita Costa', rome);
    const [learner, away] = [await signedIn({ name: 'Ada Marlow' }), await signedIn({ name: 'Cleo Brandt' })];
    await linked(await member(organisation, { name: 'Ada Marlow' }), learner.id);
    await appoint(away, 'administrator', (await employer()).id);
    expect((await luc.browser.get(pageOf(inRome.membershipId))).status).to.equal(404);
    for (const path of [home(), pageOf(tried.membershipId), pageOf(newId()), pageOf('x')]) {
      expect((await away.browser.get(path)).status, path).to.equal(404);
      expect((await learner.browser.get(path)).status, path).to.equal(404);
      expect((await world().visitor().get(path)).path, path).to.match(/^\/sign-in/);
    }
    expect((await ben.browser.get(pageOf(newId()))).status).to.equal(404);
    const other = await employer();
    await appoint(ben, 'manager', other.id);
    const foreign = `/organisations/${other.id}/people/${tried.membershipId}`;
    expect((await ben.browser.get(foreign)).status, 'under another organisation').to.equal(404);
  });

  describe('and extra time', () => {
    const agreed = () => count('extra_times where user_id = $1', [tried.account.id]);
    const form = (number: string) => ({
      number,
      allowance: '50',
      agreedBy: 'Head of training',
      'agreedOn-day': '1',
      'agreedOn-month': '6',
      'agreedOn-year': '2026',
      'until-day': '',
      'until-month': '',
      'until-year': '',
    });

    it('is agreed by the manager of their unit', async () => {
      const path = pageOf(tried.membershipId);
      await luc.browser.get(path);
      const page = await luc.browser.submit(`${path}/extra-times`, form('1'));
      expect([page.status, page.path]).to.deep.equal([200, `${path}?kept`]);
      expect(await agreed()).to.equal(1);
    });

    it('keeps what was typed when something is missing', async () => {
      const path = pageOf(tried.membershipId);
      await luc.browser.get(path);
      const page = await luc.browser.submit(`${path}/extra-times`, { ...form('2'), agreedBy: '' });
      expect(page.status).to.equal(422);
      expect(errorsOn(page)).to.have.keys('agreedBy');
      expect(page.text).to.include('value="2026"');
      expect(await agreed()).to.equal(1);
    });

    it('is nothing that a manager agrees for themselves', async () => {
      const own = await member(organisation, { name: 'Luc Moreau', home: { unitId: oslo, job: null } });
      await linked(own, luc.id);
      const page = await luc.browser.get(pageOf(own));
      expect(page.status).to.equal(200);
      expect(page.text).to.not.include('/extra-times"');
      const refused = await luc.browser.post(`${pageOf(own)}/extra-times`, form('1'));
      expect(refused.status).to.equal(403);
      expect(await count('extra_times where user_id = $1', [luc.id])).to.equal(0);
    });
  });
});
