import { expect } from 'chai';
import { nameSystem } from '../../../../server/people/identity/domains/name-system.js';
import { keepersOf } from '../../../../server/people/identity/enforcement.js';
import { runProviders } from '../../../../server/people/identity/providers/command-providers.js';
import { employer, memberOf } from '../../../support/organisations.js';
import { dina, PASSWORD, person, signedIn, type Person } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { appoint } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { browserOf } from '../../../support/session.js';
import { ownWorld, world } from '../../../support/world.js';
import { CLIENT, openIdProvider, type OpenProvider } from '../open-id-provider.js';
import {
  answerFrom,
  answerOf,
  closeProviders,
  colleague,
  connecting,
  reasonOn,
  signing,
  signInAs,
} from '../of-providers.js';

const kept = (organisationId: string) =>
  row<{
    id: string;
    secret: string;
    state: string;
    tested_at: number | null;
    keyholder_id: string | null;
  }>('select id, secret, state, tested_at, keyholder_id from identity_providers where organisation_id = $1', [
    organisationId,
  ]);

/** Somebody who administers an organisation. */
async function keeper(): Promise<{ by: Person; id: string; home: string }> {
  const [by, { id }] = [await signedIn(), await employer()];
  await appoint(by, 'administrator', id);
  return { by, id, home: `/organisations/${id}/sign-in` };
}

describe('whoever administers an organisation', () => {
  ownWorld();
  const parties: OpenProvider[] = [];
  const asked = nameSystem.txt;
  after(async () => {
    nameSystem.txt = asked;
    await closeProviders();
    for (const party of parties) await party.close();
  });

  it('sets up its own sign-in, tests it, and lets people use it', async () => {
    const { by, id, home } = await keeper();
    const party = await openIdProvider(answerOf(id));
    parties.push(party);
    const fields = {
      name: 'Northern account',
      issuer: `${party.base}/.well-known/openid-configuration`,
      clientId: CLIENT.id,
      unit: '',
      letsJoin: 'yes',
    };
    const made = await send(by.browser, `${home}/providers/new`, { ...fields, secret: CLIENT.secret });
    const provider = await kept(id);
    const page = `${home}/providers/${provider?.id}`;
    expect(made.path).to.equal(`${page}?done=provider-saved`);
    expect(provider?.secret).to.not.include(CLIENT.secret);
    for (const each of [made, await by.browser.get(`${page}/settings`)])
      expect(each.text).to.not.include(CLIENT.secret);

    const early = await send(by.browser, page, { state: 'offered' });
    expect(errorsOn(early)).to.deep.equal({ state: said('errors.provider-domain') });
    await prove(by, home, 'northern.example');
    const untested = await send(by.browser, page, { state: 'offered' });
    expect(errorsOn(untested)).to.deep.equal({ state: said('errors.provider-untested') });

    Object.assign(party, {
      who: { sub: 'x', email: 'x@northern.example', email_verified: true, groups: ['crew'] },
    });
    const tested = await by.browser.get(await answerFrom(party, await by.browser.get(`${page}/test`)));
    expect(tested.text).to.include('data-address="own"');
    expect(plain(tested.text)).to.include('groups').and.to.include('crew');
    expect((await by.browser.get('/account')).path, 'they stay who they are').to.equal('/account');
    expect(await count(`users where email = 'x@northern.example'`)).to.equal(0);

    const alone = await send(by.browser, page, { state: 'enforced' });
    expect(errorsOn(alone)).to.deep.equal({ keyholder: said('errors.keyholder') });
    await send(by.browser, page, { state: 'enforced', keyholder: by.id });
    expect((await kept(id))?.state).to.equal('enforced');

    const { secret } = (await kept(id)) ?? {};
    const same = { ...fields, issuer: party.base };
    await send(by.browser, `${page}/settings`, { ...same, name: 'Another name', secret: '' });
    expect(await kept(id), 'it is the same provider').to.include({ state: 'enforced', secret });
    await send(by.browser, `${page}/settings`, { ...same, secret: 'the next secret of this test' });
    expect(await kept(id), 'a secret has an end').to.include({ state: 'enforced', keyholder_id: by.id });
    expect((await kept(id))?.secret).to.not.equal(secret);
    await send(by.browser, `${page}/settings`, { ...same, clientId: 'another client', secret: '' });
    expect(await kept(id), 'another client is tested anew').to.include({
      state: 'off',
      tested_at: null,
      keyholder_id: null,
    });
    await send(by.browser, `${page}/removal`);
    expect(await kept(id)).to.equal(null);
  });

  it('proves a domain with a record, which one organisation alone can', async () => {
    const [one, other] = [await keeper(), await keeper()];
    await prove(one.by, one.home, 'proven.example');
    await prove(other.by, other.home, 'proven.example');
    const proven = await row<{ n: number }>(
      `select count(*) as n from identity_domains where domain = 'proven.example' and proven_at is not null`,
    );
    expect(Number(proven?.n)).to.equal(1);
    nameSystem.txt = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    await send(one.by.browser, `${one.home}/domains`, { domain: 'missing.example' });
    const { id = '' } =
      (await row<{ id: string }>(`select id from identity_domains where domain = 'missing.example'`)) ?? {};
    const missing = await send(one.by.browser, `${one.home}/domains/${id}/proof`);
    expect(missing.path).to.equal(`${one.home}?absent=${id}`);
    nameSystem.txt = () => Promise.reject(Object.assign(new Error('no answer'), { code: 'ETIMEOUT' }));
    const unanswered = await send(one.by.browser, `${one.home}/domains/${id}/proof`);
    expect(unanswered.path).to.equal(`${one.home}?unanswered=${id}`);
    expect(plain(unanswered.text)).to.include(
      said('identity.domain.unanswered', { domain: 'missing.example' }),
    );
    expect(
      (await send(one.by.browser, `${one.home}/domains/${id}/word`)).status,
      'nobody vouches for themselves',
    ).to.equal(404);
    await send((await dina()).browser, `${one.home}/domains/${id}/word`);
    expect(await count('identity_domains where id = $1 and proven_at is not null', [id])).to.equal(1);
  });

  it('is told what to correct, and what was typed is kept', async () => {
    const { by, home } = await keeper();
    const wrong = { name: 'Ours', issuer: 'http://10.0.0.1/', clientId: 'us', unit: '', secret: 'a secret' };
    const refused = await send(by.browser, `${home}/providers/new`, wrong);
    expect(Object.keys(errorsOn(refused))).to.deep.equal(['issuer']);
    expect(refused.text).to.include('value="http://10.0.0.1/"').and.to.not.include('a secret');
    const empty = await send(by.browser, `${home}/providers/new`, { unit: '' });
    expect(Object.keys(errorsOn(empty)).sort()).to.deep.equal(['clientId', 'issuer', 'name', 'secret']);
    expect(
      Object.keys(errorsOn(await send(by.browser, `${home}/domains`, { domain: 'no domain' }))),
    ).to.deep.equal(['domain']);
  });

  it('is the only one who can', async () => {
    const { id, home } = await keeper();
    const [manager, stranger] = [await signedIn(), await keeper()];
    await appoint(manager, 'manager', id);
    for (const browser of [manager.browser, stranger.by.browser])
      for (const path of [home, `${home}/providers/new`])
        expect((await browser.get(path)).status, path).to.equal(404);
  });

  it('cannot give the key to somebody whose role is over by its day, or still to come', async () => {
    const { by, id } = await keeper();
    const keepers = async () => (await keepersOf({ id, timeZone: 'UTC' }, Date.now())).map(each => each.id);
    expect(await keepers()).to.deep.equal([by.id]);
    const grant = `organisation_id = $1 and user_id = $2`;
    for (const days of [
      `from_day = '2020-01-01', until_day = '2020-02-01'`,
      `from_day = '2999-01-01', until_day = null`,
    ]) {
      await write(`update role_grants set ${days} where ${grant}`, [id, by.id]);
      expect(await keepers(), days).to.deep.equal([]);
    }
  });

  it('can be helped by whoever runs the server, where a provider that is the only way in no longer works', async () => {
    const at = await signing({ state: 'enforced' });
    const told: string[] = [];
    const run = (...args: string[]) => runProviders(args, line => void told.push(line));
    await run('list', at.organisation.id);
    expect(told.join()).to.include(`${at.provider.id}  enforced`);
    await run('show', at.provider.id);
    expect(told.join()).to.include(at.party.base);
    await run('off', at.provider.id);
    expect((await kept(at.organisation.id))?.state).to.equal('off');
    for (const args of [[], ['off', 'nobody'], ['list', 'nowhere'], ['on', at.provider.id]])
      expect(await run(...args).catch((fault: Error) => fault.message), args.join(' ')).to.be.a('string');
  });

  async function prove(by: Person, home: string, domain: string): Promise<void> {
    await send(by.browser, `${home}/domains`, { domain });
    const { id = '', proof = '' } =
      (await row<{ id: string; proof: string }>(
        'select id, proof from identity_domains where domain = $1 and proven_at is null order by added_at desc limit 1',
        [domain],
      )) ?? {};
    nameSystem.txt = name =>
      Promise.resolve(
        name === `_safe-passage.${domain}` ? ['v=spf1 -all', `safe-passage-domain=${proof}`] : [],
      );
    await send(by.browser, `${home}/domains/${id}/proof`);
  }
});

describe('somebody who is signed in', () => {
  ownWorld();
  after(closeProviders);

  it('connects who they are at work, signs in with it, and disconnects it', async () => {
    const at = await signing();
    const [ada, other] = [await signedIn(), await signedIn()];
    for (const each of [ada, other]) await appoint(each, 'manager', at.organisation.id);
    for (const each of [ada, other]) await memberOf(each, at.organisation.id);
    const connect = async (somebody: Person) => {
      Object.assign(at.party, { who: { sub: 'ada at work' } });
      return somebody.browser.get(await connecting(at, somebody.browser));
    };
    expect((await connect(ada)).path).to.equal('/account/identities');
    expect(reasonOn(await connect(other)), 'of one account alone').to.equal('taken');
    const browser = world().visitor();
    expect((await signInAs(at, { sub: 'ada at work' }, browser)).path).to.equal('/learning');
    expect((await browser.get('/account')).text).to.include(ada.email);
    const { id = '' } =
      (await row<{ id: string }>('select id from identities where user_id = $1', [ada.id])) ?? {};
    expect((await send(other.browser, `/account/identities/${id}/removal`)).status).to.equal(404);
    await send(ada.browser, `/account/identities/${id}/removal`);
    expect(await count('identities where user_id = $1', [ada.id])).to.equal(0);
  });

  it('connects nothing that somebody else began in this browser, or who has signed out', async () => {
    const at = await signing();
    const [ada, other] = [await signedIn(), await person()];
    for (const each of [ada, other]) await memberOf(each, at.organisation.id);
    Object.assign(at.party, { who: { sub: 'the next one at work' } });
    const back = () => connecting(at, ada.browser);
    const [first, second] = [await back(), await back()];
    await send(ada.browser, '/sign-out');
    expect(reasonOn(await ada.browser.get(first)), 'nobody').to.equal('unknown');
    await send(ada.browser, '/sign-in', { email: other.email, password: PASSWORD });
    expect(reasonOn(await ada.browser.get(second)), 'somebody else').to.equal('unknown');
    expect(await count('identities where provider_id = $1', [at.provider.id])).to.equal(0);
  });

  it('keeps the only way in that they have', async () => {
    const at = await signing();
    await signInAs(at, colleague(at, 'pia'), world().visitor());
    const pia = await row<{ id: string }>('select id from users where email = $1', [`pia@${at.domain}`]);
    const { id = '' } =
      (await row<{ id: string }>('select id from identities where user_id = $1', [pia?.id ?? ''])) ?? {};
    await write('update users set email = $1 where id = $2', [
      `${pia?.id}@no-address.invalid`,
      pia?.id ?? '',
    ]);
    const page = await send(await browserOf(pia?.id ?? ''), `/account/identities/${id}/removal`);
    expect(page.path).to.equal('/account/identities?last');
    expect(await count('identities where id = $1', [id])).to.equal(1);
  });
});
