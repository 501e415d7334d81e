import { expect } from 'chai';
import { linksIn, type Client } from '../../../../server/workshop/smoke/client.js';
import { csrfOf, sessionCookieOf } from '../../../people/accounts/browser.js';
import { ada, cleo, person, PASSWORD } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { cookiesOf, fromUs, raw } from '../raw.js';
import { said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

/** Rename somebody: an action that leaves a trace, with whatever cookies, token and headers. */
async function rename(cookie: string, token: string | string[] | null, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ name: 'Changed Name' });
  for (const text of token === null ? [] : [token].flat()) body.append('_csrf', text);
  return raw('/account/name', {
    method: 'POST',
    headers: { ...fromUs(), cookie, ...headers },
    body: body.toString(),
  });
}

const isChanged = async (browser: Client) => (await browser.get('/account')).text.includes('Changed Name');

describe('the token of a form', () => {
  ownWorld();
  it('lets our own form pass', async () => {
    const { browser } = await ada();
    const token = csrfOf(await browser.get('/account'));
    expect((await rename(browser.cookie, token)).status).to.equal(303);
    expect(await isChanged(browser)).to.equal(true);
  });

  it('is required, and must be that of this session', async () => {
    const [mine, other] = [await ada(), await cleo()];
    const visitor = world().visitor();
    const visitors = csrfOf(await visitor.get('/sign-in'));
    const own = csrfOf(await mine.browser.get('/account'));
    const theirs = csrfOf(await other.browser.get('/account'));
    const session = `session=${sessionCookieOf(mine.browser.cookie)}`;
    const tries: [string, string, string | string[] | null][] = [
      ['none', mine.browser.cookie, null],
      ['an empty one', mine.browser.cookie, ''],
      ['an invented one', mine.browser.cookie, `${'0'.repeat(64)}.${'1'.repeat(64)}`],
      ['an invented one in field and cookie', `${session}; form=${'0'.repeat(64)}.1`, `${'0'.repeat(64)}.1`],
      ['the one of another person', mine.browser.cookie, theirs],
      ['the one of another person, with its cookie', `${session}; form=${theirs}`, theirs],
      ['the one of a visitor, with its cookie', `${session}; form=${visitors}`, visitors],
      ['the right one without its cookie', session, own],
      ['the right one, cut short', mine.browser.cookie, own.slice(0, -1)],
      ['the right one twice', mine.browser.cookie, [own, own]],
    ];
    for (const [what, cookie, token] of tries) {
      const answer = await rename(cookie, token);
      expect(answer.status, what).to.equal(403);
      expect(plain(answer.text), what).to.include(said('problem.forbidden'));
    }
    expect(await isChanged(mine.browser)).to.equal(false);
  });

  it('is not taken from the address or from JSON', async () => {
    const { browser } = await ada();
    const token = csrfOf(await browser.get('/account'));
    const headers = { ...fromUs(), cookie: browser.cookie };
    const inAddress = await raw(`/account/name?_csrf=${token}`, {
      method: 'POST',
      headers,
      body: 'name=Changed+Name',
    });
    const inJson = await raw('/account/name', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ _csrf: token, name: 'Changed Name' }),
    });
    const asPlainText = await raw('/account/name', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/plain' },
      body: `_csrf=${token}&name=Changed+Name`,
    });
    expect([inAddress.status, inJson.status, asPlainText.status]).to.deep.equal([403, 403, 403]);
    expect(await isChanged(browser)).to.equal(false);
  });

  it('of a visitor ends with signing in', async () => {
    const { browser, email } = await person();
    const before = csrfOf(await browser.get('/sign-in'));
    await browser.submit('/sign-in', { email, password: PASSWORD });
    expect(csrfOf(await browser.get('/account'))).not.to.equal(before);
    expect((await rename(browser.cookie, before)).status).to.equal(403);
  });

  it('is the same in every form of the first page after signing in', async () => {
    const { browser, email } = await person();
    await browser.get('/account');
    const page = await browser.submit('/sign-in', { email, password: PASSWORD });
    expect(page.path).to.equal('/account');
    const tokens = [...page.text.matchAll(/name="_csrf" value="([^"]*)"/g)].map(([, token]) => token);
    expect(tokens.length).to.be.at.least(3);
    expect(new Set(tokens).size).to.equal(1);
    expect((await browser.submit('/account/name', { name: 'Changed Name' })).path).to.equal(
      '/account?saved=name',
    );
  });

  it('stays valid in one tab while others are opened', async () => {
    const { browser } = await ada();
    const first = await browser.get('/account');
    for (const path of ['/learning', '/courses', '/nothing-here', '/account']) await browser.get(path);
    browser.last = first;
    expect((await browser.submit('/account/name', { name: 'Changed Name' })).path).to.equal(
      '/account?saved=name',
    );
  });

  it('stays valid after a form that was refused before it was read', async () => {
    const { browser } = await ada();
    const first = await browser.get('/account');
    const refused = await browser.post('/account/name', { _csrf: csrfOf(first), name: 'x'.repeat(70_000) });
    expect(refused.status).to.equal(413);
    browser.last = first;
    expect((await browser.submit('/account/name', { name: 'Changed Name' })).path).to.equal(
      '/account?saved=name',
    );
  });

  it('has a cookie that is sent when a mailed link is opened, so that forms in other tabs stay valid', async () => {
    const cookies = cookiesOf(await raw('/sign-in'));
    expect(cookies).to.have.length(1);
    expect(cookies[0]).to.match(/^form=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('is in every form of the pages that people see', async () => {
    const { browser } = await ada();
    for (const path of [
      '/learning',
      '/account',
      '/courses/volunteers',
      '/certificates',
      '/sign-up',
      '/forgotten',
    ]) {
      const page = await browser.get(path);
      const forms = page.text
        .split('<form ')
        .slice(1)
        .map(form => form.slice(0, form.indexOf('</form>')));
      const bare = forms.filter(
        form => /method="post"/.test(form) && !/action="\/exit"/.test(form) && !/name="_csrf"/.test(form),
      );
      expect(bare, path).to.deep.equal([]);
    }
    expect(linksIn((await browser.get('/account')).text, /^\/account\//)).to.include('/account/password');
  });
});

describe('a form from another site', () => {
  ownWorld();
  const foreign: [string, Record<string, string>][] = [
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['same-site: another host of the same domain', { 'sec-fetch-site': 'same-site' }],
    ['none: typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['an invented word', { 'sec-fetch-site': 'same-origin, cross-site' }],
    ['an empty word', { 'sec-fetch-site': '' }],
    ['cross-site, though it claims our origin', { 'sec-fetch-site': 'cross-site', origin: 'OURS' }],
  ];
  for (const [what, headers] of foreign) {
    it(`is refused: Sec-Fetch-Site is ${what}`, async () => {
      const { browser } = await ada();
      const token = csrfOf(await browser.get('/account'));
      const sent = { ...headers, ...(headers.origin ? { origin: world().base } : {}) };
      expect((await rename(browser.cookie, token, sent)).status).to.equal(403);
      expect(await isChanged(browser)).to.equal(false);
    });
  }

  const origins = [
    'https://evil.example',
    'null',
    '',
    'http://127.0.0.1',
    'http://localhost',
    'OURS.evil.example',
    'https:OURS',
  ];
  for (const origin of origins) {
    it(`is refused where the browser sends no Sec-Fetch-Site: Origin is ${JSON.stringify(origin)}`, async () => {
      const { browser } = await ada();
      const token = csrfOf(await browser.get('/account'));
      const body = new URLSearchParams({ _csrf: token, name: 'Changed Name' }).toString();
      const sent = origin
        .replace('https:OURS', world().base.replace('http:', 'https:'))
        .replace('OURS', world().base);
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: browser.cookie,
        origin: sent,
      };
      // Our own host by another scheme is a proxy that is set up wrongly: the page says so.
      const refusal = origin === 'https:OURS' ? 421 : 403;
      expect((await raw('/account/name', { method: 'POST', headers, body })).status).to.equal(refusal);
      expect(await isChanged(browser)).to.equal(false);
    });
  }

  it('is recognised by its Origin in an older browser', async () => {
    const { browser } = await ada();
    const body = new URLSearchParams({
      _csrf: csrfOf(await browser.get('/account')),
      name: 'Changed Name',
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: browser.cookie };
    expect((await raw('/account/name', { method: 'POST', headers, body })).status).to.equal(403);
    const answer = await raw('/account/name', {
      method: 'POST',
      headers: { ...headers, origin: world().base },
      body,
    });
    expect(answer.status).to.equal(303);
  });

  it('is answered with a page, and leaves the person’s forms valid', async () => {
    const { browser } = await ada();
    const first = await browser.get('/account');
    const refused = await browser.post('/account/name', { name: 'Eve' }, { 'sec-fetch-site': 'cross-site' });
    expect(refused.status).to.equal(403);
    expect(plain(refused.text)).to.include(said('problem.forbiddenTitle'));
    expect(refused.text).to.include('href="/concern"');
    browser.last = first;
    expect((await browser.submit('/account/name', { name: 'Changed Name' })).path).to.equal(
      '/account?saved=name',
    );
  });

  it('may lead a person here by a link', async () => {
    const { browser } = await ada();
    const page = await browser.get('/learning', {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    });
    expect(page).to.include({ status: 200, path: '/learning' });
  });
});
