import { expect } from 'chai';
import { rows } from '../../../support/rows.js';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { ada, cleo, PASSWORD } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf } from '../browser.js';
import { said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

async function again(email: string): Promise<Client> {
  const browser = world().visitor();
  await browser.get('/sign-in');
  await browser.submit('/sign-in', { email, password: PASSWORD });
  return browser;
}

const PAGE = '/account/sessions';

const listed = (text: string): number => text.match(/data-session/g)?.length ?? 0;

const isIn = async (browser: Client) => (await browser.get('/account')).path === '/account';

describe('signing out everywhere else', () => {
  ownWorld();
  it('ends the other sessions at once and keeps this one', async () => {
    const [{ browser, email }, other] = [await ada(), await cleo()];
    const [second, third] = [await again(email), await again(email)];
    const page = await browser.get(PAGE);
    expect(listed(page.text)).to.equal(3);
    expect(plain(page.text).split(said('ownSessions.this'))).to.have.length(2);
    const after = await browser.submit(PAGE);
    expect(after).to.include({ status: 200, path: `${PAGE}?done=sessions` });
    expect(listed(after.text)).to.equal(1);
    expect(after.text).not.to.include(`action="${PAGE}"`);
    expect([await isIn(second), await isIn(third)]).to.deep.equal([false, false]);
    expect([await isIn(browser), await isIn(other.browser)]).to.deep.equal([true, true]);
  });

  it('lists only one’s own sessions and shows no session id', async () => {
    const { browser } = await ada();
    const page = await browser.get(PAGE);
    expect(listed(page.text)).to.equal(1);
    for (const { hash } of await rows<{ hash: string }>('select id_hash as hash from sessions')) {
      expect(page.text).not.to.include(hash);
    }
  });

  it('happens once when it is submitted twice', async () => {
    const { browser, email } = await ada();
    await again(email);
    await browser.get(PAGE);
    const form = browser.last;
    await browser.submit(PAGE);
    browser.last = form;
    expect((await browser.submit(PAGE)).status).to.equal(200);
    expect(await isIn(browser)).to.equal(true);
  });

  it('ends one alone, and nobody else’s', async () => {
    const [{ browser, email }, other] = [await ada(), await cleo()];
    const [second, third] = [await again(email), await again(email)];
    await browser.get(PAGE);
    const [mark = ''] = /(?<=name="session" value=")[0-9a-f]+/.exec((await third.get(PAGE)).text) ?? [];
    const token = csrfOf(await other.browser.get(PAGE));
    await other.browser.post(`${PAGE}/end`, { _csrf: token, session: mark });
    expect([await isIn(browser), await isIn(second), await isIn(third)]).to.deep.equal([true, true, true]);
    const own = csrfOf(await third.get(PAGE));
    const ended = await third.post(`${PAGE}/end`, { _csrf: own, session: mark });
    expect(ended.path).to.equal(`${PAGE}?done=session`);
    expect(listed(ended.text)).to.equal(2);
    expect(await isIn(third)).to.equal(true);
    expect((await third.post(`${PAGE}/end`, { _csrf: own, session: mark })).status).to.equal(200);
    expect((await third.post(`${PAGE}/end`, { _csrf: own, session: 'x' })).status).to.equal(404);
  });

  it('needs sign-in', async () => {
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    expect((await browser.post(PAGE, { _csrf: token })).path).to.equal('/sign-in');
  });

  it('is refused without the token', async () => {
    const { browser, email } = await ada();
    const second = await again(email);
    expect((await browser.post(PAGE, {})).status).to.equal(403);
    expect(await isIn(second)).to.equal(true);
  });
});
