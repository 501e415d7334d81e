import { expect } from 'chai';
import { addDomain, domainsOf, proveDomain } from '../../../../server/people/identity/domains/domains.js';
import { readProvider } from '../../../../server/people/identity/openid/open-id.js';
import { addProvider } from '../../../../server/people/identity/providers/providers.js';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { FORM, raw } from '../../../platform/http/raw.js';
import { employer } from '../../../support/organisations.js';
import { count, write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { hostileProvider, token, type HostileProvider } from '../hostile-provider.js';

const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';

describe('a provider at which somebody signed out', () => {
  ownWorld();
  let party: HostileProvider;
  let home: string;
  let id: string;

  before(async () => {
    party = await hostileProvider();
    const organisation = await employer();
    const by = { organisationId: organisation.id, actorId: null, now: Date.now() };
    await addDomain('northern.example', by);
    for (const domain of await domainsOf(organisation.id)) await proveDomain(domain, 'administrator', by);
    const settings = {
      protocol: 'openid' as const,
      name: 'Northern',
      unitId: null,
      clientId: 'us',
      secret: 'x',
      letsJoin: true,
    };
    id = await addProvider(
      { ...settings, ...(await readProvider(party.base, true)) },
      world().secrets.providers,
      by,
    );
    await write(`update identity_providers set tested_at = 1, state = 'offered' where id = $1`, [id]);
    home = `/sign-in/organisation/${organisation.id}`;
  });
  after(() => party.close());

  async function signIn(sub: string, sid: string): Promise<Client> {
    const browser = world().visitor();
    const left = await browser.get(`${home}/to/${id}`);
    const asked = new URL(left.headers.get('location') ?? '').searchParams;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss: party.base, aud: 'us', sub, sid, nonce: asked.get('nonce'), iat: now, exp: now + 60 },
      ...{ email: `${sub}@northern.example`, email_verified: true },
    };
    party.answer = () => ({
      body: JSON.stringify({ access_token: 'a', token_type: 'bearer', id_token: token(claims) }),
    });
    expect((await browser.get(`${home}/answer?code=c&state=${asked.get('state')}`)).path).to.equal(
      '/learning',
    );
    return browser;
  }

  let told = 0;
  const message = () => ({
    ...{ iss: party.base, aud: 'us', iat: Math.floor(Date.now() / 1000), jti: `message ${(told += 1)}` },
    events: { [LOGOUT]: {} },
  });

  const tell = async (logoutToken: string): Promise<number> => {
    const body = new URLSearchParams({ logout_token: logoutToken }).toString();
    return (
      await raw('/sign-in/provider-sign-out', { method: 'POST', headers: { 'content-type': FORM }, body })
    ).status;
  };

  /** As another process sees it, which trusts nothing that it read before. */
  const sessionsOf = (sub: string) =>
    count('sessions s join identities i on i.user_id = s.user_id where i.subject = $1', [sub]);

  it('ends that session there, or all that came of it, and each message counts once', async () => {
    await signIn('mara', 'one');
    await signIn('mara', 'two');
    await signIn('noa', 'three');
    expect(await tell(token({ ...message(), sub: 'mara', sid: 'one' }))).to.equal(200);
    expect([await sessionsOf('mara'), await sessionsOf('noa')]).to.deep.equal([1, 1]);
    const all = token({ ...message(), sub: 'mara' });
    expect(await tell(all)).to.equal(200);
    expect([await sessionsOf('mara'), await sessionsOf('noa')]).to.deep.equal([0, 1]);
    await signIn('mara', 'four');
    expect(await tell(all), 'the same again').to.equal(400);
    expect(await sessionsOf('mara')).to.equal(1);
    expect(await count(`events where name = 'identity.signed-out'`)).to.equal(2);
  });

  it('ends nothing by a message that it did not send, or that is none', async () => {
    await signIn('ida', 'five');
    const right = { ...message(), sub: 'ida' };
    const { events: _, ...idToken } = right;
    const forged = [
      token(right, 'foreign'),
      token(right, 'none'),
      token({ ...right, aud: 'others' }),
      token({ ...right, iss: 'https://elsewhere.example' }),
      token({ ...right, iat: right.iat - 3600 }),
      token({ ...right, nonce: 'of an ID token' }),
      token({ ...right, sub: undefined }),
      token({ ...right, jti: undefined }),
      token(idToken),
      token(right, 'signed', 'at+jwt'),
      'nonsense',
      '',
    ];
    for (const each of forged) expect(await tell(each), each.slice(0, 200)).to.equal(400);
    expect(await sessionsOf('ida')).to.equal(1);
    expect(await tell(token(right))).to.equal(200);
    for (const typ of ['JWT', 'logout+jwt'])
      expect(await tell(token({ ...message(), sub: 'ida' }, 'signed', typ)), typ).to.equal(200);
  });

  it('is where somebody who signs out here may sign out, too', async () => {
    const browser = await signIn('lea', 'six');
    await browser.get('/account');
    const left = await browser.submit('/sign-out', {});
    expect(left.path).to.equal(`${home}/left/${id}`);
    expect(left.text).to.include(`${party.base}/end?client_id=us`);
    expect((await browser.get('/account')).path).to.not.equal('/account');
  });
});
