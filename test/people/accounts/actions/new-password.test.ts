import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { expect } from 'chai';
import { row, rows } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { requestReset } from '../../../../server/people/accounts/sign-up/recovery.js';
import { TOKEN_LIFETIME } from '../../../../server/people/accounts/sign-up/link-tokens.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { useUp } from '../../../platform/http/security/limits.js';
import { ada, person, PASSWORD, type Person } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf, submitAtOnce } from '../browser.js';
import { linkMailedTo, mailsTo, tokenIn } from '../mails.js';
import { errorsOn, said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

const NEW = 'seven green kites at noon';

async function linkFor({ email }: { email: string }): Promise<string> {
  await requestReset(email, { key: world().secrets.links, now: Date.now() });
  return linkMailedTo(email);
}

async function opened(somebody: Person): Promise<{ browser: Client; link: string }> {
  const [browser, link] = [world().visitor(), await linkFor(somebody)];
  await browser.get(link);
  return { browser, link };
}

async function signsIn(email: string, password: string): Promise<boolean> {
  const browser = world().visitor();
  await browser.get('/sign-in');
  return (await browser.submit('/sign-in', { email, password })).path === '/learning';
}

const setExpiry = (link: string, at: number) =>
  inTransaction(() =>
    rows('update tokens set expires_at = $1 where token_hash = $2', [at, sha256(tokenIn(link))]),
  );

describe('choosing a new password by a mailed link', () => {
  ownWorld();
  it('replaces the old password', async () => {
    const somebody = await person();
    const { browser } = await opened(somebody);
    const page = await browser.submit('/new-password', { password: NEW });
    expect(page).to.include({ status: 200, path: '/sign-in?changed=1' });
    expect(plain(page.text)).to.include(said('signIn.changed'));
    expect(await signsIn(somebody.email, PASSWORD)).to.equal(false);
    expect(await signsIn(somebody.email, NEW)).to.equal(true);
  });

  it('ends every session of the person and no other', async () => {
    const [somebody, other] = [await ada(), await ada()];
    const { browser } = await opened(somebody);
    await browser.submit('/new-password', { password: NEW });
    expect((await somebody.browser.get('/account')).path).to.equal('/sign-in?next=%2Faccount');
    expect((await other.browser.get('/account')).path).to.equal('/account');
    expect(await rows('select 1 as found from sessions where user_id = $1', [somebody.id])).to.deep.equal([]);
  });

  it('sends the owner a mail', async () => {
    const somebody = await person();
    const { browser } = await opened(somebody);
    await browser.submit('/new-password', { password: NEW });
    const last = (await mailsTo(somebody.email)).at(-1);
    expect(last?.subject).to.equal(said('mail.subject.password-changed'));
    expect(last?.text).to.include(`${world().base}/forgotten`).and.not.include('token=');
  });

  it('also confirms the address', async () => {
    const somebody = await person();
    await inTransaction(() =>
      rows('update users set email_confirmed_at = null where id = $1', [somebody.id]),
    );
    const { browser } = await opened(somebody);
    await browser.submit('/new-password', { password: NEW });
    expect(await signsIn(somebody.email, NEW)).to.equal(true);
  });

  it('leaves the link valid after a GET', async () => {
    const link = await linkFor(await person());
    for (const method of ['GET', 'HEAD', 'GET']) {
      expect((await fetch(world().base + link, { method })).status).to.equal(200);
    }
  });

  it('is once', async () => {
    const { browser, link } = await opened(await person());
    const form = browser.last;
    await browser.submit('/new-password', { password: NEW });
    browser.last = form;
    const again = await browser.submit('/new-password', { password: `${NEW} again` });
    expect(again.status).to.equal(404);
    expect(plain(again.text)).to.include(said('linkProblem.heading'));
    expect(again.text).to.include('href="/forgotten"');
    expect((await browser.get(link)).status).to.equal(404);
  });

  it('succeeds once for ten submissions at the same moment', async () => {
    const somebody = await person();
    const { browser } = await opened(somebody);
    const pages = await submitAtOnce(browser, '/new-password', { password: NEW }, 10);
    expect(
      pages.filter(({ status, path }) => status === 200 && path === '/sign-in?changed=1'),
    ).to.have.length(1);
    expect(pages.filter(({ status }) => status === 404)).to.have.length(9);
    const changes = await rows(
      `select 1 as found from events where name = 'account.password-changed' and actor_id = $1`,
      [somebody.id],
    );
    expect(changes).to.have.length(1);
  });

  it('is possible for 30 minutes', async () => {
    const somebody = await person();
    const { browser, link } = await opened(somebody);
    const token = await row<{ created: number; expires: number }>(
      'select created_at as created, expires_at as expires from tokens where token_hash = $1',
      [sha256(tokenIn(link))],
    );
    expect((token?.expires ?? 0) - (token?.created ?? 0)).to.equal(30 * 60_000);
    await setExpiry(link, Date.now() - 1);
    expect((await browser.submit('/new-password', { password: NEW })).status).to.equal(404);
    expect((await browser.get(link)).status).to.equal(404);
    expect(await signsIn(somebody.email, PASSWORD)).to.equal(true);
  });

  it('mails the same link while it is fresh, and a new one once it is old', async () => {
    const somebody = await person();
    const first = await linkFor(somebody);
    expect(await linkFor(somebody)).to.equal(first);
    await inTransaction(() =>
      rows('update tokens set created_at = $1 where token_hash = $2', [
        Date.now() - TOKEN_LIFETIME['reset-password'],
        sha256(tokenIn(first)),
      ]),
    );
    const second = await linkFor(somebody);
    expect((await world().visitor().get(first)).status).to.equal(404);
    expect((await world().visitor().get(second)).status).to.equal(200);
  });

  it('stores only the hash of the link', async () => {
    const somebody = await person();
    const link = await linkFor(somebody);
    const stored = await rows<{ tokenHash: string }>(
      'select token_hash as "tokenHash", purpose, id from tokens where user_id = $1',
      [somebody.id],
    );
    expect(stored.map(({ tokenHash }) => tokenHash)).to.deep.equal([sha256(tokenIn(link))]);
    const elsewhere = [await rows('select * from events'), await rows('select * from jobs'), world().logged];
    expect(JSON.stringify([stored, elsewhere])).not.to.include(tokenIn(link));
  });

  it('leaves the link valid when the password is refused', async () => {
    const { browser, link } = await opened(await person());
    const page = await browser.submit('/new-password', { password: 'short' });
    expect(page).to.include({ status: 422, path: '/new-password' });
    expect(errorsOn(page)).to.deep.equal({ password: said('errors.password-short') });
    expect(page.text).to.include(`name="token" value="${tokenIn(link)}"`);
    expect((await browser.submit('/new-password', { password: NEW })).path).to.equal('/sign-in?changed=1');
  });

  it('returns 404 for a link of another kind and for any other text', async () => {
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    for (const text of ['', 'x', 'A'.repeat(43), '\u0000', "' or 1=1 --"]) {
      const page = await browser.post('/new-password', { _csrf: token, token: text, password: NEW });
      expect(page.status, text).to.equal(404);
      expect((await browser.get(`/new-password?token=${encodeURIComponent(text)}`)).status).to.equal(404);
    }
    const long = await browser.post('/new-password', { _csrf: token, token: 'A'.repeat(201), password: NEW });
    expect(long.status).to.equal(422);
  });

  it('is refused without the token of the form', async () => {
    const somebody = await person();
    const link = await linkFor(somebody);
    const page = await world()
      .visitor()
      .post('/new-password', { token: tokenIn(link), password: NEW });
    expect(page.status).to.equal(403);
    expect(await signsIn(somebody.email, PASSWORD)).to.equal(true);
  });

  it('does not let a blocked person in', async () => {
    const somebody = await person();
    const { browser } = await opened(somebody);
    await inTransaction(() => rows('update users set disabled_at = 1 where id = $1', [somebody.id]));
    await browser.submit('/new-password', { password: NEW });
    expect(await signsIn(somebody.email, NEW)).to.equal(false);
  });

  it('lifts the limit on wrong passwords', async () => {
    const somebody = await person();
    await useUp(accountLimits.signInByAccount, somebody.email);
    expect(await signsIn(somebody.email, PASSWORD)).to.equal(false);
    const { browser } = await opened(somebody);
    await browser.submit('/new-password', { password: NEW });
    expect(await signsIn(somebody.email, NEW)).to.equal(true);
  });
});
