import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { formOf, type Client, type Page } from '../../../../server/workshop/smoke/client.js';
import { useUp, visitorFrom } from '../../../platform/http/security/limits.js';
import { person, PASSWORD } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { linkMailedTo } from '../mails.js';

const WRONG = 'not the password at all';

async function signIn(email: string, password: string, browser: Client = world().visitor()): Promise<Page> {
  await browser.get('/sign-in');
  return browser.submit('/sign-in', { email, password });
}

/** Use up the limit of an account, as strangers in many networks would. */
const attack = (email: string) => useUp(accountLimits.signInByAccount, email);

/** Somebody, and a browser in which they have signed in and out, so that it is known for their account. */
async function withKnownBrowser() {
  const [{ email }, browser] = [await person(), world().visitor()];
  await signIn(email, PASSWORD, browser);
  await browser.submit('/sign-out');
  return { email, browser };
}

const isIn = ({ path }: Page) => path === '/learning';

describe('guessing a password', () => {
  ownWorld();
  it('is limited to ten tries for one network and account, and the page offers a mailed link', async () => {
    const { email } = await person();
    const guesser = visitorFrom('203.0.113.10');
    for (let time = 0; time < accountLimits.signInByPair.points; time += 1)
      expect((await signIn(email, WRONG, guesser)).status).to.equal(422);
    const page = await signIn(email, PASSWORD, guesser);
    expect(page.status).to.equal(429);
    expect(Number(page.headers.get('retry-after'))).to.be.within(1, accountLimits.signInByPair.seconds);
    expect(page.text).to.include(`value="${email}"`);
    expect(formOf(page.text, '/forgotten')?.hidden).to.include({ email });
  });

  it('limits neither the owner elsewhere nor other accounts in the same network', async () => {
    const [victim, other] = [await person(), await person()];
    await useUp(accountLimits.signInByPair, `203.0.113.11 ${victim.email}`);
    expect((await signIn(victim.email, PASSWORD, visitorFrom('203.0.113.11'))).status).to.equal(429);
    expect(isIn(await signIn(victim.email, PASSWORD))).to.equal(true);
    expect(isIn(await signIn(other.email, PASSWORD, visitorFrom('203.0.113.11')))).to.equal(true);
  });

  it('by strangers in ten networks does not keep the owner out of a new browser', async () => {
    const { email } = await person();
    for (let place = 1; place <= 10; place += 1)
      expect((await signIn(email, WRONG, visitorFrom(`198.51.100.${place}`))).status).to.equal(422);
    expect(isIn(await signIn(email, PASSWORD))).to.equal(true);
  });

  it('from one network cannot use up the limit that all networks share', () => {
    const { signInByPair: pair, signInByAccount: account } = accountLimits;
    const windows = account.seconds / pair.seconds;
    expect(pair.points * windows).to.be.lessThan(account.points);
  });

  it('from everywhere does not keep the owner out of a known browser', async () => {
    const { email, browser } = await withKnownBrowser();
    await attack(email);
    expect((await signIn(email, PASSWORD)).status).to.equal(429);
    expect(isIn(await signIn(email, PASSWORD, browser))).to.equal(true);
  });

  it('from everywhere leaves the owner a mailed link for a new browser', async () => {
    const { email } = await person();
    await attack(email);
    const browser = world().visitor();
    await signIn(email, PASSWORD, browser);
    expect(await browser.submit('/forgotten')).to.include({ status: 200, path: '/forgotten/sent' });
    await browser.get(await linkMailedTo(email));
    await browser.submit('/new-password', { password: `${PASSWORD} anew` });
    await attack(email);
    expect(isIn(await signIn(email, `${PASSWORD} anew`, browser))).to.equal(true);
  });

  it('is limited in a known browser for that account alone', async () => {
    const { email, browser } = await withKnownBrowser();
    const other = await person();
    for (let time = 0; time < accountLimits.signInByDevice.points; time += 1)
      expect((await signIn(email, WRONG, browser)).status).to.equal(422);
    expect((await signIn(email, PASSWORD, browser)).status).to.equal(429);
    expect(isIn(await signIn(other.email, PASSWORD, browser))).to.equal(true);
  });

  it('gains nothing from a browser that is known for another account', async () => {
    const [{ browser }, victim] = [await withKnownBrowser(), await person()];
    await attack(victim.email);
    expect((await signIn(victim.email, PASSWORD, browser)).status).to.equal(429);
  });

  it('is answered alike for an address without an account', async () => {
    const [{ email }, nobody] = [await person(), `${randomUUID()}@example.org`];
    await Promise.all([email, nobody].map(attack));
    const pages = [await signIn(email, WRONG), await signIn(nobody, WRONG)].map(({ status, text }) => ({
      status,
      text: text.replaceAll(
        /<time.*?<\/time>|nonce="[^"]*"|name="_csrf" value="[^"]*"|[\w-]+@example\.org/g,
        '',
      ),
    }));
    expect(pages[0]?.status).to.equal(429);
    expect(pages[0]).to.deep.equal(pages[1]);
  });

  it('does not count right passwords, so that a training room can sign in at once', async () => {
    const room = Array.from({ length: 3 }, () => visitorFrom('203.0.113.12'));
    await useUp(accountLimits.signInByAddress, '203.0.113.12', accountLimits.signInByAddress.points - 1);
    for (const browser of room)
      expect(isIn(await signIn((await person()).email, PASSWORD, browser))).to.equal(true);
  });

  it('gives back the one try of a right password, and none of those that others made in its network', async () => {
    const [own, limit] = [await person(), accountLimits.signInByAddress];
    const guess = async () =>
      (await signIn(`${randomUUID()}@example.org`, WRONG, visitorFrom('203.0.113.13'))).status;
    await useUp(limit, '203.0.113.13', limit.points - 1);
    expect(isIn(await signIn(own.email, PASSWORD, visitorFrom('203.0.113.13')))).to.equal(true);
    expect([await guess(), await guess()]).to.deep.equal([422, 429]);
  });

  it('counts spellings of one address together, and IPv6 by its network', async () => {
    const { email } = await person();
    await useUp(accountLimits.signInByPair, `192.0.2.77 ${email}`);
    await useUp(accountLimits.signInByPair, `2001:db8:7:7::/64 ${email}`);
    const status = async (address: string) => (await signIn(email, WRONG, visitorFrom(address))).status;
    expect(await status('::ffff:192.0.2.77')).to.equal(429);
    expect(await status('2001:db8:7:7:aaaa::1')).to.equal(429);
    expect(await status('2001:db8:7:8::1')).to.equal(422);
  });

  it('counts a browser as unknown after “Leave this page”', async () => {
    const browser = world().visitor();
    await signIn((await person()).email, PASSWORD, browser);
    expect(browser.cookie).to.match(/\bdevice=/);
    await browser.get('/account');
    await browser.submit('/exit');
    expect(browser.cookie).not.to.match(/\bdevice=/);
  });
});
