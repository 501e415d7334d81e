import { expect } from 'chai';
import { addDomain, domainsOf, proveDomain } from '../../../../server/people/identity/domains/domains.js';
import { providerFault, readProvider } from '../../../../server/people/identity/openid/open-id.js';
import { addProvider } from '../../../../server/people/identity/providers/providers.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { employer } from '../../../support/organisations.js';
import { count, write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { challengeOf, hostileProvider, token, type HostileProvider } from '../hostile-provider.js';
import { reasonOn } from '../of-providers.js';

const SECRET = 'a secret that stands in no log and on no page';

describe('an answer that a provider did not give, or should not have given', () => {
  ownWorld();
  let party: HostileProvider;
  let leave: string;
  let answer: string;

  before(async () => {
    party = await hostileProvider();
    const organisation = await employer();
    const by = { organisationId: organisation.id, actorId: '', now: Date.now() };
    await addDomain('northern.example', by);
    for (const domain of await domainsOf(organisation.id)) await proveDomain(domain, 'administrator', by);
    const settings = {
      protocol: 'openid' as const,
      name: 'Hostile',
      unitId: null,
      clientId: 'us',
      secret: SECRET,
      letsJoin: true,
    };
    const read = await readProvider(party.base, true);
    const id = await addProvider({ ...settings, ...read }, world().secrets.providers, by);
    await write(`update identity_providers set tested_at = 1, state = 'offered' where id = $1`, [id]);
    leave = `/sign-in/organisation/${organisation.id}/to/${id}`;
    answer = `/sign-in/organisation/${organisation.id}/answer`;
  });
  after(() => party.close());

  const sent = (left: Page): URLSearchParams => new URL(left.headers.get('location') ?? '').searchParams;

  /** A browser that was sent to the provider, with what it was sent with. */
  async function away(): Promise<{ browser: Client; asked: URLSearchParams }> {
    const browser = world().visitor();
    return { browser, asked: sent(await browser.get(leave)) };
  }

  const right = (asked: URLSearchParams) => {
    const now = Math.floor(Date.now() / 1000);
    return {
      ...{ iss: party.base, aud: 'us', sub: 'mara', nonce: asked.get('nonce'), iat: now, exp: now + 60 },
      ...{ email: 'mara@northern.example', email_verified: true },
    };
  };

  const says = (idToken: string) => () => ({
    body: JSON.stringify({ access_token: 'a', token_type: 'bearer', id_token: idToken }),
  });

  const comeBack = (browser: Client, asked: URLSearchParams, more = '') =>
    browser.get(`${answer}?code=c&state=${asked.get('state')}${more}`);

  const isSignedIn = async (browser: Client): Promise<boolean> =>
    (await browser.get('/account')).path === '/account';

  it('is told apart from a right one', async () => {
    const { browser, asked } = await away();
    party.answer = says(token(right(asked)));
    expect((await comeBack(browser, asked)).path).to.equal('/learning');
    expect(await isSignedIn(browser)).to.equal(true);
    const verifier = party.asked?.body.get('code_verifier') ?? '';
    expect(challengeOf(verifier)).to.equal(asked.get('code_challenge'));
    expect(asked.get('code_challenge_method')).to.equal('S256');
  });

  const forged: Record<string, (claims: ReturnType<typeof right>) => string> = {
    'signed by somebody else': claims => token(claims, 'foreign'),
    'not signed': claims => token(claims, 'none'),
    'for somebody else': claims => token({ ...claims, aud: 'others' }),
    'of another issuer': claims => token({ ...claims, iss: 'https://elsewhere.example' }),
    'of an earlier trip': claims => token({ ...claims, nonce: 'another' }),
    'without a nonce': ({ nonce: _, ...claims }) => token(claims),
    'that is over': claims => token({ ...claims, iat: claims.iat - 600, exp: claims.exp - 540 }),
    'changed after it was signed': claims => {
      const [head, , signature] = token(claims).split('.');
      return `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url')}.${signature}`;
    },
    'that is no token': () => 'nonsense',
  };

  for (const [name, make] of Object.entries(forged))
    it(`lets nobody in: a token ${name}`, async () => {
      const { browser, asked } = await away();
      party.answer = says(make(right(asked)));
      await refused(browser, await comeBack(browser, asked), 'failed');
    });

  it('lets nobody in: an error, a page, nothing', async () => {
    const answers = [
      { status: 400, body: JSON.stringify({ error: 'invalid_client', error_description: SECRET }) },
      { status: 500, type: 'text/html', body: `<h1>${SECRET}</h1>` },
      { status: 302, body: '' },
      { body: '{}' },
      { body: 'x'.repeat(2_000_000) },
    ];
    for (const said of answers) {
      const { browser, asked } = await away();
      party.answer = () => said;
      await refused(browser, await comeBack(browser, asked), 'failed');
    }
  });

  it('is expected from no provider that describes itself as another', async () => {
    const fault = await readProvider(`${party.base}/other`, true).catch((error: unknown) =>
      providerFault(error),
    );
    expect(fault).to.match(/ATTRIBUTE_COMPARISON/);
  });

  it('says so calmly where the provider refused', async () => {
    const { browser, asked } = await away();
    const page = await browser.get(
      `${answer}?error=access_denied&error_description=${SECRET.replaceAll(' ', '+')}&state=${asked.get('state')}`,
    );
    await refused(browser, page, 'denied');
  });

  it('lets nobody in: an answer twice, in another browser, with another state, too late', async () => {
    const { asked } = await away();
    party.answer = says(token(right(asked)));
    const other = world().visitor();
    await refused(other, await comeBack(other, asked), 'unknown');
    const again = await away();
    await refused(
      again.browser,
      await comeBack(again.browser, new URLSearchParams({ state: 'made up' })),
      'unknown',
    );
    await comeBack(again.browser, again.asked);
    await again.browser.get('/account');
    const twice = world().visitor();
    await refused(twice, await comeBack(twice, again.asked), 'unknown');
    const late = await away();
    await write('update identity_trips set expires_at = 1');
    party.answer = says(token(right(late.asked)));
    await refused(late.browser, await comeBack(late.browser, late.asked), 'unknown');
    expect(await count('identity_trips')).to.equal(0);
  });

  it('is expected with secrets of one trip alone', async () => {
    const [{ asked: one }, { asked: other }] = [await away(), await away()];
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(one.get(name), name).to.be.a('string').and.not.equal(other.get(name));
    expect(one.get('code_challenge_method')).to.equal('S256');
  });

  /** A calm page, nobody signed in, nothing of the provider's answer or secret on the page or in the log. */
  async function refused(browser: Client, page: Page, reason: string): Promise<void> {
    expect([page.status, reasonOn(page)]).to.deep.equal([403, reason]);
    expect(page.text).to.not.include(SECRET);
    expect(world().logged.join('\n')).to.not.include(SECRET);
    expect(await isSignedIn(browser)).to.equal(false);
  }
});
