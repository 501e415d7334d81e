import { expect } from 'chai';
import { blockPerson } from '../../../../../server/people/accounts/blocking.js';
import { count, row, write } from '../../../../support/rows.js';
import { dina, person } from '../../../../support/people.js';
import { send } from '../../../../support/pages.js';
import { browserOf } from '../../../../support/session.js';
import { said } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';
import { mailsTo } from '../../mails.js';
import { firstStep } from '../with-app.js';
import type { Deceit } from './authenticator.js';
import { askedToSign, enterBy, newDevice, withPasskey } from './with-passkey.js';

const STEP = '/sign-in/second-step';

const isIn = async (browser: { get(path: string): Promise<{ path: string }> }) =>
  (await browser.get('/account')).path === '/account';

describe('a passkey', () => {
  ownWorld();

  it('signs in alone, and is both factors', async () => {
    const { browser, device, id } = await withPasskey();
    const page = await send(browser, '/sign-in/passkey', {
      passkey: device.sign(await askedToSign(browser)),
      next: '/certificates',
    });
    expect(page).to.include({ path: '/certificates', status: 200 });
    expect(await isIn(browser)).to.equal(true);
    const kept = await row<{ used: number }>('select last_used_at as used from passkeys where user_id = $1', [
      id,
    ]);
    expect(Number(kept?.used)).to.be.greaterThan(0);
    expect(await count(`events where name = 'account.signed-in' and actor_id = $1`, [id])).to.equal(1);
  });

  const REFUSED: readonly (readonly [what: string, deceit: Deceit])[] = [
    ['on another site', { origin: 'https://evil.example' }],
    ['for another site', { rpId: 'evil.example' }],
    ['for another challenge', { challenge: 'A'.repeat(43) }],
    ['without PIN or finger', { isUnverified: true }],
    ['by another key', { isForged: true }],
    ['for somebody else', { userHandle: Buffer.from('somebody else').toString('base64url') }],
    ['when it was to be made', { type: 'webauthn.create' }],
  ];
  for (const [what, deceit] of REFUSED)
    it(`is refused where it signed ${what}`, async () => {
      const { browser, device } = await withPasskey();
      expect((await enterBy(browser, device, deceit)).status).to.equal(403);
      expect(await isIn(browser)).to.equal(false);
    });

  it('is refused where nobody has it, or what was sent is no answer', async () => {
    const browser = world().visitor();
    expect((await enterBy(browser, newDevice())).status).to.equal(403);
    for (const passkey of [
      '',
      'null',
      '[]',
      '{"id":"a\u0000","response":{}}',
      '{"id":"a"}',
      'x'.repeat(30_000),
    ])
      expect((await send(browser, '/sign-in/passkey', { passkey })).status, passkey).to.equal(403);
  });

  it('answers a challenge once, in the browser that was asked, and in time', async () => {
    const { browser, device } = await withPasskey();
    const other = world().visitor();
    // Its counter is no help where a device does not count.
    const passkey = device.sign(await askedToSign(browser), { counter: 0 });
    expect((await send(other, '/sign-in/passkey', { passkey })).status, 'elsewhere').to.equal(403);
    expect((await send(browser, '/sign-in/passkey', { passkey })).path).to.equal('/learning');
    await send(browser, '/sign-out');
    expect((await send(browser, '/sign-in/passkey', { passkey })).status, 'again').to.equal(403);
    const late = device.sign(await askedToSign(browser));
    await write('update passkey_challenges set expires_at = $1', [Date.now() - 1]);
    expect((await send(browser, '/sign-in/passkey', { passkey: late })).status, 'late').to.equal(403);
  });

  it('that counts no further is refused, and its owner is told', async () => {
    const { browser, device, id, email } = await withPasskey();
    await enterBy(browser, device, { counter: 5 });
    for (const counter of [5, 4, 0]) {
      const copy = world().visitor();
      expect((await enterBy(copy, device, { counter })).status, String(counter)).to.equal(403);
      expect(await isIn(copy)).to.equal(false);
    }
    expect(
      await count(`events where name = 'account.passkey-refused' and payload like $1`, [`%${id}%`]),
    ).to.equal(3);
    const mails = (await mailsTo(email)).map(({ text }) => text ?? '');
    expect(mails.filter(text => text.includes(said('mail.factor.passkeyRefused')))).to.have.length(3);
    expect((await enterBy(world().visitor(), device, { counter: 6 })).path).to.equal('/learning');
  });

  it('that never counts is taken each time', async () => {
    const { device } = await withPasskey();
    for (let time = 0; time < 2; time += 1)
      expect((await enterBy(world().visitor(), device, { counter: 0 })).path).to.equal('/learning');
  });

  it('is the second step, and only its owner’s is', async () => {
    const [ada, other] = [await withPasskey(), await withPasskey()];
    await firstStep(ada.browser, ada);
    const wrong = other.device.sign(await askedToSign(ada.browser));
    expect((await send(ada.browser, STEP, { passkey: wrong })).status).to.equal(403);
    expect(await isIn(ada.browser)).to.equal(false);
    const passkey = ada.device.sign(await askedToSign(ada.browser));
    expect((await send(ada.browser, STEP, { passkey })).path).to.equal('/learning');
    expect(await isIn(ada.browser)).to.equal(true);
  });

  it('is the proof that it is still they, and sends the form that waits', async () => {
    const { id, device } = await withPasskey();
    const browser = await browserOf(id, Date.now() - 11 * 60_000);
    const asking = await send(browser, '/account/data/exports', { kept: 'word' });
    expect(asking.status).to.equal(403);
    expect(asking.text).to.include('data-passkey').and.to.include('value="word"');
    const forged = device.sign(await askedToSign(browser), { isForged: true });
    expect((await send(browser, '/account/data/exports', { passkey: forged })).status).to.equal(403);
    const passkey = device.sign(await askedToSign(browser), { counter: 0 });
    expect((await send(browser, '/account/data/exports', { passkey })).status).to.equal(200);
    expect((await browser.get('/account/factors')).path).to.equal('/account/factors');
    await write('update sessions set proven_at = 1 where user_id = $1', [id]);
    expect((await send(browser, '/account/data/exports', { passkey })).status, 'again').to.equal(403);
  });

  it('lets nobody in who is blocked, nor after it was taken off with the other factors', async () => {
    const [blocked, lost, admin] = [await withPasskey(), await withPasskey(), await dina()];
    await blockPerson(blocked.id, 'Left', { actorId: admin.id, now: Date.now() });
    expect((await enterBy(blocked.browser, blocked.device)).status).to.equal(403);
    expect(await isIn(blocked.browser)).to.equal(false);
    const other = await dina();
    await send(admin.browser, `/admin/people/${lost.id}/factors/reset`, { reason: 'I met her' });
    await send(other.browser, `/admin/people/${lost.id}/factors/decision`, { decision: 'grant' });
    expect((await enterBy(lost.browser, lost.device)).status).to.equal(403);
  });

  it('is asked for so often from one network, and then later', async () => {
    const browser = world().visitor();
    await askedToSign(browser);
    await write(`update rate_limits set points = 200 where key like 'passkey-address%'`);
    const late = await send(browser, '/sign-in/passkey/challenge');
    expect(late.status).to.equal(429);
    expect(Number(late.headers.get('retry-after'))).to.be.within(1, 600);
    expect((await (await person()).browser.get('/sign-in')).status).to.equal(200);
  });
});
