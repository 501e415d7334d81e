import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { useSignInLink } from '../../../../server/people/accounts/sign-in/sign-in-link.js';
import { TOKEN_LIFETIME } from '../../../../server/people/accounts/sign-up/link-tokens.js';
import { signUpForLink } from '../../../../server/people/accounts/sign-up/registration.js';
import type { Page } from '../../../../server/workshop/smoke/client.js';
import { useUp, visitorFrom } from '../../../platform/http/security/limits.js';
import { PASSWORD, person } from '../../../support/people.js';
import { plain } from '../../../support/pages.js';
import { row, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { linkToSignIn } from '../mailed-links.js';
import { linkMailedTo, mailsTo, tokenIn } from '../mails.js';

async function asked(email: string, course = ''): Promise<Page> {
  const browser = world().visitor();
  await browser.get(`/sign-in/link${course && `?course=${course}`}`);
  return browser.submit('/sign-in/link', { email });
}

/** A page without what differs from one answer to the next. */
const steady = (html: string): string => html.replace(/nonce="[^"]*"|name="_csrf" value="[^"]*"/g, '');

describe('a link that signs in', () => {
  ownWorld();

  it('signs in on any device, once, and opening it uses nothing up', async () => {
    const { email } = await person();
    const page = await asked(` ${email.toUpperCase()} `);
    expect(page).to.include({ status: 200, path: '/sign-in/link/sent' });
    expect(plain(page.text)).to.include(said('checkMail.text.sign-in'));
    expect((await mailsTo(email)).map(({ subject }) => subject)).to.deep.equal([
      said('mail.subject.sign-in-link'),
    ]);
    const link = await linkMailedTo(email);
    const [scanner, phone, second] = [world().visitor(), world().visitor(), world().visitor()];
    for (let time = 0; time < 3; time += 1) expect((await scanner.get(link)).status).to.equal(200);
    await second.get(link);
    expect(plain((await phone.get(link)).text)).to.include(email);
    expect((await phone.submit('/arrival')).path).to.equal('/learning');
    expect((await phone.get('/account')).path).to.equal('/account');
    expect((await second.submit('/arrival')).status).to.equal(404);
    expect((await scanner.get(link)).status).to.equal(404);
  });

  it('keeps the course that was chosen', async () => {
    const { email } = await person();
    await asked(email, 'volunteers');
    const phone = world().visitor();
    await phone.get(await linkMailedTo(email));
    expect((await phone.submit('/arrival')).path).to.equal('/courses/volunteers');
  });

  it('is mailed to nobody without an account or blocked; the answer is alike', async () => {
    const [known, blocked, unknown] = [await person(), await person(), `${randomUUID()}@example.org`];
    await write('update users set disabled_at = 1 where id = $1', [blocked.id]);
    const pages = [await asked(known.email), await asked(unknown), await asked(blocked.email)];
    for (const page of pages) expect(steady(page.text)).to.equal(steady(pages[0]?.text ?? ''));
    for (const email of [unknown, blocked.email]) expect(await mailsTo(email)).to.deep.equal([]);
  });

  it('lets nobody in who is blocked by then', async () => {
    const { id, email } = await person();
    await asked(email);
    const browser = world().visitor();
    await browser.get(await linkMailedTo(email));
    await write('update users set disabled_at = 1 where id = $1', [id]);
    expect((await browser.submit('/arrival')).status).to.equal(403);
    expect((await browser.get('/account')).path).to.include('/sign-in');
  });

  it('sets a new password where the address was never confirmed: somebody else may have chosen the one there is', async () => {
    const email = `eli-${randomUUID()}@example.org`;
    const browser = world().visitor();
    await browser.get('/sign-up');
    await browser.submit('/sign-up', { name: 'Eli Strand', email, password: PASSWORD });
    await asked(email);
    expect(await linkMailedTo(email)).to.match(/^\/new-password\?/);
  });

  it('ends a password that a stranger chose for the address after the link was mailed', async () => {
    const email = `ove-${randomUUID()}@example.org`;
    const asking = { key: world().secrets.links, now: Date.now(), mayMail: true };
    await signUpForLink({ name: 'Ove Strand', email }, asking);
    const link = await linkMailedTo(email);
    const [stranger, owner] = [world().visitor(), world().visitor()];
    await stranger.get('/sign-up');
    await stranger.submit('/sign-up', { name: 'Eli Strand', email, password: PASSWORD });
    await owner.get(link);
    expect((await owner.submit('/arrival')).path).to.equal('/learning');
    await stranger.get('/sign-in');
    expect((await stranger.submit('/sign-in', { email, password: PASSWORD })).status).to.equal(422);
  });

  it('works for 30 minutes, and asking again takes nothing away from it', async () => {
    const { id, email } = await person();
    await asked(email);
    const link = await linkMailedTo(email);
    await asked(email);
    expect(await linkMailedTo(email)).to.equal(link);
    const ends = await row<{ ends: number }>(
      `select expires_at as ends from tokens where user_id = $1 and purpose = 'sign-in'`,
      [id],
    );
    expect(await useSignInLink(tokenIn(link), Number(ends?.ends))).to.equal(null);
    expect(await useSignInLink(tokenIn(link), Number(ends?.ends) - 1)).to.deep.equal({
      userId: id,
      course: null,
      invitation: null,
      joinCode: null,
    });
    expect(accountLimits.signInLinkMail.seconds * 1000).to.be.at.most(TOKEN_LIFETIME['sign-in']);
  });

  it('of ten uses at once, succeeds once', async () => {
    const link = tokenIn(await linkToSignIn());
    const used = await Promise.all(Array.from({ length: 10 }, () => useSignInLink(link, Date.now())));
    expect(used.filter(found => found !== null)).to.have.length(1);
  });

  it('asks for an address that can be one, and keeps what was typed', async () => {
    const page = await asked('ada at example');
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({ email: said('errors.email') });
    expect(page.text).to.include('value="ada at example"');
  });

  it('is mailed no more often than its limits allow, and beyond them the newest works', async () => {
    const { email } = await person();
    for (let time = 0; time < accountLimits.signInLinkMail.points + 2; time += 1) await asked(email);
    expect(await mailsTo(email)).to.have.length(accountLimits.signInLinkMail.points);
    const browser = world().visitor();
    await browser.get(await linkMailedTo(email));
    expect((await browser.submit('/arrival')).path).to.equal('/learning');

    const [crowd, elsewhere] = [visitorFrom('203.0.113.77'), visitorFrom('203.0.113.78')];
    await useUp(accountLimits.signInLinkByAddress, '203.0.113.77');
    for (const [visitor, status] of [
      [crowd, 429],
      [elsewhere, 200],
    ] as const) {
      await visitor.get('/sign-in/link');
      expect((await visitor.submit('/sign-in/link', { email })).status).to.equal(status);
    }
  });
});
