import { expect } from 'chai';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { nextCode, giveApp } from '../../accounts/factors/with-app.js';
import { memberOf } from '../../../support/organisations.js';
import { PASSWORD, person, signedIn, type Person } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { browserOf } from '../../../support/session.js';
import { enrolled } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';
import {
  closeProviders,
  colleague,
  connecting,
  reasonOn,
  signing,
  signInAs,
  turn,
  type Signing,
} from '../of-providers.js';

/** Somebody who has come by the provider once, as the organisation vouched for their address. */
async function vouched(at: Signing, name: string) {
  const [who, browser] = [colleague(at, name), world().visitor()];
  await signInAs(at, who, browser);
  const { id = '' } =
    (await row<{ id: string }>('select id from users where email = $1', [who.email ?? ''])) ?? {};
  return { who, browser, as: { id, email: who.email ?? '' } as Person };
}

const rule = (userId: string) =>
  write('update users set is_administrator = true where id = $1', [userId]).then(() =>
    recentActors().remove(userId),
  );

/** Somebody who has connected the provider themselves: what it says of them. */
async function connected(at: Signing, { id, browser }: Person) {
  await memberOf({ id }, at.organisation.id);
  const who = { sub: `${id} at work` };
  Object.assign(at.party, { who });
  await browser.get(await connecting(at, browser));
  return who;
}

const peopleOf = (organisationId: string): string => `/organisations/${organisationId}/people`;

describe('what a provider opens', () => {
  ownWorld();
  after(closeProviders);

  it('is asked at each arrival: a role that was given elsewhere since then is not its to open', async () => {
    const at = await signing();
    const [boss, root] = [await vouched(at, 'boss'), await vouched(at, 'root')];
    await appoint(boss.as, 'administrator', await otherOrganisation());
    await rule(root.as.id);
    for (const { who } of [boss, root]) expect(reasonOn(await signInAs(at, who))).to.equal('connect');
  });

  it('is asked after a merge, of the account that goes on', async () => {
    const at = await signing();
    const { who, as: closed } = await vouched(at, 'twice');
    const kept = await person();
    await appoint(kept, 'administrator', await otherOrganisation());
    await write('update identities set how = $2 where user_id = $1', [closed.id, 'account']);
    await write('update users set merged_into = $2, disabled_at = 1 where id = $1', [closed.id, kept.id]);
    expect(reasonOn(await signInAs(at, who))).to.equal('connect');
  });

  it('is one organisation, in a session that was open before the role was given, too', async () => {
    const at = await signing();
    const elsewhere = await otherOrganisation();
    const { browser, as } = await vouched(at, 'ines');
    await memberOf(as, elsewhere);
    await appoint(as, 'administrator', elsewhere);
    await appoint(as, 'manager', at.organisation.id);
    expect((await browser.get(peopleOf(at.organisation.id))).status).to.equal(200);
    expect((await browser.get(peopleOf(elsewhere))).status).to.equal(404);
    await rule(as.id);
    expect((await browser.get('/admin/people')).status).to.not.equal(200);
    expect((await browser.get(peopleOf(elsewhere))).status).to.equal(404);
  });

  it('is the whole account after the second step of its owner, who connected it', async () => {
    const at = await signing();
    const [own, elsewhere, browser] = [await signedIn(), await otherOrganisation(), world().visitor()];
    await appoint(own, 'administrator', elsewhere);
    const who = await connected(at, own);
    await giveApp(own);
    expect((await signInAs(at, who, browser)).path).to.match(/^\/sign-in\/second-step/);
    expect((await browser.get(peopleOf(elsewhere))).path).to.not.equal(peopleOf(elsewhere));
    await browser.get('/sign-in/second-step');
    await browser.submit('/sign-in/second-step', { code: nextCode() });
    expect((await browser.get(peopleOf(elsewhere))).status).to.equal(200);
  });

  it('is one organisation for an owner without a second step, and all once they have taken one', async () => {
    const at = await signing();
    const [own, elsewhere, browser] = [await signedIn(), await otherOrganisation(), world().visitor()];
    await appoint(own, 'administrator', elsewhere);
    const who = await connected(at, own);
    expect((await signInAs(at, who, browser)).path).to.equal('/learning');
    expect((await browser.get(peopleOf(elsewhere))).status).to.equal(404);
    expect((await browser.get('/account')).text).to.include('data-one-organisation');
    await giveApp(own);
    recentActors().remove(own.id);
    await browser.get('/sign-in/second-step');
    await browser.submit('/sign-in/second-step', { code: nextCode() });
    expect((await browser.get(peopleOf(elsewhere))).status).to.equal(200);
    expect((await browser.get('/account')).text).to.not.include('data-one-organisation');
  });

  it('does not count as a proof: no second step is set up or replaced by it', async () => {
    const at = await signing();
    const { browser, as } = await vouched(at, 'vera');
    expect((await browser.get('/account/factors/app')).path).to.match(/^\/account\/proof/);
    await giveApp(as);
    expect((await browser.get('/account/factors/app')).path).to.match(/^\/account\/proof/);
    expect((await send(browser, '/account/factors/app', { code: '123456' })).status).to.equal(403);
    expect((await browser.get(`/account/identities/${at.provider.id}`)).path).to.match(/^\/account\/proof/);
  });

  it('is nothing of what its person owns in another organisation: the page says what opens that', async () => {
    const at = await signing();
    const { browser, as } = await vouched(at, 'otto');
    const [own, foreign] = [await enrolled(as), await enrolled(await person())];
    const page = await browser.get(`/learning/${own.id}`);
    expect([page.status, reasonOn(page)]).to.deep.equal([403, 'one-organisation']);
    expect((await browser.get(`/learning/${foreign.id}`)).status).to.equal(404);
    expect((await (await browserOf(as.id)).get(`/learning/${own.id}`)).status).to.equal(200);
  });
});

describe('an organisation whose provider is the only way in', () => {
  ownWorld();
  after(closeProviders);

  it('is not opened by the provider of another one', async () => {
    const [a, b] = [await signing(), await signing()];
    const own = await signedIn();
    await write('update users set email = $1 where id = $2', [`tess@${a.domain}`, own.id]);
    await memberOf(own, a.organisation.id);
    const who = await connected(b, own);
    await turn(a, 'enforced', a.administrator.id);
    await appoint(own, 'administrator', a.organisation.id);
    const browser = world().visitor();
    const page = await signInAs(b, who, browser);
    expect([page.status, reasonOn(page)]).to.deep.equal([403, 'enforced']);
    expect((await browser.get(peopleOf(a.organisation.id))).path).to.match(/^\/sign-in/);
  });

  it('shuts nobody out who belongs to two of them: either provider opens its own', async () => {
    const [a, b] = [await signing(), await signing()];
    const own = await signedIn();
    const [byA, byB] = [await connected(a, own), await connected(b, own)];
    for (const each of [a, b]) {
      await appoint(own, 'manager', each.organisation.id);
      await turn(each, 'enforced', each.administrator.id);
    }
    for (const [at, who, other] of [
      [a, byA, b],
      [b, byB, a],
    ] as const) {
      const browser = world().visitor();
      expect((await signInAs(at, who, browser)).path).to.equal('/learning');
      expect((await browser.get(peopleOf(at.organisation.id))).status).to.equal(200);
      expect((await browser.get(peopleOf(other.organisation.id))).status).to.equal(404);
    }
  });

  it('lets in who has a role elsewhere by now, to its own pages', async () => {
    const at = await signing();
    const { who, as } = await vouched(at, 'nils');
    const elsewhere = await otherOrganisation();
    await appoint(as, 'administrator', elsewhere);
    await turn(at, 'enforced', at.administrator.id);
    const browser = world().visitor();
    expect((await signInAs(at, who, browser)).path).to.equal('/learning');
    expect((await browser.get(peopleOf(elsewhere))).status).to.equal(404);
  });

  it('is the way in for an address of its domain that signs up, and no password is made beside it', async () => {
    const [at, offered] = [await signing({ state: 'enforced' }), await signing()];
    const signUp = async (email: string) => {
      const browser = world().visitor();
      await browser.get('/sign-up');
      return browser.submit('/sign-up', { name: 'Nora Lind', email, password: PASSWORD });
    };
    const led = await signUp(`nora@${at.domain}`);
    expect([led.status, reasonOn(led)]).to.deep.equal([403, 'enforced']);
    expect(led.text).to.include(`/sign-in/organisation/${at.organisation.id}`);
    expect(await count('users where email = $1', [`nora@${at.domain}`])).to.equal(0);
    expect((await signUp(`nora@${offered.domain}`)).path).to.equal('/sign-up/sent');
    const known = await vouched(at, 'nora');
    const again = await signUp(known.who.email ?? '');
    expect([again.status, plain(again.text)], 'the same, whether there is an account').to.deep.equal([
      403,
      plain(led.text),
    ]);
  });

  it('answers for the second step of its own people, and no longer once it is one way in among others', async () => {
    const at = await signing({ state: 'enforced' });
    const { browser, as } = await vouched(at, 'olga');
    await appoint(as, 'manager', at.organisation.id);
    await write('update role_grants set granted_at = 1 where user_id = $1', [as.id]);
    await write('update users set factor_asked_from = 1 where id = $1', [as.id]);
    recentActors().remove(as.id);
    expect((await browser.get('/learning')).path).to.equal('/learning');
    await turn(at, 'offered', null);
    expect((await browser.get('/learning')).path).to.match(/^\/account\/(factors|proof)/);
  });
});

describe('a provider that is connected to an account', () => {
  ownWorld();
  after(closeProviders);

  it('was asked for on a page of ours: a link from elsewhere begins nothing', async () => {
    const at = await signing();
    const own = await signedIn();
    await memberOf(own, at.organisation.id);
    const page = await own.browser.get(`/account/identities/${at.provider.id}/to`, {
      'sec-fetch-site': 'cross-site',
    });
    expect(page.status).to.equal(404);
    expect((await own.browser.post(`/account/identities/${at.provider.id}/to`, {})).status).to.equal(403);
    expect(await count('identity_trips where user_id = $1', [own.id])).to.equal(0);
  });

  it('by its address first, is confirmed by the owner, and then opens what may do more', async () => {
    const at = await signing();
    const { who, as } = await vouched(at, 'rosa');
    await appoint(as, 'manager', await otherOrganisation());
    expect(reasonOn(await signInAs(at, who))).to.equal('connect');
    const own = await browserOf(as.id);
    expect((await own.get('/account/identities')).text).to.include(`/account/identities/${at.provider.id}`);
    Object.assign(at.party, { who });
    expect((await own.get(await connecting(at, own))).path).to.equal('/account/identities');
    expect(await count(`identities where user_id = $1 and how = 'account'`, [as.id])).to.equal(1);
    expect((await signInAs(at, who)).path).to.equal('/learning');
  });

  it('of an account that was merged, is the owner’s to connect with the one that goes on', async () => {
    const at = await signing();
    const { who, as: closed } = await vouched(at, 'maja');
    const kept = await signedIn();
    await memberOf(kept, at.organisation.id);
    await appoint(kept, 'manager', await otherOrganisation());
    await write('update users set merged_into = $2, disabled_at = 1 where id = $1', [closed.id, kept.id]);
    Object.assign(at.party, { who });
    expect((await kept.browser.get(await connecting(at, kept.browser))).path).to.equal('/account/identities');
    expect((await signInAs(at, who)).path).to.equal('/learning');
  });
});
