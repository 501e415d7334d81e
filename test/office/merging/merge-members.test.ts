import { expect } from 'chai';
import { enrol } from '../../../server/teaching/learning/enrolments.js';
import { startAttempt } from '../../../server/teaching/quizzes/attempts/start/start.js';
import { findMembers } from '../../../server/people/organisations/people/find-members.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { changeMember } from '../../../server/people/organisations/people/members.js';
import {
  askForErasure,
  decideErasure,
  findErasure,
} from '../../../server/office/privacy/erasure/erasure-requests.js';
import { mailsTo } from '../../people/accounts/mails.js';
import { foundAnywhere } from '../privacy/erased-everywhere.js';
import { dayOf } from '../../../server/platform/lib/days.js';
import { bySystem, employer, linked, member, unit } from '../../support/organisations.js';
import { dina, person, signedIn, type Person } from '../../support/people.js';
import { count, row } from '../../support/rows.js';
import { appoint } from '../../support/roles.js';
import { send } from '../../support/pages.js';
import { errorsOn, said } from '../../support/said.js';
import { course, MODULE, quizIn, readLessons } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';

let organisation: OrganisationFacts;
let otto: Person;
let listed: string;
let joined: string;
let ada: Person;

const people = () => `/organisations/${organisation.id}/people`;
const into = (kept: string, closed: string) => `${people()}/${kept}/merge/${closed}`;
const TICKED = {
  'seen-names': 'yes',
  'seen-numbers': 'yes',
  'seen-begun': 'yes',
  'seen-units': 'yes',
  sure: 'yes',
};
const login = async (id: string) =>
  (await row<{ userId: string | null }>('select user_id as "userId" from memberships where id = $1', [id]))
    ?.userId;
const numberOf = async (id: string) =>
  (
    await row<{ n: string | null }>(
      'select staff_number as n from membership_people where membership_id = $1',
      [id],
    )
  )?.n;

describe('two entries of an organisation', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    otto = await signedIn({ name: 'Otto Berg' });
    await appoint(otto, 'administrator', organisation.id);
    const oslo = await unit(organisation, 'Oslo');
    ada = await person();
    listed = await member(organisation, {
      ...{ name: 'Ada Marlow', staffNumber: '4711', home: { unitId: oslo, job: null } },
    });
    joined = await member(organisation, { name: 'Ada Marlow' });
    await linked(joined, ada.id);
  });

  it('are found by name, compared, merged when ticked, and made two again: the login moves and comes back', async () => {
    const { browser } = otto;
    const found = await browser.get(`${people()}/${listed}/merge`);
    expect(found.text).to.include(into(listed, joined)).and.not.include(into(listed, listed));
    const preview = await browser.get(into(listed, joined));
    expect(preview.text).to.include(said('merging.effect.login'));
    expect(errorsOn(await send(browser, into(listed, joined), {}))).to.deep.equal({
      sure: said('errors.mergeSure'),
    });
    const done = await send(browser, into(listed, joined), TICKED);
    expect(done.status).to.equal(200);
    expect(done.path).to.match(/\/merges\/[\w-]+\?done=merged$/);
    expect([await login(listed), await login(joined)]).to.deep.equal([ada.id, null]);
    expect((await browser.get(`${people()}/${joined}`)).text)
      .to.include('data-merged="closed"')
      .and.not.include('/merge"');
    expect((await browser.get(`${people()}/${listed}`)).text).to.include('data-merged="kept"');
    const path = done.path.split('?')[0] ?? '';
    expect(errorsOn(await send(browser, `${path}/undoing`, {}))).to.deep.equal({ sure: said('errors.sure') });
    const undone = await send(browser, `${path}/undoing`, { sure: 'yes' });
    expect(undone.text).to.include('data-state="undone"');
    expect([await login(listed), await login(joined)]).to.deep.equal([null, ada.id]);
    expect((await send(browser, `${path}/undoing`, { sure: 'yes' })).status).to.equal(409);
  });

  it('ask for each warning to be seen, and for a new one that came since', async () => {
    const other = await member(organisation, { name: 'Adele Marlow', staffNumber: '4712' });
    const refused = await send(otto.browser, into(listed, other), { sure: 'yes', 'seen-names': 'yes' });
    expect(refused.status).to.equal(422);
    expect(errorsOn(refused)).to.deep.equal({
      'seen-numbers': said('errors.mergeSeen', { what: said('merging.warning.numbers', { number: '4711' }) }),
    });
    expect(await count('memberships where merged_into is not null and id = $1', [other])).to.equal(0);
  });

  it('give the staff number to the one that goes on, where it has none', async () => {
    const done = await send(otto.browser, into(joined, listed), TICKED);
    expect([await numberOf(joined), await numberOf(listed)]).to.deep.equal(['4711', null]);
    await send(otto.browser, `${done.path.split('?')[0]}/undoing`, { sure: 'yes' });
    expect([await numberOf(joined), await numberOf(listed)]).to.deep.equal([null, '4711']);
  });

  it('are one in lists and searches: the other is found by neither, and nothing changes it any more', async () => {
    const other = await member(organisation, { name: 'Ada Marlowe', staffNumber: '5822' });
    await send(otto.browser, into(listed, other), TICKED);
    const admin = { id: otto.id, name: '', isAdministrator: true, memberships: [], grants: [] };
    const search = async (query: string) =>
      (await findMembers(admin, { organisationId: organisation.id, query, after: '', limit: 50 })).map(
        ({ id }) => id,
      );
    expect(await search('5822')).to.deep.equal([listed]);
    expect(await search(''))
      .to.include(listed)
      .and.not.include(other);
    const today = dayOf(Date.now(), 'UTC');
    const of = { organisation, membershipId: other, fromDay: today, ...bySystem() };
    expect(await changeMember(of, { tags: ['night'] })).to.deep.equal({ kind: 'refused', reason: 'merged' });
  });

  it('are merged by administrators alone, of this organisation alone, and never their own', async () => {
    const luc = await signedIn({ name: 'Luc' });
    await appoint(luc, 'manager', organisation.id);
    expect((await luc.browser.get(into(listed, joined))).status).to.equal(403);
    const stranger = await member(await employer());
    expect((await otto.browser.get(into(listed, stranger))).status).to.equal(404);
    expect((await send(otto.browser, into(listed, stranger), TICKED)).status).to.equal(404);
    const own = await member(organisation, { name: 'Otto Berg' });
    await linked(own, otto.id);
    expect((await otto.browser.get(into(listed, own))).status).to.equal(403);
    const done = await send(otto.browser, into(listed, joined), TICKED);
    const elsewhere = await signedIn();
    await appoint(elsewhere, 'administrator', (await employer()).id);
    expect((await elsewhere.browser.get(done.path)).status).to.equal(404);
    expect((await otto.browser.get(into(listed, joined))).text).to.include('data-refused="merged"');
  });

  it('are made two again by the link that was mailed to the account, once', async () => {
    await send(otto.browser, into(listed, joined), TICKED);
    const mail = (await mailsTo(ada.email)).at(-1);
    const link = /\/merged\?token=[\w.-]+/.exec(mail?.text ?? '')?.[0] ?? '';
    const visitor = world().visitor();
    expect((await visitor.get('/merged?token=none')).status).to.equal(404);
    const asked = await visitor.get(link);
    expect(asked.status).to.equal(200);
    expect(await login(listed), 'opening it changes nothing').to.equal(ada.id);
    const token = new URLSearchParams(link.split('?')[1]).get('token') ?? '';
    expect((await send(visitor, '/merged', { token })).path).to.equal('/merged/undone?outcome=undone');
    expect(await login(joined)).to.equal(ada.id);
    expect((await visitor.get(link)).status).to.equal(404);
  });

  it('are refused while both accounts have a quiz open', async () => {
    const other = await person();
    await linked(listed, other.id);
    for (const userId of [ada.id, other.id]) {
      const taken = { userId, organisationId: organisation.id, course: await course(), now: Date.now() };
      const cycle = await enrol(taken);
      await readLessons(cycle, MODULE);
      await startAttempt(cycle, await quizIn(cycle), Date.now());
    }
    const { status, text } = await send(otto.browser, into(listed, joined), TICKED);
    expect(status).to.equal(422);
    expect(text).to.include('data-refused="attempts"');
  });

  it('of somebody who is erased are erased together', async () => {
    const name = 'Wilhelmina Oakenhurst';
    const [one, other] = [
      await member(organisation, { name, staffNumber: 'W-9001' }),
      await member(organisation, { name, staffNumber: 'W-9002' }),
    ];
    await send(otto.browser, into(one, other), TICKED);
    const asked = await askForErasure({ userId: null, membershipId: one }, 'Left', {
      actorId: otto.id,
      now: Date.now(),
    });
    const { id: actorId } = await dina();
    await decideErasure(asked, 'Nothing prevents it', { actorId, now: Date.now() });
    await world().worker.drain();
    expect((await findErasure(asked))?.state).to.equal('done');
    expect(await foundAnywhere([name, 'W-9001', 'W-9002'])).to.deep.equal([]);
  });
});
