import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { rows } from '../../../support/rows.js';
import { TOKEN_LIFETIME } from '../../../../server/people/accounts/sign-up/link-tokens.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import type { Page } from '../../../../server/workshop/smoke/client.js';
import { useUp, visitorFrom } from '../../../platform/http/security/limits.js';
import { ada, person } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { submitAtOnce } from '../browser.js';
import { linkMailedTo, mailsTo } from '../mails.js';
import { errorsOn, said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

async function forgotten(email: string): Promise<Page> {
  const browser = world().visitor();
  await browser.get('/forgotten');
  return browser.submit('/forgotten', { email });
}

/** A page without what differs from one answer to the next. */
const steady = (html: string): string => html.replace(/nonce="[^"]*"|name="_csrf" value="[^"]*"/g, '');

describe('asking for a new password', () => {
  ownWorld();
  it('mails a link', async () => {
    const { email } = await person();
    const page = await forgotten(email);
    expect(page).to.include({ status: 200, path: '/forgotten/sent' });
    expect(plain(page.text))
      .to.include(said('checkMail.text.reset'))
      .and.include(said('checkMail.minutes', { count: 30 }));
    const mails = await mailsTo(email);
    expect(mails.map(({ subject }) => subject)).to.deep.equal([said('mail.subject.reset-password')]);
    expect(await linkMailedTo(email)).to.match(/^\/new-password\?token=[\w-]{43}$/);
  });

  it('answers alike for known, unknown and blocked people', async () => {
    const [known, disabled] = [await person(), await person()];
    await inTransaction(() => rows('update users set disabled_at = 1 where id = $1', [disabled.id]));
    const unknown = `${randomUUID()}@example.org`;
    const pages = [await forgotten(known.email), await forgotten(unknown), await forgotten(disabled.email)];
    for (const page of pages) {
      expect(page).to.include({ status: 200, path: '/forgotten/sent' });
      expect(steady(page.text)).to.equal(steady(pages[0]?.text ?? ''));
    }
    expect(await mailsTo(unknown)).to.deep.equal([]);
    expect(await mailsTo(disabled.email)).to.deep.equal([]);
  });

  it('ignores case and blanks in the address', async () => {
    const { email } = await person();
    await forgotten(` ${email.toUpperCase()} `);
    expect(await mailsTo(email)).to.have.length(1);
  });

  for (const typed of [
    '',
    'ada',
    'ada@example',
    'ada @example.org',
    '<b>ada</b>@example.org',
    'a\u0000@example.org',
  ]) {
    it(`refuses ${JSON.stringify(typed)} and shows it again`, async () => {
      const page = await forgotten(typed);
      expect(page).to.include({ status: 422, path: '/forgotten' });
      expect(errorsOn(page)).to.deep.equal({ email: said('errors.email') });
      expect(page.text).not.to.include('<b>ada');
      if (typed.startsWith('ada')) expect(page.text).to.include(`value="${typed}"`);
    });
  }

  it('is refused without the token', async () => {
    const { email } = await person();
    expect((await world().visitor().post('/forgotten', { email })).status).to.equal(403);
    expect(await mailsTo(email)).to.deep.equal([]);
  });

  it('mails one valid link for several requests at the same moment', async () => {
    const { email } = await person();
    const browser = world().visitor();
    await browser.get('/forgotten');
    await submitAtOnce(browser, '/forgotten', { email }, 5);
    const links = (await mailsTo(email)).map(
      ({ text }) => /\/new-password\?token=[\w-]+/.exec(text ?? '')?.[0],
    );
    expect(links).to.have.length(accountLimits.resetMail.points);
    expect(new Set(links).size).to.equal(1);
    expect(
      (
        await world()
          .visitor()
          .get(links[0] ?? '')
      ).status,
    ).to.equal(200);
  });

  it('sends at most three mails in half an hour, and refuses neither known nor unknown addresses', async () => {
    const known = await person();
    for (const email of [known.email, `${randomUUID()}@example.org`])
      for (let time = 0; time < 6; time += 1)
        expect(await forgotten(email)).to.include({ status: 200, path: '/forgotten/sent' });
    expect(await mailsTo(known.email)).to.have.length(accountLimits.resetMail.points);
  });

  it('limits mails for no longer than a link works', () => {
    expect(accountLimits.resetMail.seconds * 1000).to.be.at.most(TOKEN_LIFETIME['reset-password']);
  });

  it('is limited for one network address, and shows again what was typed', async () => {
    await useUp(accountLimits.resetByAddress, '203.0.113.70');
    const browser = visitorFrom('203.0.113.70');
    const { email } = await person();
    await browser.get('/forgotten');
    const page = await browser.submit('/forgotten', { email });
    expect(page).to.include({ status: 429, path: '/forgotten' });
    expect(page.text).to.include(`value="${email}"`);
    expect(await mailsTo(email)).to.deep.equal([]);
  });

  it('leaves the person signed in and the old password valid', async () => {
    const { browser, email, password } = await ada();
    await forgotten(email);
    expect((await browser.get('/account')).path).to.equal('/account');
    const other = world().visitor();
    await other.get('/sign-in');
    expect((await other.submit('/sign-in', { email, password })).path).to.equal('/learning');
  });
});
