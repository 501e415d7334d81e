import { expect } from 'chai';
import { row } from '../../../support/rows.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { fromUs, raw } from '../../../platform/http/raw.js';
import { ada, cleo } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf, sessionIdOf } from '../browser.js';

describe('signing out', () => {
  ownWorld();
  it('ends the session, clears the browser’s data and leads to the sign-in page', async () => {
    const { browser } = await ada();
    const token = csrfOf(await browser.get('/account'));
    const cookie = browser.cookie;
    const answer = await raw('/sign-out', {
      method: 'POST',
      headers: { ...fromUs(), cookie },
      body: new URLSearchParams({ _csrf: token }).toString(),
    });
    expect(answer.status).to.equal(303);
    expect(answer.headers.location).to.equal('/sign-in');
    expect(answer.headers['clear-site-data']).to.equal('"cache", "storage"');
    expect((await raw('/account', { headers: { cookie } })).status).to.equal(303);
    expect(
      await row('select 1 as found from sessions where id_hash = $1', [sha256(sessionIdOf(cookie))]),
    ).to.equal(null);
  });

  it('is possible from every page', async () => {
    const { browser } = await ada();
    await browser.get('/learning');
    expect((await browser.submit('/sign-out')).path).to.equal('/sign-in');
    expect((await browser.get('/learning')).path).to.equal('/sign-in?next=%2Flearning');
  });

  it('ends this session and no other', async () => {
    const [one, other] = [await ada(), await cleo()];
    await one.browser.get('/learning');
    await one.browser.submit('/sign-out');
    expect((await other.browser.get('/learning')).path).to.equal('/learning');
  });

  it('is refused without the token and as a GET', async () => {
    const { browser } = await ada();
    expect((await browser.post('/sign-out', {})).status).to.equal(403);
    expect((await browser.get('/sign-out')).status).to.equal(404);
    expect((await browser.get('/learning')).path).to.equal('/learning');
  });

  it('happens once when it is submitted twice', async () => {
    const { browser } = await ada();
    await browser.get('/learning');
    const form = browser.last;
    await browser.submit('/sign-out');
    browser.last = form;
    expect((await browser.submit('/sign-out')).status).to.be.oneOf([200, 403]);
    expect((await browser.get('/learning')).path).to.include('/sign-in');
  });

  it('does nothing for a visitor', async () => {
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    expect(await browser.post('/sign-out', { _csrf: token })).to.include({ status: 200, path: '/sign-in' });
  });
});
