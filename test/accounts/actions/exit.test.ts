import { expect } from 'chai';
import { row, rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/db/transaction.js';
import { sha256 } from '../../../server/lib/tokens.js';
import { fromUs, raw } from '../../http/raw.js';
import { ada } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';
import { sessionIdOf } from '../browser.js';

const ELSEWHERE = 'https://www.wikipedia.org/';

describe('leaving in a hurry', () => {
  ownWorld();
  it('ends the session and leads to a page that says nothing of this one', async () => {
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

  it('is on every page, before anything else, and works for visitors', async () => {
    for (const path of ['/', '/concern', '/sign-in', '/nothing-here']) {
      const browser = world().visitor();
      await browser.get(path);
      expect((await browser.submit('/exit')).headers.get('location'), path).to.equal(ELSEWHERE);
    }
  });

  it('works from a page whose session is over', async () => {
    const { browser, id } = await ada();
    await browser.get('/learning');
    await inTransaction(() => rows('delete from sessions where user_id = $1', [id]));
    expect((await browser.submit('/exit')).headers.get('location')).to.equal(ELSEWHERE);
  });

  it('twice is once', async () => {
    const { browser } = await ada();
    await browser.get('/learning');
    const form = browser.last;
    for (let time = 0; time < 2; time += 1) {
      browser.last = form;
      expect((await browser.submit('/exit')).headers.get('location')).to.equal(ELSEWHERE);
    }
  });

  it('is allowed to go there by the content security policy, which browsers apply to the redirect of a form', async () => {
    const { headers } = await raw('/');
    const policy = String(headers['content-security-policy']);
    const formAction = policy.split(';').find(part => part.trim().startsWith('form-action')) ?? '';
    expect(formAction).to.include("'self'").and.include(new URL(ELSEWHERE).origin);
  });

  it('is not a way for another site to sign people out', async () => {
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
