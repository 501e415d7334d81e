import { expect } from 'chai';
import { appoint } from '../../../../support/roles.js';
import { count, row, write } from '../../../../support/rows.js';
import { ada, cleo, PASSWORD, signedIn } from '../../../../support/people.js';
import { plain, send } from '../../../../support/pages.js';
import { browserOf } from '../../../../support/session.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld } from '../../../../support/world.js';
import { mailsTo } from '../../mails.js';
import { giveApp } from '../with-app.js';
import { addDevice, asked, askedToSign, newDevice } from './with-passkey.js';
import type { Deceit } from './authenticator.js';

const HOME = '/account/factors';
const PASSKEYS = `${HOME}/passkeys`;

const idOf = async (userId: string): Promise<string> =>
  (await row<{ id: string }>('select id from passkeys where user_id = $1', [userId]))?.id ?? '';

const passkeysOf = (userId: string) => count('passkeys where user_id = $1', [userId]);

describe('a person’s passkeys', () => {
  ownWorld();

  it('begin with codes on paper, and sign out everywhere else; the second one is only added', async () => {
    const { browser, id, email } = await ada();
    const other = await browserOf(id);
    const shown = await addDevice(browser, newDevice());
    expect(plain(shown.text)).to.include(said('factors.codesHeading'));
    expect((await other.get('/account')).path, 'elsewhere').to.match(/^\/sign-in/);
    const second = await addDevice(browser, newDevice(), { name: 'Key on my desk' });
    expect(second.path).to.equal(`${HOME}?done=factor-added`);
    expect(second.text.match(/data-own-passkey/g)).to.have.length(2);
    const subjects = (await mailsTo(email)).map(({ subject }) => subject);
    expect(subjects).to.deep.equal(Array(3).fill(said('mail.subject.factor-changed')));
  });

  const REFUSED: readonly (readonly [what: string, deceit: Deceit])[] = [
    ['made on another site', { origin: 'https://evil.example' }],
    ['made for another site', { rpId: 'evil.example' }],
    ['made for another challenge', { challenge: 'A'.repeat(43) }],
    ['made without PIN or finger', { isUnverified: true }],
    ['that only signed', { type: 'webauthn.get' }],
  ];
  for (const [what, deceit] of REFUSED)
    it(`are not added where one was ${what}`, async () => {
      const { browser, id } = await ada();
      expect((await addDevice(browser, newDevice(), deceit)).status).to.equal(403);
      expect(await passkeysOf(id)).to.equal(0);
    });

  it('answer a challenge once, in the session that was asked, and in time', async () => {
    const [somebody, device] = [await ada(), newDevice()];
    const options = await asked(somebody.browser, `${PASSKEYS}/challenge`);
    const fields = { name: 'Laptop', credential: device.make(options) };
    const other = await browserOf(somebody.id);
    expect((await send(other, PASSKEYS, fields)).status, 'another session').to.equal(403);
    expect((await send(somebody.browser, PASSKEYS, fields)).status).to.equal(200);
    expect((await send(somebody.browser, PASSKEYS, fields)).status, 'twice').to.equal(403);
    const second = { name: 'Phone', credential: newDevice().make(options) };
    expect((await send(somebody.browser, PASSKEYS, second)).status, 'by another device').to.equal(403);
    const late = newDevice().make(await asked(somebody.browser, `${PASSKEYS}/challenge`));
    await write('update passkey_challenges set expires_at = $1', [Date.now() - 1]);
    expect((await send(somebody.browser, PASSKEYS, { name: 'Late', credential: late })).status).to.equal(403);
    expect(await passkeysOf(somebody.id)).to.equal(1);
  });

  it('wait for the proof where that has lapsed meanwhile, are not taken for it, and are added with it', async () => {
    const somebody = await ada();
    const credential = newDevice().make(await asked(somebody.browser, `${PASSKEYS}/challenge`));
    await write('update sessions set proven_at = $2 where user_id = $1', [
      somebody.id,
      Date.now() - 11 * 60_000,
    ]);
    const waiting = await send(somebody.browser, PASSKEYS, { name: 'Laptop', credential });
    expect(waiting.status).to.equal(403);
    expect(waiting.text, 'asks, and says nothing of a wrong answer').to.match(/data-proof/);
    expect(errorsOn(waiting)).to.deep.equal({});
    expect(await passkeysOf(somebody.id)).to.equal(0);
    await somebody.browser.submit(PASSKEYS, { proof: PASSWORD });
    expect(await passkeysOf(somebody.id)).to.equal(1);
  });

  it('are added after the proof by another passkey, which asks for a signature of its own', async () => {
    const [somebody, device] = [await ada(), newDevice()];
    await addDevice(somebody.browser, device);
    const credential = newDevice().make(await asked(somebody.browser, `${PASSKEYS}/challenge`));
    await write('update sessions set proven_at = $2 where user_id = $1', [
      somebody.id,
      Date.now() - 11 * 60_000,
    ]);
    await send(somebody.browser, PASSKEYS, { name: 'Phone', credential });
    const waiting = somebody.browser.last;
    const passkey = device.sign(await askedToSign(somebody.browser));
    somebody.browser.last = waiting;
    await somebody.browser.submit(PASSKEYS, { passkey });
    expect(await passkeysOf(somebody.id)).to.equal(2);
  });

  it('are made and used with a PIN or a finger, as every device is asked to want', async () => {
    const { browser } = await ada();
    expect(await asked(browser, `${PASSKEYS}/challenge`)).to.have.nested.include({
      'authenticatorSelection.residentKey': 'required',
      'authenticatorSelection.userVerification': 'required',
    });
    expect(await askedToSign(browser)).to.include({ userVerification: 'required' });
  });

  it('belong to one person alone', async () => {
    const [somebody, other, device] = [await ada(), await cleo(), newDevice()];
    await addDevice(somebody.browser, device);
    expect((await addDevice(other.browser, device)).status).to.equal(403);
    expect(await passkeysOf(other.id)).to.equal(0);
  });

  it('have a name, which is kept where it is refused and shown to nobody else', async () => {
    const [somebody, other] = [await ada(), await cleo()];
    await addDevice(somebody.browser, newDevice());
    const page = `${PASSKEYS}/${await idOf(somebody.id)}`;
    await somebody.browser.get(page);
    const long = await somebody.browser.submit(`${page}/name`, { name: 'x'.repeat(61) });
    expect(errorsOn(long)).to.deep.equal({ name: said('errors.passkeyName-long') });
    expect(long.text).to.include('x'.repeat(61));
    const named = await somebody.browser.submit(`${page}/name`, { name: ' Phone <1> ' });
    expect(plain(named.text)).to.include('Phone <1>');
    const unnamed = await send(somebody.browser, PASSKEYS, { name: '  ', credential: '{}' });
    expect(errorsOn(unnamed)).to.deep.equal({ name: said('errors.passkeyName') });
    expect((await other.browser.get(page)).status).to.equal(404);
    for (const verb of ['name', 'removal'])
      expect((await send(other.browser, `${page}/${verb}`, { name: 'Mine' })).status).to.equal(404);
    expect(await passkeysOf(somebody.id)).to.equal(1);
  });

  it('can be removed, and with the last factor the codes on paper go', async () => {
    const somebody = await ada();
    await addDevice(somebody.browser, newDevice());
    const page = `${PASSKEYS}/${await idOf(somebody.id)}`;
    await somebody.browser.get(page);
    const removed = await somebody.browser.submit(`${page}/removal`);
    expect(removed.path).to.equal(`${HOME}?done=passkey-removed`);
    expect(await count('recovery_codes where user_id = $1', [somebody.id])).to.equal(0);
    expect((await send(somebody.browser, `${HOME}/codes`)).status).to.equal(409);
  });

  it('and an app stand in for each other, but one stays with a role that asks for one', async () => {
    const somebody = await signedIn();
    await appoint(somebody, 'manager');
    await giveApp(somebody);
    await addDevice(somebody.browser, newDevice());
    const page = `${PASSKEYS}/${await idOf(somebody.id)}`;
    const both = [send(somebody.browser, `${HOME}/app/removal`), send(somebody.browser, `${page}/removal`)];
    const statuses = (await Promise.all(both)).map(({ status }) => status);
    expect(statuses.sort()).to.deep.equal([200, 409]);
    expect(
      (await passkeysOf(somebody.id)) + (await count('authenticator_apps where user_id = $1', [somebody.id])),
    ).to.equal(1);
  });
});
