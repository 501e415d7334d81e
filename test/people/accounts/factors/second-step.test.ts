import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { blockPerson } from '../../../../server/people/accounts/blocking.js';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { takeRecoveryCode } from '../../../../server/people/accounts/factors/recovery-codes.js';
import { count, row, write } from '../../../support/rows.js';
import { PASSWORD, person } from '../../../support/people.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { sessionIdOf, submitAtOnce } from '../browser.js';
import { mailedLink } from '../mailed-links.js';
import { firstStep, nextCode, olderCode, withApp } from './with-app.js';

const STEP = '/sign-in/second-step';

describe('the second step of signing in', () => {
  ownWorld();

  it('comes after the password, which alone opens nothing', async () => {
    const ada = await withApp();
    const { browser } = ada;
    const asked = await firstStep(browser, ada, '/certificates');
    expect(asked.path).to.equal(`${STEP}?next=%2Fcertificates`);
    const waiting = sessionIdOf(browser.cookie);
    expect((await browser.get('/account')).path).to.equal(`${STEP}?next=%2Faccount`);
    expect(await count(`events where name = 'account.signed-in' and actor_id = $1`, [ada.id])).to.equal(0);
    await browser.get(`${STEP}?next=%2Fcertificates`);
    expect(await browser.submit(STEP, { code: nextCode() })).to.include({
      path: '/certificates',
      status: 200,
    });
    expect(sessionIdOf(browser.cookie)).to.not.equal(waiting);
    expect((await browser.get('/account')).path).to.equal('/account');
    expect(await count(`events where name = 'account.signed-in' and actor_id = $1`, [ada.id])).to.equal(1);
  });

  it('is asked after every way in', async () => {
    const ada = await withApp();
    const browser = world().visitor();
    const byLink = async () => {
      await browser.get('/sign-in/link');
      await browser.submit('/sign-in/link', { email: ada.email });
      await browser.get(await mailedLink(ada.email, '/arrival'));
      await browser.submit('/arrival');
    };
    const byNewPassword = async () => {
      await browser.get('/forgotten');
      await browser.submit('/forgotten', { email: ada.email });
      await browser.get(await mailedLink(ada.email, '/new-password'));
      await browser.submit('/new-password', { password: PASSWORD });
      await firstStep(browser, ada);
    };
    for (const come of [byLink, byNewPassword]) {
      await come();
      expect((await browser.get('/account')).path).to.equal(`${STEP}?next=%2Faccount`);
      await browser.submit('/sign-out');
      expect((await browser.get('/account')).path).to.match(/^\/sign-in\?/);
    }
  });

  it('takes each code of the app once, however often it is sent at once, and no older one after it', async () => {
    const ada = await withApp();
    await firstStep(ada.browser, ada);
    const code = nextCode();
    const pages = await submitAtOnce(ada.browser, STEP, { code }, 5);
    expect(pages.filter(({ status }) => status === 200)).to.have.length.at.least(1);
    const other = world().visitor();
    await firstStep(other, ada);
    for (const used of [code, olderCode()]) {
      const again = await other.submit(STEP, { code: used });
      expect(errorsOn(again)).to.deep.equal({ code: said('errors.factor-code') });
    }
    expect(await count(`events where name = 'account.signed-in' and actor_id = $1`, [ada.id])).to.equal(1);
  });

  it('takes each recovery code once, however it is typed, and only its owner’s', async () => {
    const [ada, other] = [await withApp(), await withApp()];
    const [code = ''] = ada.codes;
    await firstStep(other.browser, other);
    expect((await other.browser.submit(STEP, { code })).status).to.equal(422);
    await firstStep(ada.browser, ada);
    const typed = `${code.slice(0, 8).toLowerCase()} - ${code.slice(8)}`;
    expect((await ada.browser.submit(STEP, { code: typed })).path).to.equal('/learning');
    const second = world().visitor();
    await firstStep(second, ada);
    expect((await second.submit(STEP, { code })).status).to.equal(422);
  });

  it('slows down who guesses the digits, and lets the owner in by paper', async () => {
    const ada = await withApp();
    await firstStep(ada.browser, ada);
    const wrong = nextCode() === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 10; tries += 1)
      expect((await ada.browser.submit(STEP, { code: wrong })).status).to.equal(422);
    const late = await ada.browser.submit(STEP, { code: nextCode() });
    expect(late.status).to.equal(429);
    expect(Number(late.headers.get('retry-after'))).to.be.within(1, 1800);
    expect((await ada.browser.submit(STEP, { code: ada.codes[0] ?? '' })).path).to.equal('/learning');
  });

  it('slows down who guesses recovery codes', async () => {
    const ada = await withApp();
    await firstStep(ada.browser, ada);
    for (let tries = 0; tries < 10; tries += 1)
      expect((await ada.browser.submit(STEP, { code: '0000-0000-0000-0000' })).status).to.equal(422);
    expect((await ada.browser.submit(STEP, { code: ada.codes[0] ?? '' })).status).to.equal(429);
  });

  it('does not let in somebody who was blocked meanwhile', async () => {
    const ada = await withApp();
    await firstStep(ada.browser, ada);
    // Without an end to the session that waits.
    await write('update users set disabled_at = 1 where id = $1', [ada.id]);
    recentActors().remove(ada.id);
    expect((await ada.browser.submit(STEP, { code: ada.codes[0] ?? '' })).status).to.equal(403);
    await write('update users set disabled_at = null where id = $1', [ada.id]);
    await blockPerson(ada.id, 'Reported', { actorId: null, now: Date.now() });
    for (const path of [STEP, '/account'])
      expect((await ada.browser.get(path)).path).to.match(/^\/sign-in(\?|$)/);
  });

  it('is nothing to whoever has not taken the first', async () => {
    const { browser } = await person();
    expect((await browser.get(STEP)).path).to.equal('/sign-in');
  });

  it('keeps no secret that a reader of the database could use', async () => {
    const ada = await withApp();
    const stored = await row<{ sealed: string }>(
      'select sealed_secret as sealed from authenticator_apps where user_id = $1',
      [ada.id],
    );
    expect(stored?.sealed).to.not.match(/^[A-Z2-7]+$/);
    for (const code of ada.codes)
      expect(await count('recovery_codes where code_hash = $1', [code])).to.equal(0);
    const [code = ''] = ada.codes;
    const [now, key] = [Date.now(), world().secrets.factors];
    expect(await takeRecoveryCode(ada.id, { code, now, key: randomBytes(32) }), 'without our key').to.equal(
      false,
    );
    expect(await takeRecoveryCode(ada.id, { code, now, key })).to.equal(true);
  });
});
