import { hash } from '@node-rs/argon2';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { row, rows, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { confirmAddress, signUp } from '../../../../server/people/accounts/sign-up/registration.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { PASSWORD } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf, submitAtOnce } from '../browser.js';
import { linkMailedTo, mailsTo, tokenIn } from '../mails.js';
import { said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

/** Somebody who has signed up and not yet opened the mail. */
async function newcomer(): Promise<{ email: string; link: string }> {
  const email = `${randomUUID()}@example.org`;
  await signUp(
    { name: 'Ada Marlow', email, password: PASSWORD },
    { key: world().secrets.links, now: Date.now(), mayMail: true },
  );
  return { email, link: await linkMailedTo(email) };
}

const confirmedAt = async (email: string) =>
  (await row<{ at: number | null }>('select email_confirmed_at as at from users where email = $1', [email]))
    ?.at;

describe('confirming an address', () => {
  ownWorld();
  it('signs the person in by the mailed link', async () => {
    const before = Date.now();
    const { email, link } = await newcomer();
    const browser = world().visitor();
    expect((await browser.get(link)).status).to.equal(200);
    const page = await browser.submit('/confirm', { password: PASSWORD });
    expect(page).to.include({ status: 200, path: '/learning?confirmed=1' });
    expect(plain(page.text)).to.include(said('myCourses.confirmed'));
    expect(await confirmedAt(email))
      .to.be.at.least(before)
      .and.at.most(Date.now());
    expect((await browser.get('/learning')).status).to.equal(200);
  });

  it('is not done by a GET: mail scanners visit every link', async () => {
    const { email, link } = await newcomer();
    for (const method of ['GET', 'HEAD', 'GET']) {
      expect((await fetch(world().base + link, { method })).status).to.equal(200);
    }
    expect(await confirmedAt(email)).to.equal(null);
    const browser = world().visitor();
    await browser.get(link);
    const page = await browser.submit('/confirm', { password: PASSWORD });
    expect(page.path).to.equal('/learning?confirmed=1');
  });

  it('requires the password of the sign-up, and leaves the link valid when it is wrong', async () => {
    const { email, link } = await newcomer();
    const browser = world().visitor();
    await browser.get(link);
    for (const password of ['', 'another password 12', 'x'.repeat(2000)]) {
      const page = await browser.submit('/confirm', { password });
      expect(page.status).to.equal(422);
      expect(page.text).to.include(email);
    }
    expect(browser.last?.text).to.include('href="/forgotten"');
    expect(await confirmedAt(email)).to.equal(null);
    expect(browser.cookie).not.to.match(/\bsession=/);
    expect(await browser.submit('/confirm', { password: PASSWORD })).to.include({ status: 200 });
    expect(await confirmedAt(email)).not.to.equal(null);
  });

  it('does not let a stranger in who signed up with another person’s address', async () => {
    const { email } = await newcomer();
    const key = world().secrets.links;
    const stranger = { name: 'A Stranger', email, password: 'the password of a stranger' };
    await signUp(stranger, { key, now: Date.now(), mayMail: true });
    const browser = world().visitor();
    await browser.get(await linkMailedTo(email));
    const page = await browser.submit('/confirm', { password: PASSWORD });
    expect(page.status).to.equal(422);
    expect(await confirmedAt(email)).to.equal(null);
  });

  it('confirms no password that took the place of the right one while that was checked', async () => {
    const { email, link } = await newcomer();
    const confirming = confirmAddress(tokenIn(link), PASSWORD, Date.now());
    await write('update users set password_hash = $1 where email = $2', [
      await hash('chosen by a stranger', { memoryCost: 8, timeCost: 1 }),
      email,
    ]);
    expect((await confirming).kind).to.not.equal('confirmed');
    expect(await confirmedAt(email)).to.equal(null);
  });

  it('is once', async () => {
    const { link } = await newcomer();
    const browser = world().visitor();
    await browser.get(link);
    await browser.submit('/confirm', { password: PASSWORD });
    const another = world().visitor();
    const again = await another.post('/confirm', {
      _csrf: csrfOf(await another.get('/sign-in')),
      token: tokenIn(link),
      password: PASSWORD,
    });
    expect(again.status).to.equal(404);
    expect(plain(again.text)).to.include(said('linkProblem.heading'));
    expect((await browser.get(link)).status).to.equal(404);
  });

  it('succeeds once for ten submissions at the same moment', async () => {
    const { link } = await newcomer();
    const browser = world().visitor();
    await browser.get(link);
    const pages = await submitAtOnce(browser, '/confirm', { password: PASSWORD }, 10);
    expect(pages.filter(({ status }) => status === 200)).to.have.length(1);
    expect(pages.filter(({ status }) => status === 404)).to.have.length(9);
  });

  it('is refused after 24 hours', async () => {
    const { email, link } = await newcomer();
    await inTransaction(() =>
      rows('update tokens set expires_at = $1 where token_hash = $2', [
        Date.now() - 1,
        sha256(tokenIn(link)),
      ]),
    );
    const browser = world().visitor();
    expect((await browser.get(link)).status).to.equal(404);
    const form = { _csrf: csrfOf(await browser.get('/sign-in')), token: tokenIn(link), password: PASSWORD };
    expect((await browser.post('/confirm', form)).status).to.equal(404);
    expect(await confirmedAt(email)).to.equal(null);
  });

  it('is possible for 24 hours', async () => {
    const { link } = await newcomer();
    const token = await row<{ created: number; expires: number }>(
      'select created_at as created, expires_at as expires from tokens where token_hash = $1',
      [sha256(tokenIn(link))],
    );
    expect((token?.expires ?? 0) - (token?.created ?? 0)).to.equal(24 * 3_600_000);
  });

  it('returns 404 for any other link', async () => {
    const browser = world().visitor();
    const { email } = await newcomer();
    await browser.get('/forgotten');
    await browser.submit('/forgotten', { email });
    const forPassword = tokenIn(await linkMailedTo(email));
    for (const token of ['', 'x', 'A'.repeat(43), forPassword, 'ü'.repeat(2000), '\u0000', "' or 1=1 --"]) {
      const page = await browser.get(`/confirm?token=${encodeURIComponent(token)}`);
      expect(page.status, token.slice(0, 50)).to.equal(404);
    }
    expect((await browser.get('/confirm')).status).to.equal(404);
    expect((await browser.get('/confirm?token=a&token=b')).status).to.equal(404);
  });

  it('is refused without the token of the form', async () => {
    const { email, link } = await newcomer();
    const page = await world()
      .visitor()
      .post('/confirm', { token: tokenIn(link), password: PASSWORD });
    expect(page.status).to.equal(403);
    expect(await confirmedAt(email)).to.equal(null);
  });

  it('ends the earlier link when signing in mails a new one', async () => {
    const { email, link } = await newcomer();
    const browser = world().visitor();
    await browser.get('/sign-in');
    const page = await browser.submit('/sign-in', { email, password: PASSWORD });
    expect(page.status).to.equal(403);
    expect(plain(page.text)).to.include(said('checkMail.heading'));
    expect(browser.cookie).not.to.match(/\bsession=/);
    const newLink = await linkMailedTo(email);
    expect(await mailsTo(email)).to.have.length(2);
    expect((await browser.get(link)).status).to.equal(404);
    expect((await browser.get(newLink)).status).to.equal(200);
  });

  it('stores only the hash of the link', async () => {
    const { email, link } = await newcomer();
    const dump = JSON.stringify([
      await rows('select t.* from tokens t join users u on u.id = t.user_id where u.email = $1', [email]),
      await rows('select * from events'),
      await rows('select * from jobs'),
      await rows('select * from mails'),
    ]);
    expect(dump).to.include(sha256(tokenIn(link)));
    expect(dump).not.to.include(tokenIn(link));
    expect(world().logged.join('')).not.to.include(tokenIn(link));
  });
});
