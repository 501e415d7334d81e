import { expect } from 'chai';
import { makeAdministrator } from '../../../../server/people/accounts/administrators.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enqueue, jobOf } from '../../../../server/platform/events/jobs/enqueue.js';
import { cycleIn, startCourse } from '../../../../server/teaching/learning/enrolments.js';
import { loadActor } from '../../../../server/people/organisations/actors.js';
import {
  openOrganisation,
  type OrganisationFacts,
} from '../../../../server/people/organisations/memberships.js';
import { endEmployment } from '../../../../server/people/organisations/people/members.js';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { linkMailedTo, tokenIn } from '../../accounts/mails.js';
import { closeProviders, colleague, signing, signInAs } from '../../identity/of-providers.js';
import {
  auditorIn,
  office,
  roomMade,
  roomOpened,
  someAuditor,
} from '../../../proof/reports/rooms/of-rooms.js';
import { employer, linked, member, memberOf } from '../../../support/organisations.js';
import { send } from '../../../support/pages.js';
import { dina, PASSWORD, person, signedIn } from '../../../support/people.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { browserOf } from '../../../support/session.js';
import { almostThrough, course, COURSE } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';
import { comeIn, withCard } from '../entry/of-cards.js';
import { codeOf, joined, newcomer, opened, signUpBy } from '../joining/of-codes.js';

/** The names of the organisations to which an account belongs, once everything has followed. */
async function organisationsWith(email: string): Promise<string[]> {
  await world().worker.drain();
  const found = await rows<{ name: string }>(
    `select o.name from memberships m join organisations o on o.id = m.organisation_id join users u on u.id = m.user_id
     where u.email = $1 and m.employment <> 'left' order by o.name`,
    [email],
  );
  return found.map(({ name }) => name);
}

const actor = async (userId: string) => {
  const found = await loadActor(userId, Date.now());
  if (!found) throw new Error('nobody');
  return found;
};

const open = async () => (await openOrganisation()).name;

/** Signs up on the page for everybody, on the way to what `path` names. */
async function signUpAt(path: string, { name, email }: { name: string; email: string }): Promise<void> {
  const browser = world().visitor();
  await browser.get(path);
  await browser.submit('/sign-up', { name, email, password: PASSWORD });
}

/** Somebody on an organisation's list, who was invited. Returns their address and the link. */
async function invited({ id: organisationId, ...organisation }: OrganisationFacts) {
  const { email } = newcomer();
  const membership = await member({ id: organisationId, ...organisation });
  await write('update membership_people set email = $1 where membership_id = $2', [email, membership]);
  await send((await dina()).browser, `/organisations/${organisationId}/invitations`, { membership });
  return { email, link: await linkMailedTo(email) };
}

/** An account made on the page of a mailed link. */
async function accountBy(link: string): Promise<Client> {
  const browser = world().visitor();
  await browser.get(link);
  const fields = { token: tokenIn(link), name: 'Zoë Lindqvist', password: PASSWORD };
  await browser.submit('/invitation/account', fields);
  return browser;
}

describe('the open organisation', () => {
  ownWorld();
  after(closeProviders);

  it('gets people who signed up alone, once their address is confirmed', async () => {
    const alone = newcomer();
    await signUpAt('/sign-up', alone);
    expect(await organisationsWith(alone.email)).to.deep.equal([]);
    await opened(alone.email);
    expect(await organisationsWith(alone.email)).to.deep.equal([await open()]);
  });

  it('gets people who confirmed their address with a new password', async () => {
    const alone = newcomer();
    await signUpAt('/sign-up', alone);
    const browser = world().visitor();
    await browser.get('/forgotten');
    await browser.submit('/forgotten', { email: alone.email });
    await browser.get(await linkMailedTo(alone.email));
    await browser.submit('/new-password', { password: PASSWORD });
    expect(await organisationsWith(alone.email)).to.deep.equal([await open()]);
  });

  it('gets people who took one course by a mailed link, without an account that they know of', async () => {
    const alone = newcomer();
    const browser = world().visitor();
    await browser.get(`/courses/${COURSE}/link`);
    await browser.submit(`/courses/${COURSE}/link`, { name: alone.name, email: alone.email });
    await browser.get(await linkMailedTo(alone.email));
    await browser.submit('/course-link');
    expect(await organisationsWith(alone.email)).to.deep.equal([await open()]);
  });

  it('gets nobody who joins an employer by its code, with a password or a mailed link', async () => {
    const organisation = await employer();
    const code = await codeOf(organisation.id);
    for (const password of ['', PASSWORD]) {
      const { email } = await joined(code, { password });
      expect(await organisationsWith(email), password).to.deep.equal([organisation.name]);
    }
  });

  it('gets nobody who came by a code that is full when they open the link', async () => {
    const organisation = await employer();
    const code = await codeOf(organisation.id, { mostPeople: 1 });
    const late = newcomer();
    await signUpBy(code, { ...late, password: '' });
    await joined(code);
    const browser = await opened(late.email);
    expect(browser.last?.path, 'the page of the code says why').to.equal(`/join/${code}`);
    expect(await organisationsWith(late.email)).to.deep.equal([]);
    for (const path of ['/learning', '/courses', '/account', '/certificates', '/certificates/elsewhere'])
      expect((await browser.get(path)).status, path).to.equal(200);
  });

  it('gets nobody who was invited, whether they accept at once or sign up first', async () => {
    const organisation = await employer();
    const at = await invited(organisation);
    await accountBy(at.link);
    expect(await organisationsWith(at.email)).to.deep.equal([organisation.name]);
    const slow = await invited(organisation);
    await signUpAt(`/sign-up?invitation=${tokenIn(slow.link)}`, { name: 'Zoë', email: slow.email });
    const browser = await opened(slow.email);
    expect(await organisationsWith(slow.email), 'not accepted yet').to.deep.equal([]);
    await browser.submit('/invitation');
    expect(await organisationsWith(slow.email)).to.deep.equal([organisation.name]);
  });

  it('gets nobody who has a card, or a provider of their organisation', async () => {
    const organisation = await employer();
    const card = await withCard(organisation);
    await comeIn(card);
    await world().worker.drain();
    const who = await row<{ id: string }>('select user_id as id from memberships where id = $1', [
      card.membership,
    ]);
    expect(await count('memberships where user_id = $1', [who?.id ?? ''])).to.equal(1);
    const at = await signing();
    const somebody = colleague(at);
    await signInAs(at, somebody);
    expect(await organisationsWith(somebody.email ?? '')).to.deep.equal([at.organisation.name]);
  });

  it('gets no auditor', async () => {
    const of = await office();
    const email = someAuditor();
    await roomOpened(of, await roomMade(of, { email }));
    const browser = await auditorIn(email);
    expect(await organisationsWith(email)).to.deep.equal([]);
    for (const path of ['/learning', '/courses', '/account', '/rooms', '/certificates/elsewhere'])
      expect((await browser.get(path)).status, path).to.equal(200);
  });

  it('has a list, invitations and cards of its own like any other', async () => {
    const { id } = await openOrganisation();
    const at = await invited(await openOrganisation());
    await accountBy(at.link);
    expect(await organisationsWith(at.email)).to.deep.equal([await open()]);
    const card = await withCard(await openOrganisation(), { staffNumber: 'OPEN1' });
    await comeIn(card);
    await world().worker.drain();
    expect(
      await count('memberships where id = $1 and organisation_id = $2 and user_id is not null', [
        card.membership,
        id,
      ]),
    ).to.equal(1);
  });

  it('gets an administrator of the installation who belongs nowhere else', async () => {
    const by = { actorId: null, now: Date.now() };
    const [alone, employed] = [await person({ cameAlone: false }), await person({ cameAlone: false })];
    const organisation = await employer();
    await memberOf(employed, organisation.id);
    await makeAdministrator(alone.id, by);
    await makeAdministrator(employed.id, by);
    expect(await organisationsWith(alone.email)).to.deep.equal([await open()]);
    expect(await organisationsWith(employed.email)).to.deep.equal([organisation.name]);
  });

  it('gets people who begin a course there because they left their last employer', async () => {
    const [organisation, learner] = [await employer(), await signedIn({ cameAlone: false })];
    const membershipId = await member(organisation);
    await linked(membershipId, learner.id);
    await endEmployment({
      organisation,
      membershipId,
      fromDay: '2024-06-01',
      actorId: null,
      now: Date.now(),
    });
    expect(await organisationsWith(learner.email)).to.deep.equal([]);
    const browser = await browserOf(learner.id);
    for (const path of [
      '/learning',
      '/courses',
      '/account',
      '/account/data',
      '/certificates',
      '/certificates/elsewhere',
    ])
      expect((await browser.get(path)).status, path).to.equal(200);
    await browser.get(`/courses/${COURSE}`);
    await browser.submit('/learning');
    const cycle = await cycleIn(learner.id, COURSE);
    expect(cycle?.organisationId).to.equal((await openOrganisation()).id);
    expect(await organisationsWith(learner.email)).to.deep.equal([await open()]);
    if (!cycle) throw new Error('no cycle');
    expect((await browser.get(`/learning/${cycle.id}`)).status).to.equal(200);
  });

  it('keeps a course that was begun there, with its credit and its renewal, when its learner joins an employer', async () => {
    const learner = await signedIn();
    await learner.browser.get('/courses/volunteers');
    await learner.browser.submit('/learning');
    const organisation = await employer();
    await memberOf(learner, organisation.id);
    const cycle = await cycleIn(learner.id, 'volunteers');
    if (!cycle) throw new Error('no cycle');
    await almostThrough(cycle, []);
    expect(cycle.organisationId).to.equal((await openOrganisation()).id);
    const credited = `credits c join memberships m on m.id = c.membership_id where m.user_id = $1 and c.organisation_id = $2`;
    expect(await count(credited, [learner.id, cycle.organisationId])).to.equal(1);
    expect(await count(credited, [learner.id, organisation.id])).to.equal(0);
    const browser = await browserOf(learner.id);
    expect((await browser.get('/learning')).text).to.include(`/learning/${cycle.id}`);
    expect(
      (
        await startCourse(await actor(learner.id), await course('volunteers'), {
          wanted: '',
          now: Date.now(),
        })
      )?.id,
    ).to.equal(cycle.id);
  });

  it('takes an enrolment in a public course of somebody with an employer for the employer, and gets nobody by it', async () => {
    const [organisation, learner] = [await employer(), await signedIn({ cameAlone: false })];
    await memberOf(learner, organisation.id);
    await learner.browser.get('/courses/volunteers');
    await learner.browser.submit('/learning');
    expect((await cycleIn(learner.id, 'volunteers'))?.organisationId).to.equal(organisation.id);
    expect(await organisationsWith(learner.email)).to.deep.equal([organisation.name]);
  });

  it('gets nobody by a job that an earlier version left in the queue', async () => {
    const { email } = newcomer();
    await signUpAt('/sign-up', { name: 'Zoë', email });
    const made = await row<{ id: string }>(
      `select e.id from events e where e.name = 'account.created' and e.payload like
       (select '%' || u.id || '%' from users u where u.email = $1)`,
      [email],
    );
    const job = jobOf({ name: 'organisations.join', lane: 'awaited' }, { eventId: made?.id ?? '', now: 0 });
    await inTransaction(() => enqueue(job));
    await world().worker.drain();
    expect(await count(`jobs where dedupe_key = $1 and state = 'done'`, [job.dedupeKey])).to.equal(1);
    expect(await organisationsWith(email)).to.deep.equal([]);
  });
});
