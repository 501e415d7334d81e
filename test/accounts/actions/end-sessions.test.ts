import { expect } from 'chai';
import { rows } from '../../support/rows.js';
import type { Client } from '../../../server/smoke/client.js';
import { ada, cleo, PASSWORD } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';
import { csrfOf } from '../browser.js';
import { said } from '../../support/said.js';
import { plain } from '../../support/pages.js';

async function again(email: string): Promise<Client> {
  const browser = world().visitor();
  await browser.get('/sign-in');
  await browser.submit('/sign-in', { email, password: PASSWORD });
  return browser;
}

const isIn = async (browser: Client) => (await browser.get('/account')).path === '/account';

describe('signing out everywhere else', () => {
  ownWorld();
  it('ends the other sessions at once and keeps this one', async () => {
    const [{ browser, email }, other] = [await ada(), await cleo()];
    const [second, third] = [await again(email), await again(email)];
    const page = await browser.get('/account');
    expect(page.text.match(/<li class="actions between">/g)).to.have.length(3);
    expect(plain(page.text).split(said('account.thisDevice'))).to.have.length(2);
    expect(plain(page.text)).to.include(said('account.sessionsLead'));
    const after = await browser.submit('/account/sessions');
    expect(after).to.include({ status: 200, path: '/account?done=sessions' });
    expect(after.text.match(/<li class="actions between">/g)).to.have.length(1);
    expect(after.text).not.to.include('action="/account/sessions"');
    expect(plain(after.text)).not.to.include(said('account.sessionsLead'));
    expect([await isIn(second), await isIn(third)]).to.deep.equal([false, false]);
    expect([await isIn(browser), await isIn(other.browser)]).to.deep.equal([true, true]);
  });

  it('lists only one’s own sessions and shows no session id', async () => {
    const { browser } = await ada();
    const page = await browser.get('/account');
    expect(page.text.match(/<li class="actions between">/g)).to.have.length(1);
    for (const { hash } of await rows<{ hash: string }>('select id_hash as hash from sessions')) {
      expect(page.text).not.to.include(hash);
    }
  });

  it('happens once when it is submitted twice', async () => {
    const { browser, email } = await ada();
    await again(email);
    await browser.get('/account');
    const form = browser.last;
    await browser.submit('/account/sessions');
    browser.last = form;
    expect((await browser.submit('/account/sessions')).status).to.equal(200);
    expect(await isIn(browser)).to.equal(true);
  });

  it('needs sign-in', async () => {
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    expect((await browser.post('/account/sessions', { _csrf: token })).path).to.equal('/sign-in');
  });

  it('is refused without the token', async () => {
    const { browser, email } = await ada();
    const second = await again(email);
    expect((await browser.post('/account/sessions', {})).status).to.equal(403);
    expect(await isIn(second)).to.equal(true);
  });
});
