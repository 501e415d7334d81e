import { expect } from 'chai';
import { blockPerson } from '../../../../server/people/accounts/blocking.js';
import { identityLimits } from '../../../../server/people/identity/identity-limits.js';
import { addRule } from '../../../../server/people/identity/providers/provider-rules.js';
import { enterBy, withPasskey } from '../../accounts/factors/passkeys/with-passkey.js';
import { firstStep, nextCode, withApp } from '../../accounts/factors/with-app.js';
import { useUp, visitorFrom } from '../../../platform/http/security/limits.js';
import { codeOf, joined } from '../../organisations/joining/of-codes.js';
import { member, memberOf, unit } from '../../../support/organisations.js';
import { person, PASSWORD } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { browserOf } from '../../../support/session.js';
import { ownWorld, world } from '../../../support/world.js';
import {
  answerFrom,
  closeProviders,
  colleague,
  connecting,
  reasonOn,
  signing,
  signInAs,
  turn,
  type Signing,
} from '../of-providers.js';

const accountOf = (email: string) =>
  row<{ id: string; name: string; password_hash: string | null }>(
    'select id, name, password_hash from users where email = $1',
    [email],
  );

const membershipOf = (email: string, { organisation }: Signing) =>
  row<{ id: string; employment: string }>(
    `select m.id, m.employment from memberships m join users u on u.id = m.user_id
     where u.email = $1 and m.organisation_id = $2`,
    [email, organisation.id],
  );

const rolesOf = async (email: string) =>
  (
    await rows<{ role: string }>(
      `select g.role from role_grants g join users u on u.id = g.user_id where u.email = $1 and g.ended_at is null order by g.role`,
      [email],
    )
  ).map(({ role }) => role);

const named = async (somebody: { id: string }, email: string) =>
  write('update users set email = $1 where id = $2', [email, somebody.id]);

describe('somebody who signs in with their organisation', () => {
  ownWorld();
  after(closeProviders);

  it('gets an account, belongs to it, and is the same person the next time', async () => {
    const at = await signing();
    const who = colleague(at);
    expect((await signInAs(at, who)).path).to.equal('/learning');
    const account = await accountOf(who.email ?? '');
    expect(account).to.include({ name: 'Mara Lind', password_hash: null });
    expect((await membershipOf(who.email ?? '', at))?.employment).to.equal('active');
    const again = await signInAs(at, { ...who, email: 'other@elsewhere.example', email_verified: false });
    expect(again.path, 'it goes by issuer and subject').to.equal('/learning');
    expect(await count('identities where user_id = $1', [account?.id ?? ''])).to.equal(1);
  });

  it('gets one account from several first answers at once, and comes in by each', async () => {
    const at = await signing();
    const who = colleague(at, 'twin');
    Object.assign(at.party, { who });
    const trips = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const browser = world().visitor();
        const left = await browser.get(`/sign-in/organisation/${at.organisation.id}/to/${at.provider.id}`);
        return { browser, answer: await answerFrom(at.party, left) };
      }),
    );
    const arrived = await Promise.all(trips.map(({ browser, answer }) => browser.get(answer)));
    expect(arrived.map(({ status, path }) => `${status} ${path}`)).to.deep.equal(
      Array(8).fill('200 /learning'),
    );
    const account = await accountOf(who.email ?? '');
    expect(await count('identities where user_id = $1', [account?.id ?? ''])).to.equal(1);
    expect(await count('memberships where user_id = $1', [account?.id ?? ''])).to.equal(1);
  });

  it('is found by the domain of their address, and goes on to the page that they came for', async () => {
    const at = await signing();
    const browser = world().visitor();
    await browser.get('/sign-in/organisation?next=%2Faccount');
    const found = await browser.submit('/sign-in/organisation', { email: `anybody@${at.domain}` });
    expect(found.path).to.equal(`/sign-in/organisation/${at.organisation.id}?next=%2Faccount`);
    const [, href = ''] = /href="([^"]*\/to\/[^"]*)"/.exec(found.text) ?? [];
    Object.assign(at.party, { who: colleague(at) });
    expect((await browser.get(await answerFrom(at.party, await browser.get(href)))).path).to.equal(
      '/account',
    );
    const none = world().visitor();
    await none.get('/sign-in/organisation');
    expect((await none.submit('/sign-in/organisation', { email: 'a@nowhere.example' })).status).to.equal(422);
  });

  it('works where claims say, as what they say, with the role that they give as long as they give it', async () => {
    const at = await signing();
    const { organisation, provider, administrator } = at;
    const base = await unit(organisation, 'Base Lyon');
    const by = { organisationId: organisation.id, actorId: administrator.id, now: Date.now() };
    const rule = { claim: 'groups', job: null, role: null, unitId: null };
    await addRule(provider.id, { ...rule, value: 'crew', unitId: base, job: 'cabin' }, by);
    await addRule(provider.id, { ...rule, value: 'leads', role: 'manager', unitId: base }, by);
    const who = colleague(at, 'lea', { groups: ['crew', 'leads'] });
    await signInAs(at, who);
    const membership = await membershipOf(who.email ?? '', at);
    const place = await row<{ unit_id: string; job: string }>(
      'select unit_id, job from placements where membership_id = $1 and is_home and retired_at is null',
      [membership?.id ?? ''],
    );
    expect(place).to.deep.equal({ unit_id: base, job: 'cabin' });
    expect(await rolesOf(who.email ?? '')).to.deep.equal(['manager']);
    await signInAs(at, { ...who, groups: ['crew'] });
    expect(await rolesOf(who.email ?? '')).to.deep.equal([]);
  });

  it('comes to the entry that the list has for their address', async () => {
    const at = await signing({ letsJoin: false });
    const listed = await member(at.organisation, { name: 'Ada Marlow' });
    await write('update membership_people set email = $1 where membership_id = $2', [
      `ada@${at.domain}`,
      listed,
    ]);
    expect((await signInAs(at, colleague(at, 'ada'))).path).to.equal('/learning');
    expect((await membershipOf(`ada@${at.domain}`, at))?.id).to.equal(listed);
    expect(reasonOn(await signInAs(at, colleague(at, 'zoe')))).to.equal('stranger');
    expect(await accountOf(`zoe@${at.domain}`), 'nothing of a refused arrival is kept').to.equal(null);
  });

  it('is turned away where no address is vouched for, or none of a proven domain', async () => {
    const [at, open] = [await signing(), await signing({ isProven: false })];
    const who = colleague(at, 'noa');
    expect(reasonOn(await signInAs(at, { ...who, email_verified: false }))).to.equal('address');
    expect(reasonOn(await signInAs(at, { sub: who.sub }))).to.equal('address');
    expect(reasonOn(await signInAs(at, { ...who, email: 'noa@elsewhere.example' }))).to.equal('address');
    expect(reasonOn(await signInAs(at, { ...who, email: `noa@not-${at.domain}` }))).to.equal('address');
    expect(reasonOn(await signInAs(open, colleague(open)))).to.equal('address');
    expect(await accountOf(who.email ?? '')).to.equal(null);
  });

  it('does not come to an account that may do more, or that is somebody else’s there', async () => {
    const at = await signing();
    const [administrator, manager] = [await person({ isAdministrator: true }), await person()];
    await named(administrator, `root@${at.domain}`);
    await named(manager, `boss@${at.domain}`);
    await appoint(manager, 'manager', await otherOrganisation());
    expect(reasonOn(await signInAs(at, colleague(at, 'root')))).to.equal('connect');
    expect(reasonOn(await signInAs(at, colleague(at, 'boss')))).to.equal('connect');
    await signInAs(at, colleague(at, 'ida'));
    const successor = colleague(at, 'ida', { sub: 'another person with the same address' });
    expect(reasonOn(await signInAs(at, successor))).to.equal('connect');
  });

  it('ends the password that a stranger chose for their address', async () => {
    const at = await signing();
    const stranger = await person();
    await named(stranger, `eva@${at.domain}`);
    await write('update users set email_confirmed_at = null where id = $1', [stranger.id]);
    await signInAs(at, colleague(at, 'eva'));
    expect(await accountOf(`eva@${at.domain}`)).to.include({ id: stranger.id, password_hash: null });
  });

  it('does not come in after they left, or while they are blocked', async () => {
    const at = await signing();
    const who = colleague(at, 'uwe');
    await signInAs(at, who);
    const { id = '' } = (await accountOf(who.email ?? '')) ?? {};
    await write(`update memberships set employment = 'left' where user_id = $1 and organisation_id = $2`, [
      id,
      at.organisation.id,
    ]);
    expect(reasonOn(await signInAs(at, who))).to.equal('left');
    await write(`update memberships set employment = 'active' where user_id = $1`, [id]);
    await blockPerson(id, 'a lost device', { actorId: null, now: Date.now() });
    expect(reasonOn(await signInAs(at, who))).to.equal('blocked');
  });

  it('is let in by nothing else where the organisation wants it so, but for its keyholder', async () => {
    const keyholder = await person();
    const at = await signing({ state: 'enforced', keyholderId: keyholder.id });
    const [member, guest] = [await person(), await person()];
    await named(member, `tom@${at.domain}`);
    await named(keyholder, `key@${at.domain}`);
    for (const { id } of [member, guest, keyholder])
      await write(
        `insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $3, 1)`,
        [crypto.randomUUID(), at.organisation.id, id],
      );
    const tried = async (email: string) => {
      const browser = world().visitor();
      await browser.get('/sign-in');
      return browser.submit('/sign-in', { email, password: PASSWORD });
    };
    const refused = await tried(`tom@${at.domain}`);
    expect([refused.status, reasonOn(refused)]).to.deep.equal([403, 'enforced']);
    expect(refused.text).to.include(`/sign-in/organisation/${at.organisation.id}`);
    expect((await tried(`key@${at.domain}`)).path).to.equal('/learning');
    expect((await tried(guest.email)).path, 'an address that is not theirs').to.equal('/learning');
    expect((await signInAs(at, colleague(at, 'tom'))).path).to.equal('/learning');
  });

  it('is led to it by other doors, too: a link that was mailed, with or without a password, to join', async () => {
    const at = await signing({ state: 'enforced' });
    const code = await codeOf(at.organisation.id);
    for (const [name, password] of [
      ['una', ''],
      ['ora', PASSWORD],
    ] as const) {
      const email = `${name}@${at.domain}`;
      const { browser } = await joined(code, { password, person: { name: 'Una Lind', email } });
      expect([browser.last?.status, browser.last && reasonOn(browser.last)]).to.deep.equal([403, 'enforced']);
      expect((await browser.get('/account')).path).to.not.equal('/account');
      expect((await membershipOf(email, at))?.employment).to.equal('active');
      expect((await signInAs(at, colleague(at, name))).path).to.equal('/learning');
    }
    const guest = await joined(code);
    expect((await guest.browser.get('/account')).path, 'an address that is not theirs').to.equal('/account');
  });

  it('is asked for the second step by nobody else, unless they administer the installation', async () => {
    const at = await signing();
    for (const isAdministrator of [false, true]) {
      const somebody = await withApp({ isAdministrator });
      await memberOf(somebody, at.organisation.id);
      const who = { sub: `${somebody.id} at work` };
      Object.assign(at.party, { who });
      const own = await browserOf(somebody.id);
      await own.get(await connecting(at, own));
      const browser = world().visitor();
      await signInAs(at, who, browser);
      const opened = isAdministrator ? '/sign-in/second-step?next=%2Faccount' : '/account';
      expect((await browser.get('/account')).path).to.equal(opened);
      if (isAdministrator) await browser.submit('/sign-in/second-step', { code: nextCode() });
      expect((await browser.get('/account')).path).to.equal('/account');
    }
  });

  it('is limited for one network: to look for an organisation, to leave for its provider, and to come back', async () => {
    const [at, network] = [await signing(), '203.0.113.95'];
    const browser = visitorFrom(network);
    Object.assign(at.party, { who: colleague(at, 'ulf') });
    const leave = `/sign-in/organisation/${at.organisation.id}/to/${at.provider.id}`;
    const back = await answerFrom(at.party, await browser.get(leave));
    await useUp(identityLimits.answer, network);
    expect((await browser.get(back)).status).to.equal(429);
    await useUp(identityLimits.leave, network);
    expect((await browser.get(leave)).status).to.equal(429);
    await browser.get('/sign-in/organisation');
    await useUp(identityLimits.find, network);
    expect((await browser.submit('/sign-in/organisation', { email: `ulf@${at.domain}` })).status).to.equal(
      429,
    );
    expect((await signInAs(at, colleague(at, 'ulf'))).path, 'from another network').to.equal('/learning');
  });

  it('does not come in by a provider that was turned off while they were there, nor leave for it', async () => {
    const [at, browser] = [await signing(), world().visitor()];
    Object.assign(at.party, { who: colleague(at, 'ivo') });
    const leave = `/sign-in/organisation/${at.organisation.id}/to/${at.provider.id}`;
    const back = await answerFrom(at.party, await browser.get(leave));
    await turn(at, 'off', null);
    expect(reasonOn(await browser.get(back))).to.equal('unknown');
    expect(await accountOf(`ivo@${at.domain}`)).to.equal(null);
    expect((await browser.get(leave)).status).to.equal(404);
  });

  it('is led to it from a passkey, too, and from a second step that was under way', async () => {
    const at = await signing();
    const [byPasskey, byCode] = [await withPasskey(), await withApp()];
    for (const [each, name] of [
      [byPasskey, 'pia'],
      [byCode, 'ole'],
    ] as const) {
      await memberOf(each, at.organisation.id);
      await named(each, `${name}@${at.domain}`);
    }
    await firstStep(byCode.browser, { email: `ole@${at.domain}` });
    await turn(at, 'enforced', at.administrator.id);
    const refused = [
      await enterBy(byPasskey.browser, byPasskey.device),
      await byCode.browser.submit('/sign-in/second-step', { code: nextCode() }),
    ];
    for (const page of refused) expect([page.status, reasonOn(page)]).to.deep.equal([403, 'enforced']);
    for (const { browser } of [byPasskey, byCode])
      expect((await browser.get('/account')).path).to.not.equal('/account');
  });
});
