import { expect } from 'chai';
import { translator } from '../../../server/platform/i18n/i18n.js';
import { giveRole } from '../../../server/people/organisations/grants/role-grants.js';
import { mailsTo } from '../accounts/mails.js';
import { raw } from '../../platform/http/raw.js';
import { employer, memberOf } from '../../support/organisations.js';
import { signedIn, type Person } from '../../support/people.js';
import { write } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';

const inTestLanguage = translator('en-XB');

/** Somebody who works for an organisation whose language is the test language that runs from right to left. */
async function employed(): Promise<{ zoe: Person; organisationId: string }> {
  const [zoe, { id: organisationId }] = [await signedIn({ name: 'Zoe Lund' }), await employer()];
  await memberOf(zoe, organisationId);
  await write(`update organisations set locale = 'en-XB' where id = $1`, [organisationId]);
  return { zoe, organisationId };
}

async function languageOf({ browser }: Person, accept?: string): Promise<string | undefined> {
  const headers = { cookie: browser.cookie, ...(accept && { 'accept-language': accept }) };
  return /<html lang="([^"]*)"/.exec((await raw('/learning', { headers })).text)?.[1];
}

const newestTo = async ({ email }: Person) => {
  const mail = (await mailsTo(email)).at(-1);
  return { subject: mail?.subject, text: mail?.text ?? '', html: String(mail?.html) };
};

describe('the language of an organisation', () => {
  ownWorld();

  it('is that of pages for its people, unless their browser asks for one that is offered', async () => {
    const { zoe } = await employed();
    expect(await languageOf(zoe)).to.equal('en-XB');
    expect(await languageOf(zoe, 'nb, *;q=0.5')).to.equal('en-XB');
    expect(await languageOf(zoe, 'nb, en-GB;q=0.5')).to.equal('en');
    expect(await languageOf(await signedIn()), 'of somebody else').to.equal('en');
  });

  it('is that of mails about it, with all that they say', async () => {
    const { zoe, organisationId } = await employed();
    const role = { role: 'manager', unitId: null, fromDay: '2026-01-01', untilDay: null } as const;
    const given = await giveRole(
      { ...role, organisationId, userId: zoe.id },
      { actorId: null, now: Date.now() },
    );
    expect(given).to.equal('made');
    const { subject, text, html } = await newestTo(zoe);
    expect(subject).to.equal(inTestLanguage('mail.subject.role-given'));
    expect(text).to.include(inTestLanguage('roles.role.manager'));
    expect(html).to.include('lang="en-XB" dir="rtl"');
  });

  it('is that of mails about the account of somebody who belongs to it', async () => {
    const { zoe } = await employed();
    await zoe.browser.get('/sign-in/link');
    await zoe.browser.submit('/sign-in/link', { email: zoe.email });
    expect((await newestTo(zoe)).subject).to.equal(inTestLanguage('mail.subject.sign-in-link'));
  });
});
