import { expect } from 'chai';
import { row, rows } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { fromUs, raw } from '../../../platform/http/raw.js';
import { ada } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { sessionIdOf } from '../browser.js';

const ELSEWHERE = 'https://www.wikipedia.org/';

describe('leaving in a hurry', () => {
  ownWorld();
  it('ends the session and leads to a neutral page', async () => {
    const { browser } = await ada();
    const cookie = browser.cookie;
    await browser.get('/learning');
    const page = await browser.submit('/exit');
    expect(page.status).to.equal(303);
    expect(page.headers.get('location')).to.equal(ELSEWHERE);
    expect(page.headers.get('clear-site-data')).to.equal('"cache", "storage"');
    expect(
      await row('select 1 as found from sessions where id_hash = $1', [sha256(sessionIdOf(cookie))]),
    ).to.equal(null);
    expect((await raw('/learning', { headers: { cookie } })).headers.location).to.equal(
      '/sign-in?next=%2Flearning',
    );
  });

  it('is the first control of every page, for visitors too', async () => {
    for (const path of ['/', '/concern', '/sign-in', '/nothing-here']) {
      const browser = world().visitor();
      await browser.get(path);
      expect((await browser.submit('/exit')).headers.get('location'), path).to.equal(ELSEWHERE);
    }
  });

  it('works after the session has ended', async () => {
    const { browser, id } = await ada();
    await browser.get('/learning');
    await inTransaction(() => rows('delete from sessions where user_id = $1', [id]));
    expect((await browser.submit('/exit')).headers.get('location')).to.equal(ELSEWHERE);
  });

  it('happens once when it is submitted twice', async () => {
    const { browser } = await ada();
    await browser.get('/learning');
    const form = browser.last;
    for (let time = 0; time < 2; time += 1) {
      browser.last = form;
      expect((await browser.submit('/exit')).headers.get('location')).to.equal(ELSEWHERE);
    }
  });

  it('may redirect there under the content security policy', async () => {
    const { headers } = await raw('/');
    const policy = String(headers['content-security-policy']);
    const formAction = policy.split(';').find(part => part.trim().startsWith('form-action')) ?? '';
    expect(formAction).to.include("'self'").and.include(new URL(ELSEWHERE).origin);
  });

  it('refuses a form from another site', async () => {
    const { browser } = await ada();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    ]) {
      const answer = await raw('/exit', {
        method: 'POST',
        headers: { ...fromUs(), cookie: browser.cookie, ...headers },
      });
      expect(answer.status, JSON.stringify(headers)).to.equal(403);
    }
    expect((await browser.get('/exit')).status).to.equal(404);
    expect((await browser.get('/learning')).path).to.equal('/learning');
  });
});
