import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { row, rows } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { useUp } from '../../../platform/http/security/limits.js';
import { fromUs, raw } from '../../../platform/http/raw.js';
import { ada, dina, person, PASSWORD, type Person } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf, sessionCookieOf, sessionIdOf } from '../browser.js';
import { errorsOn, said } from '../../../support/said.js';

async function signIn(email: string, password: string, browser: Client = world().visitor()): Promise<Page> {
  await browser.get('/sign-in');
  return browser.submit('/sign-in', { email, password });
}

const sessionOf = (browser: Client): string => sessionCookieOf(browser.cookie);
/** A page without what differs from one answer to the next. */
const steady = (html: string): string =>
  html.replace(/nonce="[^"]*"|name="_csrf" value="[^"]*"|id="email"[^>]*value="[^"]*"/g, '');

const disable = ({ id }: Person) =>
  inTransaction(() => rows('update users set disabled_at = $1 where id = $2', [Date.now(), id]));

describe('signing in', () => {
  ownWorld();
  it('leads to the courses of the person', async () => {
    const { email, browser } = await person({ name: 'Ada Marlow' });
    const page = await signIn(email, PASSWORD, browser);
    expect(page).to.include({ status: 200, path: '/learning' });
    expect(page.text).to.include('action="/sign-out"');
  });

  it('ignores case and blanks in the address, and nothing in the password', async () => {
    const { email } = await person();
    expect((await signIn(`  ${email.toUpperCase()} `, PASSWORD)).path).to.equal('/learning');
    expect((await signIn(email, PASSWORD.toUpperCase())).status).to.equal(422);
    expect((await signIn(email, `${PASSWORD} `)).status).to.equal(422);
    expect((await signIn(email, ` ${PASSWORD}`)).status).to.equal(422);
  });

  it('makes no session before, and a new one each time', async () => {
    const { email, browser } = await person();
    await browser.get('/');
    await browser.get('/sign-in');
    expect(sessionOf(browser)).to.equal('');
    await signIn(email, PASSWORD, browser);
    const first = sessionOf(browser);
    expect(sessionIdOf(`session=${first}`)).to.have.length.of.at.least(22);
    expect(
      await row('select 1 as found from sessions where id_hash = $1', [
        sha256(sessionIdOf(`session=${first}`)),
      ]),
    ).not.to.equal(null);
    expect(JSON.stringify(await rows('select * from sessions'))).not.to.include(
      sessionIdOf(`session=${first}`),
    );
    await signIn(email, PASSWORD, world().visitor());
    expect(sessionOf(browser)).to.equal(first);
  });

  it('does not adopt a planted session id', async () => {
    const attacker = await ada();
    const { email } = await person();
    const planted = sessionOf(attacker.browser);
    const page = await raw('/sign-in', { headers: { cookie: `session=${planted}x` } });
    const token = csrfOf(page);
    const form = `form=${/form=([^;]*)/.exec(String(page.headers['set-cookie']))?.[1] ?? ''}`;
    const answer = await raw('/sign-in', {
      method: 'POST',
      headers: { ...fromUs(), cookie: `session=${planted}x; ${form}` },
      body: new URLSearchParams({ _csrf: decodeURIComponent(token), email, password: PASSWORD }).toString(),
    });
    expect(answer.status).to.equal(303);
    const given = /session=([^;]*)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
    expect(given).not.to.equal('');
    expect(sessionIdOf(`session=${given}`)).not.to.equal(sessionIdOf(`session=${planted}`));
  });

  it('changes the session id when another person signs in', async () => {
    const first = await ada();
    const second = await person({ name: 'Second Person' });
    const before = sessionOf(first.browser);
    const token = csrfOf(await first.browser.get('/account'));
    await first.browser.post('/sign-in', { _csrf: token, email: second.email, password: PASSWORD });
    expect(sessionIdOf(first.browser.cookie)).not.to.equal(sessionIdOf(`session=${before}`));
    expect((await first.browser.get('/account')).text).to.include(second.email);
    const old = await raw('/account', { headers: { cookie: `session=${before}` } });
    expect(old.status).to.equal(303);
  });

  it('sets a cookie that is hidden from scripts and other sites', async () => {
    const { email, browser } = await person();
    await browser.get('/sign-in');
    const form = { _csrf: csrfOf(browser.last ?? { text: '' }), email, password: PASSWORD };
    const answer = await raw('/sign-in', {
      method: 'POST',
      headers: { ...fromUs(), cookie: browser.cookie },
      body: new URLSearchParams(form).toString(),
    });
    const cookie = [answer.headers['set-cookie'] ?? []].flat().find(line => line.startsWith('session='));
    expect(cookie).to.match(/; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('answers a wrong password, an unknown address and a blocked person with a wrong one alike', async () => {
    const [known, disabled] = [await person(), await person()];
    await disable(disabled);
    const pages = [
      await signIn(known.email, 'not the password at all'),
      await signIn(`${randomUUID()}@example.org`, PASSWORD),
      await signIn(disabled.email, 'not the password at all'),
    ];
    for (const page of pages) {
      expect(page).to.include({ status: 422, path: '/sign-in' });
      expect(errorsOn(page)).to.deep.equal({ password: said('errors.sign-in') });
      expect(steady(page.text)).to.equal(steady(pages[0]?.text ?? ''));
    }
  });

  it('shows the typed address again, never the password', async () => {
    const page = await signIn('ada.typed@example.org', 'a secret that was typed');
    expect(page.text).to.include('value="ada.typed@example.org"').and.not.include('a secret that was typed');
  });

  it('names the fields that are missing', async () => {
    const page = await signIn('', '');
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({ email: said('errors.email'), password: said('errors.password') });
  });

  it('does not count empty forms as tries', async () => {
    for (let time = 0; time < 12; time += 1) expect((await signIn('', '')).status).to.equal(422);
  });

  it('treats an address with a control character as unknown', async () => {
    expect((await signIn('a\u0000da@example.org', PASSWORD)).status).to.equal(422);
  });

  it('refuses a field that comes twice', async () => {
    const { email, browser } = await person();
    await browser.get('/sign-in');
    const page = await browser.submit('/sign-in', { email: [email, email], password: PASSWORD });
    expect(page.status).to.equal(422);
  });

  it('ends the session of a blocked person at their next page', async () => {
    const somebody = await ada();
    await disable(somebody);
    recentActors().remove(somebody.id);
    const page = await somebody.browser.get('/account');
    expect(page.path).to.equal('/sign-in?next=%2Faccount');
  });

  it('redirects somebody who is signed in to their courses', async () => {
    const { browser } = await ada();
    expect((await browser.get('/sign-in')).path).to.equal('/learning');
  });

  it('leads back to the page that required it', async () => {
    const { email, browser } = await dina().then(async ({ email }) => ({
      email,
      browser: world().visitor(),
    }));
    const asked = await browser.get('/admin/people?query=ada&after=x');
    expect(asked.path).to.equal(`/sign-in?next=${encodeURIComponent('/admin/people?query=ada&after=x')}`);
    const page = await browser.submit('/sign-in', { email, password: PASSWORD });
    expect(page.path).to.equal('/admin/people?query=ada&after=x');
  });

  it('still leads there after a wrong password', async () => {
    const { email, browser } = await person();
    await browser.get('/account');
    await browser.submit('/sign-in', { email, password: 'not the password at all' });
    expect((await browser.submit('/sign-in', { email, password: PASSWORD })).path).to.equal('/account');
  });

  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'evil.example',
    '/\t/evil.example',
    '/account\r\nSet-Cookie: session=x',
    '/%0d%0aSet-Cookie:x',
    ' //evil.example',
    '/@evil.example',
  ];
  for (const next of elsewhere) {
    it(`never leads to ${JSON.stringify(next)}`, async () => {
      const { email, browser } = await person();
      await browser.get(`/sign-in?next=${encodeURIComponent(next)}`);
      const token = csrfOf(browser.last ?? { text: '' });
      const answer = await raw('/sign-in', {
        method: 'POST',
        headers: { ...fromUs(), cookie: browser.cookie },
        body: new URLSearchParams({ _csrf: token, email, password: PASSWORD, next }).toString(),
      });
      expect(answer.status).to.equal(303);
      const target = new URL(String(answer.headers.location), world().base);
      expect(target.origin).to.equal(world().base);
      expect(answer.headers.location).to.match(/^\/(?![/\\])/);
    });
  }

  it('is refused without the token, from another site, and with a token of another visitor', async () => {
    const { email, browser } = await person();
    const fields = { email, password: PASSWORD };
    expect((await browser.post('/sign-in', fields)).status).to.equal(403);
    const other = world().visitor();
    await other.get('/sign-in');
    const token = csrfOf(other.last ?? { text: '' });
    await browser.get('/sign-in');
    expect((await browser.post('/sign-in', { ...fields, _csrf: token })).status).to.equal(403);
    await browser.get('/sign-in');
    const own = csrfOf(browser.last ?? { text: '' });
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    expect((await browser.post('/sign-in', { ...fields, _csrf: own }, crossSite)).status).to.equal(403);
    expect(sessionOf(browser)).to.equal('');
  });

  it('records the sign-in without the address', async () => {
    const { id, email } = await person();
    await signIn(email, PASSWORD);
    const found = await rows<{ payload: string }>(
      `select payload from events where name = 'account.signed-in' and actor_id = $1`,
      [id],
    );
    expect(found).to.deep.equal([{ payload: JSON.stringify({ userId: id }) }]);
    expect(world().logged.join('')).not.to.include(email);
  });

  it('forgets wrong tries after a right one', async () => {
    const { email } = await person();
    for (let time = 0; time < 9; time += 1) await signIn(email, 'not the password at all');
    expect((await signIn(email, PASSWORD)).path).to.equal('/learning');
    expect((await signIn(email, 'not the password at all')).status).to.equal(422);
    expect((await signIn(email, PASSWORD)).path).to.equal('/learning');
  });

  it('is limited for one network address, whatever the request says of others', async () => {
    await useUp(accountLimits.signInByAddress, '203.0.113.44');
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    const fields = { _csrf: token, email: `${randomUUID()}@example.org`, password: 'wrong' };
    const from = (address: string) => browser.post('/sign-in', fields, { 'x-forwarded-for': address });
    expect((await from('198.51.100.9, 203.0.113.44')).status).to.equal(429);
    expect((await from('203.0.113.44, 198.51.100.9')).status).to.equal(422);
  });
});
