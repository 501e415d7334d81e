import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { blockPerson } from '../../../../server/people/accounts/blocking.js';
import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import {
  confirmUntil,
  pruneAddressChanges,
} from '../../../../server/people/accounts/new-address/address-changes.js';
import { objectionable } from '../../../../server/people/accounts/new-address/undo-address-change.js';
import { readLink } from '../../../../server/platform/lib/signed-links.js';
import { useUp } from '../../../platform/http/security/limits.js';
import { ada, PASSWORD, person, type Person } from '../../../support/people.js';
import { plain } from '../../../support/pages.js';
import { count, row, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf } from '../browser.js';
import { mailedLink } from '../mailed-links.js';
import { linkMailedTo, mailsTo, tokenIn } from '../mails.js';

const newAddress = () => `ada-${randomUUID()}@example.net`;

async function ask({ browser }: Pick<Person, 'browser'>, email: string, addressPassword = PASSWORD) {
  await browser.get('/account');
  return browser.submit('/account/address', { email, addressPassword });
}

async function confirm(email: string, password = PASSWORD) {
  const browser = world().visitor();
  await browser.get(await toNew(email));
  return browser.submit('/new-address', { password });
}

const emailOf = async (id: string) =>
  (await row<{ email: string }>('select email from users where id = $1', [id]))?.email;

const toNew = (email: string) => mailedLink(email, '/new-address');
const toOld = (email: string) => mailedLink(email, '/old-address');

const canSignIn = async (email: string, password = PASSWORD) => {
  const browser = world().visitor();
  await browser.get('/sign-in');
  return (await browser.submit('/sign-in', { email, password })).path === '/learning';
};

const changeIn = (link: string) => readLink('old-address', tokenIn(link), world().secrets.links) ?? '';

describe('changing one’s address', () => {
  ownWorld();

  it('changes nothing before the new mailbox confirms with the password, then signs everybody else out', async () => {
    const someone = await ada();
    const email = newAddress();
    const page = await ask(someone, ` ${email.toUpperCase()} `);
    expect(page).to.include({ status: 200, path: '/account' });
    expect(plain(page.text)).to.include(`${said('account.addressWaiting')} ${email}`);
    expect(await emailOf(someone.id)).to.equal(someone.email);
    expect(await canSignIn(someone.email)).to.equal(true);

    const scanner = world().visitor();
    for (let time = 0; time < 2; time += 1)
      expect((await scanner.get(await toNew(email))).status).to.equal(200);
    expect(await emailOf(someone.id)).to.equal(someone.email);

    expect((await confirm(email)).path).to.equal('/account?saved=address');
    expect(await emailOf(someone.id)).to.equal(email);
    expect((await someone.browser.get('/account')).path).to.include('/sign-in');
    expect(await canSignIn(someone.email)).to.equal(false);
    expect(await canSignIn(email)).to.equal(true);
    expect((await scanner.get(await toNew(email))).status).to.equal(404);
  });

  it('tells the old address when it is asked for and when it is done, and never names the new one', async () => {
    const someone = await ada();
    const email = newAddress();
    await ask(someone, email);
    await confirm(email);
    const told = await mailsTo(someone.email);
    expect(told.map(({ subject }) => subject)).to.deep.equal([
      said('mail.subject.address-change-asked'),
      said('mail.subject.address-changed'),
    ]);
    for (const { text, html } of told) expect(`${text} ${html || ''}`).not.to.include(email);
    expect((await mailsTo(email))[0]?.text).not.to.include('Ada');
  });

  it('reveals nothing of an address that belongs to somebody else', async () => {
    const [one, two, other, free] = [await ada(), await ada(), await person(), newAddress()];
    const pages = [await ask(one, other.email), await ask(two, free)].map(({ status, path, text }) => ({
      status,
      path,
      says: plain(text).replaceAll(other.email, '@').replaceAll(free, '@'),
    }));
    expect(pages[0]).to.include({ status: 200, path: '/account' });
    const waiting = `${said('account.addressWaiting')} @`;
    for (const { says } of pages) expect(says).to.include(waiting);
    expect((await mailsTo(other.email)).map(({ subject }) => subject)).to.deep.equal([
      said('mail.subject.known-address'),
    ]);
    expect((await mailsTo(one.email)).length).to.equal((await mailsTo(two.email)).length);
  });

  it('does not let a stranger’s click confirm: it needs the password', async () => {
    const someone = await ada();
    const email = newAddress();
    await ask(someone, email);
    const page = await confirm(email, 'another one altogether');
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({ password: said('errors.present-password') });
    expect(await emailOf(someone.id)).to.equal(someone.email);
  });

  it('lets whoever holds its link guess the password ten times, from however many places', async () => {
    const [someone, email] = [await ada(), newAddress()];
    await ask(someone, email);
    for (let time = 0; time < accountLimits.newAddressByLink.points; time += 1)
      expect((await confirm(email, `guess number ${time}`)).status).to.equal(422);
    expect((await confirm(email)).status).to.equal(429);
    expect(await emailOf(someone.id)).to.equal(someone.email);
    const other = newAddress();
    await ask(someone, other);
    expect((await confirm(other)).path, 'another link').to.equal('/account?saved=address');
  });

  it('asks for the password again, and keeps what was typed', async () => {
    const someone = await ada();
    const email = newAddress();
    const page = await ask(someone, email, 'not the password');
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({ addressPassword: said('errors.present-password') });
    expect(page.text).to.include(`value="${email}"`);
    expect(page.text).not.to.include('not the password');
    expect(await mailsTo(email)).to.deep.equal([]);
    expect(errorsOn(await ask(someone, 'ada at example'))).to.have.keys('email');
    expect(errorsOn(await ask(someone, someone.email))).to.deep.equal({ email: said('errors.email-same') });
    expect(await count('address_changes where user_id = $1', [someone.id])).to.equal(0);
  });

  it('is taken back, or replaced by asking for another', async () => {
    const someone = await ada();
    const [first, second] = [newAddress(), newAddress()];
    await ask(someone, first);
    const link = await toNew(first);
    await ask(someone, second);
    // Mailed before it is taken back: otherwise no link would be.
    const other = await toNew(second);
    expect((await world().visitor().get(link)).status).to.equal(404);
    await someone.browser.get('/account');
    const page = await someone.browser.submit('/account/address/withdrawal', {});
    expect(page.path).to.equal('/account?saved=sameAddress');
    expect((await world().visitor().get(other)).status).to.equal(404);
    expect(await emailOf(someone.id)).to.equal(someone.email);
  });

  it('is confirmed once, of ten at the same moment', async () => {
    const someone = await ada();
    const email = newAddress();
    await ask(someone, email);
    const browser = world().visitor();
    const page = await browser.get(await toNew(email));
    const fields = { _csrf: csrfOf(page), token: tokenIn(await toNew(email)), password: PASSWORD };
    await Promise.all(Array.from({ length: 10 }, () => browser.post('/new-address', fields)));
    expect(await emailOf(someone.id)).to.equal(email);
    expect(
      await count(`events where name = 'account.address-changed' and actor_id = $1`, [someone.id]),
    ).to.equal(1);
  });

  it('takes an address from an account that never confirmed it, and from no other', async () => {
    const squatted = newAddress();
    const stranger = world().visitor();
    await stranger.get('/sign-up');
    await stranger.submit('/sign-up', { name: 'Eli Strand', email: squatted, password: PASSWORD });
    const someone = await ada();
    await ask(someone, squatted);
    expect((await confirm(squatted)).path).to.equal('/account?saved=address');

    const [other, contested] = [await ada(), newAddress()];
    await ask(other, contested);
    const link = await toNew(contested);
    const rival = await person();
    await write('update users set email = $1 where id = $2', [contested, rival.id]);
    const browser = world().visitor();
    await browser.get(link);
    expect((await browser.submit('/new-address', { password: PASSWORD })).status).to.equal(404);
    expect(await emailOf(other.id)).to.equal(other.email);
    expect(await emailOf(rival.id)).to.equal(contested);
  });

  it('ends the links that were mailed to the old address', async () => {
    const someone = await ada();
    const browser = world().visitor();
    await browser.get('/forgotten');
    await browser.submit('/forgotten', { email: someone.email });
    const reset = await linkMailedTo(someone.email);
    const email = newAddress();
    await ask(someone, email);
    await confirm(email);
    expect((await world().visitor().get(reset)).status).to.equal(404);
  });

  it('is confirmed by nobody who was blocked meanwhile', async () => {
    const [someone, email] = [await ada(), newAddress()];
    await ask(someone, email);
    const link = await toNew(email);
    const browser = world().visitor();
    await browser.get(link);
    await blockPerson(someone.id, 'Reported', { actorId: null, now: Date.now() });
    expect((await browser.submit('/new-address', { password: PASSWORD })).status).to.equal(404);
    expect(await emailOf(someone.id)).to.equal(someone.email);
  });

  it('works for a day', async () => {
    const someone = await ada();
    const email = newAddress();
    await ask(someone, email);
    const link = await toNew(email);
    await write('update address_changes set asked_at = asked_at - $2 where user_id = $1', [
      someone.id,
      confirmUntil(0),
    ]);
    expect((await world().visitor().get(link)).status).to.equal(404);
    expect((await someone.browser.get('/account')).text).not.to.include(email);
  });

  it('is no way to guess the password, nor to send a stranger more mail than others may', async () => {
    const [guesser, writer, email] = [await ada(), await ada(), newAddress()];
    await useUp(accountLimits.passwordByAccount, guesser.id);
    expect((await ask(guesser, newAddress())).status).to.equal(429);
    await useUp(accountLimits.confirmMail, email);
    expect((await ask(writer, email)).status).to.equal(429);
    expect(await mailsTo(email)).to.deep.equal([]);
  });

  it('is not asked for without end', async () => {
    const someone = await ada();
    for (let time = 0; time < accountLimits.addressByAccount.points; time += 1)
      expect((await ask(someone, newAddress())).status).to.equal(200);
    expect((await ask(someone, newAddress())).status).to.equal(429);
  });
});

describe('objecting from the old address', () => {
  ownWorld();

  async function changed() {
    const someone = await ada();
    const email = newAddress();
    await ask(someone, email);
    await confirm(email);
    return { ...someone, newEmail: email, link: await toOld(someone.email) };
  }

  async function object(link: string) {
    const browser = world().visitor();
    await browser.get(link);
    return browser.submit('/old-address', {});
  }

  it('stops a change that waits', async () => {
    const someone = await ada();
    const email = newAddress();
    await ask(someone, email);
    expect((await object(await toOld(someone.email))).path).to.equal('/old-address/kept?outcome=stopped');
    expect(
      (
        await world()
          .visitor()
          .get(await toNew(email))
      ).status,
    ).to.equal(404);
  });

  it('undoes one that was made: the thief is signed out and the password ends', async () => {
    const { id, email, newEmail, link } = await changed();
    const thief = world().visitor();
    await thief.get('/sign-in');
    await thief.submit('/sign-in', { email: newEmail, password: PASSWORD });
    expect((await object(link)).path).to.equal('/old-address/kept?outcome=undone');
    expect(await emailOf(id)).to.equal(email);
    expect((await thief.get('/account')).path).to.include('/sign-in');
    expect(await canSignIn(email)).to.equal(false);
    const owner = world().visitor();
    await owner.get(await linkMailedTo(email));
    await owner.submit('/new-password', { password: 'seven green kites at noon' });
    expect(await canSignIn(email, 'seven green kites at noon')).to.equal(true);
    expect((await object(link).catch(() => ({ status: 404 }))).status).to.equal(404);
  });

  it('undoes what followed, too, and leaves the thief no link to undo that', async () => {
    const { id, email, newEmail, link } = await changed();
    const thief = world().visitor();
    await thief.get('/sign-in');
    await thief.submit('/sign-in', { email: newEmail, password: PASSWORD });
    const further = newAddress();
    await ask({ browser: thief }, further);
    await confirm(further);
    const back = await toOld(newEmail);
    expect((await object(link)).path).to.equal('/old-address/kept?outcome=undone');
    expect(await emailOf(id)).to.equal(email);
    expect((await world().visitor().get(back)).status).to.equal(404);
  });

  it('says so where somebody has confirmed the old address since, and changes nothing', async () => {
    const { id, email, newEmail, link } = await changed();
    const other = await person();
    await write('update users set email = $1 where id = $2', [email, other.id]);
    expect((await object(link)).path).to.equal('/old-address/kept?outcome=taken');
    expect(await emailOf(id)).to.equal(newEmail);
  });

  it('works for seven days; then both addresses are removed', async () => {
    const { id, link } = await changed();
    const change = changeIn(link);
    const at = Number(
      (await row<{ at: number }>('select confirmed_at as at from address_changes where id = $1', [change]))
        ?.at,
    );
    const week = 7 * 86_400_000;
    expect((await objectionable(change, at + week - 1))?.can).to.equal('undo');
    expect(await objectionable(change, at + week)).to.equal(null);
    await pruneAddressChanges(at + week);
    expect(await count('address_changes where user_id = $1', [id])).to.equal(1);
    await pruneAddressChanges(at + week + 1);
    expect(await count('address_changes where user_id = $1', [id])).to.equal(0);
  });
});
