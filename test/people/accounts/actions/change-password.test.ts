import { expect } from 'chai';
import { noAddress } from '../../../../server/people/accounts/no-address.js';
import { row, write } from '../../../support/rows.js';
import { ada, PASSWORD } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf } from '../browser.js';
import { mailsTo } from '../mails.js';
import { errorsOn, said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

const NEW = 'seven green kites at noon';

const hashOf = (id: string) =>
  row<{ hash: string }>('select password_hash as hash from users where id = $1', [id]);

async function secondBrowser(email: string, password = PASSWORD) {
  const browser = world().visitor();
  await browser.get('/sign-in');
  const page = await browser.submit('/sign-in', { email, password });
  return { browser, isIn: page.path === '/learning' };
}

describe('changing one’s password', () => {
  ownWorld();
  it('keeps this session, ends the others and sends a mail', async () => {
    const { browser, email } = await ada();
    const { browser: other } = await secondBrowser(email);
    await browser.get('/account');
    const page = await browser.submit('/account/password', { present: PASSWORD, password: NEW });
    expect(page).to.include({ status: 200, path: '/account?saved=password' });
    expect(plain(page.text)).to.include(said('account.passwordSaved'));
    expect((await other.get('/account')).path).to.equal('/sign-in?next=%2Faccount');
    expect((await secondBrowser(email)).isIn).to.equal(false);
    expect((await secondBrowser(email, NEW)).isIn).to.equal(true);
    expect((await mailsTo(email)).map(({ subject }) => subject)).to.deep.equal([
      said('mail.subject.password-changed'),
    ]);
  });

  it('leads whoever has none to a mailed link, and asks for none', async () => {
    const { browser, id } = await ada();
    await write('update users set password_hash = null where id = $1', [id]);
    const { text } = await browser.get('/account');
    expect(text).to.match(/href="\/forgotten"/);
    for (const action of ['/account/password', '/account/address'])
      expect(text).to.not.include(`action="${action}"`);
    expect((await browser.get('/forgotten')).status).to.equal(200);
  });

  it('of somebody without an address changes the PIN, and asks for no more than a PIN has', async () => {
    const { browser, id } = await ada();
    await write('update users set email = $2 where id = $1', [id, noAddress(id)]);
    const words = plain((await browser.get('/account')).text);
    expect(words).to.include(said('account.newPin')).and.not.include(said('account.present'));
    expect(words)
      .to.include(said('account.firstAddressHint'))
      .and.not.include(said('account.newAddressHint'));
    const wrong = await browser.submit('/account/password', { present: 'nonsense', password: '4711 4712' });
    expect(errorsOn(wrong)).to.deep.equal({ present: said('errors.present-pin') });
    const easy = await browser.submit('/account/password', { present: PASSWORD, password: '88888888' });
    expect(errorsOn(easy)).to.deep.equal({ password: said('errors.pin-easy') });
    const page = await browser.submit('/account/password', { present: PASSWORD, password: '4711 4712' });
    expect(page.path).to.equal('/account?saved=pin');
  });

  it('requires the present password', async () => {
    const { browser, email, id } = await ada();
    const { browser: other } = await secondBrowser(email);
    const before = await hashOf(id);
    await browser.get('/account');
    const page = await browser.submit('/account/password', { present: 'not the password', password: NEW });
    expect(page).to.include({ status: 422, path: '/account/password' });
    expect(errorsOn(page)).to.deep.equal({ present: said('errors.present-password') });
    expect(page.text).not.to.include(NEW);
    expect(await hashOf(id)).to.deep.equal(before);
    expect((await other.get('/account')).path).to.equal('/account');
    expect(await mailsTo(email)).to.deep.equal([]);
  });

  it('refuses a new password that is missing, short or common', async () => {
    const { browser, id } = await ada();
    const before = await hashOf(id);
    for (const password of ['', 'short', 'passwordpassword', '111111111111']) {
      await browser.get('/account');
      const page = await browser.submit('/account/password', { present: PASSWORD, password });
      expect(page.status, password).to.equal(422);
      expect(errorsOn(page), password).to.have.all.keys('password');
    }
    expect(await hashOf(id)).to.deep.equal(before);
  });

  it('counts every character of a long password', async () => {
    const { browser, email } = await ada();
    const long = `${'long and longer '.repeat(12)}end`;
    await browser.get('/account');
    await browser.submit('/account/password', { present: PASSWORD, password: long });
    expect((await secondBrowser(email, long)).isIn).to.equal(true);
    expect((await secondBrowser(email, `${long.slice(0, -1)}t`)).isIn).to.equal(false);
  });

  it('treats composed and decomposed letters as the same', async () => {
    const { browser, email } = await ada();
    await browser.get('/account');
    await browser.submit('/account/password', {
      present: PASSWORD,
      password: 'Blåbærgrøt på lørdag'.normalize('NFD'),
    });
    expect((await secondBrowser(email, 'Blåbærgrøt på lørdag'.normalize('NFC'))).isIn).to.equal(true);
  });

  it('is limited to ten tries', async () => {
    const { browser } = await ada();
    await browser.get('/account');
    const token = csrfOf(await browser.get('/account'));
    const fields = { _csrf: token, present: 'not the password', password: NEW };
    for (let time = 0; time < 10; time += 1) {
      expect((await browser.post('/account/password', fields)).status).to.equal(422);
    }
    const page = await browser.post('/account/password', { ...fields, present: PASSWORD });
    expect(page.status).to.equal(429);
    expect(Number(page.headers.get('retry-after'))).to.be.within(1, 600);
  });

  it('needs sign-in', async () => {
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    const page = await browser.post('/account/password', { _csrf: token, present: PASSWORD, password: NEW });
    expect(page.path).to.equal('/sign-in');
  });

  it('is refused without the token', async () => {
    const { browser, id } = await ada();
    const before = await hashOf(id);
    expect((await browser.post('/account/password', { present: PASSWORD, password: NEW })).status).to.equal(
      403,
    );
    expect(await hashOf(id)).to.deep.equal(before);
  });

  it('happens once when it is submitted twice', async () => {
    const { browser, email } = await ada();
    await browser.get('/account');
    const form = browser.last;
    await browser.submit('/account/password', { present: PASSWORD, password: NEW });
    browser.last = form;
    expect((await browser.submit('/account/password', { present: PASSWORD, password: NEW })).status).to.equal(
      422,
    );
    expect(await mailsTo(email)).to.have.length(1);
  });
});
