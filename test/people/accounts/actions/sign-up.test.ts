import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { row, rows } from '../../../support/rows.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { useUp, visitorFrom } from '../../../platform/http/security/limits.js';
import { raw } from '../../../platform/http/raw.js';
import { ada, person, PASSWORD } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { submitAtOnce } from '../browser.js';
import { linkMailedTo, mailsTo } from '../mails.js';
import { errorsOn, said, titleSaid } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

const newAddress = () => `${randomUUID()}@example.org`;

async function signUp(fields: Record<string, string>, browser: Client = world().visitor()): Promise<Page> {
  await browser.get('/sign-up');
  return browser.submit('/sign-up', {
    name: 'Ada Marlow',
    email: newAddress(),
    password: PASSWORD,
    ...fields,
  });
}

describe('signing up', () => {
  ownWorld();
  it('makes an unconfirmed account and mails a link', async () => {
    const email = newAddress();
    const page = await signUp({ email });
    expect(page).to.include({ status: 200, path: '/sign-up/sent' });
    expect(plain(page.text))
      .to.include(said('checkMail.text.sign-up'))
      .and.include(said('checkMail.hours', { count: 24 }));
    const user = await row<{
      emailConfirmedAt: number | null;
      passwordHash: string;
      isAdministrator: unknown;
    }>(
      `select email_confirmed_at as "emailConfirmedAt", password_hash as "passwordHash",
         is_administrator as "isAdministrator" from users where email = $1`,
      [email],
    );
    expect(user?.emailConfirmedAt).to.equal(null);
    expect(user?.passwordHash).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const [mail, ...more] = await mailsTo(email);
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.equal(said('mail.subject.confirm-address'));
    expect(mail?.from?.text).to.include('training@example.org');
    expect(mail?.text).to.include(`${world().base}/confirm?token=`);
    expect(mail?.html).to.include(`${world().base}/confirm?token=`);
  });

  it('answers a known address like a new one, and tells its owner by mail', async () => {
    const known = await person();
    const [toNew, toKnown] = [await signUp({}), await signUp({ email: known.email, name: 'Mallory' })];
    expect(toKnown).to.include({ status: toNew.status, path: toNew.path });
    expect(steady(toKnown.text)).to.equal(steady(toNew.text));
    const mails = await mailsTo(known.email);
    expect(mails.map(({ subject }) => subject)).to.deep.equal([said('mail.subject.known-address')]);
    expect(mails[0]?.text).not.to.include('token=');
    expect(await row('select name from users where id = $1', [known.id])).to.deep.equal({ name: known.name });
  });

  it('stores one spelling of an address', async () => {
    const known = await person();
    await signUp({ email: `  ${known.email.toUpperCase()} ` });
    expect((await mailsTo(known.email)).at(-1)?.subject).to.equal(said('mail.subject.known-address'));
  });

  const faulty: [string, Record<string, string>, string][] = [
    ['no name', { name: '' }, 'errors.name'],
    ['a name of blanks', { name: ' \t ' }, 'errors.name'],
    ['a name of signs only', { name: '---' }, 'errors.name'],
    ['a name that turns the line round', { name: 'Ada \u202eMarlow' }, 'errors.name-letters'],
    ['a name of 201 letters', { name: 'a'.repeat(201) }, 'errors.name-long'],
    ['no address', { email: '' }, 'errors.email'],
    ['an address without a domain', { email: 'ada@example' }, 'errors.email'],
    ['two addresses', { email: 'ada@example.org,eve@example.org' }, 'errors.email'],
    ['an address with a line break', { email: 'ada@example.org\r\nBcc: eve@example.org' }, 'errors.email'],
    ['an address with a control character', { email: 'a\u0000da@example.org' }, 'errors.email'],
    ['an address of 255 letters', { email: `${'a'.repeat(243)}@example.org` }, 'errors.email'],
    ['an address that grows too long', { email: `${'İ'.repeat(200)}@example.org` }, 'errors.email'],
    ['a password of 11 characters', { password: 'elevenchars' }, 'errors.password-short'],
    ['a password of 1,001 characters', { password: 'ab'.repeat(500) + 'c' }, 'errors.password-long'],
    ['a password that is guessed first', { password: 'Password1234' }, 'errors.password-common'],
  ];
  for (const [what, fields, key] of faulty) {
    it(`refuses ${what} and shows again what was typed, except the password`, async () => {
      const page = await signUp({ name: 'Ada Marlow', email: 'ada.kept@example.org', ...fields });
      expect(page).to.include({ status: 422, path: '/sign-up' });
      const [field = ''] = Object.keys(fields);
      expect(errorsOn(page)).to.deep.equal({ [field]: said(key) });
      const kept = 'name' in fields ? 'value="ada.kept@example.org"' : 'value="Ada Marlow"';
      expect(page.text).to.include(kept);
      expect(page.text).not.to.include(PASSWORD);
      expect(page.text).to.include(`<title>${titleSaid('signUp.heading', { isRefused: true })}</title>`);
    });
  }

  it('names every error at its field', async () => {
    const page = await signUp({ name: '', email: '', password: '' });
    for (const field of ['name', 'email', 'password']) {
      expect(page.text).to.include(`<a href="#${field}">`).and.include(`id="${field}-error"`);
    }
  });

  it('ignores fields that the form does not have', async () => {
    const email = newAddress();
    await signUp({
      email,
      isAdministrator: 'true',
      is_administrator: '1',
      emailConfirmedAt: '1',
      id: 'mine',
      __proto__x: '1',
    });
    const user = await row<{ id: string; admin: unknown; confirmed: unknown }>(
      'select id, is_administrator as admin, email_confirmed_at as confirmed from users where email = $1',
      [email],
    );
    expect(Boolean(user?.admin)).to.equal(false);
    expect(user?.confirmed).to.equal(null);
    expect(user?.id).not.to.equal('mine');
  });

  it('refuses a field that comes twice', async () => {
    const browser = world().visitor();
    await browser.get('/sign-up');
    const page = await browser.submit('/sign-up', {
      name: ['Ada', 'Eve'],
      email: newAddress(),
      password: PASSWORD,
    });
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({ name: said('errors.name') });
  });

  it('escapes the name on the page and leaves it out of the mail', async () => {
    const email = newAddress();
    const name = `<img src=x onerror=alert(1)> O'Brien & "Co"`;
    const page = await signUp({ name, email: 'nothing' });
    expect(page.text).not.to.include('<img src=x');
    await signUp({ name, email });
    const [mail] = await mailsTo(email);
    expect(mail?.html).not.to.include('src=x').and.not.include('onerror');
    expect(mail?.text).not.to.include('onerror');
  });

  it('needs and makes no session', async () => {
    const browser = world().visitor();
    await signUp({}, browser);
    expect(browser.cookie).not.to.match(/\bsession=/);
  });

  it('is refused without the token', async () => {
    const email = newAddress();
    const page = await world().visitor().post('/sign-up', { name: 'Ada', email, password: PASSWORD });
    expect(page.status).to.equal(403);
    expect(await row('select id from users where email = $1', [email])).to.equal(null);
  });

  it('makes one account for several submissions at the same moment', async () => {
    const email = newAddress();
    const browser = world().visitor();
    await browser.get('/sign-up');
    const fields = { name: 'Ada Marlow', email, password: PASSWORD };
    const pages = await submitAtOnce(browser, '/sign-up', fields, 5);
    expect(pages.map(({ path }) => path)).to.deep.equal(Array.from({ length: 5 }, () => '/sign-up/sent'));
    expect(await rows('select id from users where email = $1', [email])).to.have.length(1);
    await world().worker.drain();
    const links = await Promise.all(
      world()
        .mailbox.to(email)
        .map(async ({ text }) => (await raw(/\/confirm\?token=[\w-]+/.exec(text ?? '')?.[0] ?? '')).status),
    );
    expect(links.filter(status => status === 200)).to.have.length(1);
  });

  it('mails one address at most five times an hour, refuses nobody, and leaves the newest link valid', async () => {
    const [known, fresh] = [(await person()).email, newAddress()];
    for (const email of [known, fresh]) {
      for (let time = 0; time < 6; time += 1)
        expect(await signUp({ email })).to.include({ status: 200, path: '/sign-up/sent' });
      expect(await mailsTo(email)).to.have.length(accountLimits.confirmMail.points);
    }
    await signUp({ email: fresh, password: `${PASSWORD} of the last` });
    const browser = world().visitor();
    await browser.get(await linkMailedTo(fresh));
    expect((await browser.submit('/confirm', { password: PASSWORD })).status).to.equal(422);
    const page = await browser.submit('/confirm', { password: `${PASSWORD} of the last` });
    expect(page.path).to.equal('/learning?confirmed=1');
  });

  it('does not limit a class behind one address that mistypes', async () => {
    const room = () => visitorFrom('203.0.113.60');
    for (let time = 0; time < 30; time += 1)
      expect((await signUp({ name: '' }, room())).status).to.equal(422);
    for (let learner = 0; learner < 24; learner += 1)
      expect((await signUp({}, room())).path).to.equal('/sign-up/sent');
  });

  it('is limited for one network address, and shows again what was typed', async () => {
    await useUp(accountLimits.signUpByAddress, '203.0.113.61');
    const email = newAddress();
    const page = await signUp({ name: 'Ada Kept', email }, visitorFrom('203.0.113.61'));
    expect(page).to.include({ status: 429, path: '/sign-up' });
    expect(Number(page.headers.get('retry-after'))).to.be.within(1, accountLimits.signUpByAddress.seconds);
    expect(page.text).to.include('value="Ada Kept"').and.include(`value="${email}"`);
    expect(page.text).not.to.include(PASSWORD);
    expect((await signUp({})).path).to.equal('/sign-up/sent');
  });

  it('shows a signed-in person the frame with their navigation', async () => {
    const { browser } = await ada();
    expect((await browser.get('/sign-up')).text).to.include('action="/sign-out"');
  });
});

/** A page without what differs from one answer to the next. */
const steady = (html: string): string => html.replace(/nonce="[^"]*"|name="_csrf" value="[^"]*"/g, '');
