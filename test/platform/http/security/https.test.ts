import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { expect } from 'chai';
import { SIGN_IN_PAGES } from '../../../../server/people/accounts/routes.js';
import { csrfOf } from '../../../people/accounts/browser.js';
import { person, PASSWORD } from '../../../support/people.js';
import { cookiesOf, FORM, raw } from '../raw.js';
import { useUp } from './limits.js';
import { openSecondApp, type SecondApp } from '../second-app.js';
import { ownWorld } from '../../../support/world.js';

const OUTSIDE = 'https://training.example';

describe('behind a proxy, by HTTPS', () => {
  ownWorld();
  let app: SecondApp;

  before(async () => {
    app = await openSecondApp(() => ({ baseUrl: OUTSIDE, trustProxy: 1 }));
  });
  after(() => app.close());

  const ask = (path: string, request: Parameters<typeof raw>[1] = {}) =>
    raw(path, {
      ...request,
      base: app.base,
      headers: {
        host: 'training.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '203.0.113.7',
        ...request.headers,
      },
    });

  /** Signs in; the answer, and the cookies to go on with. */
  async function signIn(headers: Record<string, string> = {}) {
    const { email } = await person();
    const page = await ask('/sign-in');
    const form = cookiesOf(page)[0]?.split(';')[0] ?? '';
    const answer = await ask('/sign-in', {
      method: 'POST',
      headers: {
        'content-type': FORM,
        origin: OUTSIDE,
        'sec-fetch-site': 'same-origin',
        cookie: form,
        ...headers,
      },
      body: new URLSearchParams({ _csrf: csrfOf(page), email, password: PASSWORD }).toString(),
    });
    return { answer, cookie: [form, ...cookiesOf(answer).map(line => line.split(';')[0])].join('; ') };
  }

  it('tells browsers to use HTTPS only, for a year, subdomains included', async () => {
    for (const path of ['/', '/nothing-here', '/sign-in']) {
      const { headers } = await ask(path);
      expect(headers['strict-transport-security']).to.equal('max-age=31536000; includeSubDomains');
      expect(headers['content-security-policy']).to.include('upgrade-insecure-requests');
    }
  });

  it('sets cookies for this host and HTTPS only', async () => {
    const { answer } = await signIn();
    expect(answer.status).to.equal(303);
    const cookies = [...cookiesOf(await ask('/sign-in')), ...cookiesOf(answer)];
    expect(cookies.map(line => line.split('=')[0])).to.include.members(['__Host-form', '__Host-session']);
    for (const cookie of cookies) {
      expect(cookie).to.include('; Secure').and.include('; HttpOnly').and.include('; Path=/');
      expect(cookie).to.match(/SameSite=(Lax|Strict)/);
      expect(cookie).not.to.match(/Domain=/i);
    }
  });

  it('signs a person in', async () => {
    const { cookie } = await signIn();
    const page = await ask('/account', { headers: { cookie } });
    expect(page.status).to.equal(200);
    expect(page.text).to.include('action="/sign-out"');
  });

  it('ignores cookies of an installation without HTTPS', async () => {
    const { cookie } = await signIn();
    const plain = cookie.replaceAll('__Host-', '');
    expect((await ask('/account', { headers: { cookie: plain } })).status).to.equal(303);
  });

  it('accepts forms from BASE_URL, whatever the request’s host says', async () => {
    expect((await signIn({ 'sec-fetch-site': 'cross-site' })).answer.status).to.equal(403);
    const signedIn = (await signIn()).cookie;
    const page = await ask('/account', { headers: { cookie: signedIn } });
    const token = csrfOf(page);
    const cookie = `${signedIn.replace(/__Host-form=[^;]*/, '')}; ${cookiesOf(page)[0]?.split(';')[0] ?? ''}`;
    const body = new URLSearchParams({ _csrf: token, name: 'Changed Name' }).toString();
    const post = (headers: Record<string, string>) =>
      ask('/account/name', { method: 'POST', headers: { 'content-type': FORM, cookie, ...headers }, body });
    for (const origin of [app.base, 'http://training.example', 'https://training.example:8443']) {
      expect((await post({ origin, host: new URL(origin).host })).status, origin).to.equal(421);
    }
    expect((await post({ origin: OUTSIDE })).status).to.equal(303);
  });

  it('explains on the sign-in pages, and once in the log, that the proxy does not announce HTTPS', async () => {
    const bare = await openSecondApp(() => ({ baseUrl: OUTSIDE, trustProxy: 1 }));
    const headers = { host: 'training.example', 'x-forwarded-for': '203.0.113.7' };
    const get = (path: string, more: Record<string, string> = {}) =>
      raw(path, { base: bare.base, headers: { ...headers, ...more } });
    expect((await get('/')).status).to.equal(200);
    for (const path of SIGN_IN_PAGES) {
      for (const proto of [undefined, 'http', 'ftp']) {
        const page = await get(path, proto ? { 'x-forwarded-proto': proto } : {});
        expect(page.status, path).to.equal(503);
        expect(page.text).to.include('data-setup="scheme"');
      }
      expect((await get(path, { 'x-forwarded-proto': 'https' })).status, path).to.be.oneOf([200, 404]);
    }
    const form = { ...headers, 'content-type': FORM, 'sec-fetch-site': 'same-origin' };
    const sent = await raw('/sign-in', { base: bare.base, method: 'POST', headers: form, body: 'email=a' });
    expect(sent.status).to.equal(503);
    expect(sent.text).to.include('data-setup="scheme"');
    const told = bare.logged.filter(line => line.includes('X-Forwarded-Proto'));
    expect(told).to.have.length(1);
    await bare.close();
  });

  it('explains to an older browser that it uses another address than BASE_URL', async () => {
    const answer = await ask('/sign-in', {
      method: 'POST',
      headers: { 'content-type': FORM, host: 'www.example', origin: 'https://www.example' },
      body: 'email=a',
    });
    expect(answer.status).to.equal(421);
    expect(answer.text).to.include('data-setup="host"');
    const foreign = { 'content-type': FORM, origin: 'https://evil.example' };
    expect((await ask('/sign-in', { method: 'POST', headers: foreign, body: 'email=a' })).status).to.equal(
      403,
    );
  });

  it('limits each address that the proxy forwards', async () => {
    const page = await ask('/sign-in');
    const cookie = cookiesOf(page)[0]?.split(';')[0] ?? '';
    const tryFrom = async (address: string) =>
      (
        await ask('/sign-in', {
          method: 'POST',
          headers: { 'content-type': FORM, origin: OUTSIDE, cookie, 'x-forwarded-for': address },
          body: new URLSearchParams({
            _csrf: csrfOf(page),
            email: 'nobody@example.org',
            password: 'wrong',
          }).toString(),
        })
      ).status;
    await useUp(accountLimits.signInByAddress, '203.0.113.8');
    expect(await tryFrom('203.0.113.8')).to.equal(429);
    expect(await tryFrom('198.51.100.1, 203.0.113.8')).to.equal(429);
    expect(await tryFrom('203.0.113.9')).to.equal(422);
  });
});
