import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import {
  firstAdministratorToken,
  hasAdministrator,
} from '../../../../server/people/accounts/administrators.js';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { row, rows } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { person, PASSWORD } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf, submitAtOnce } from '../browser.js';
import { errorsOn, said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

const newToken = async () => firstAdministratorToken({ key: world().secrets.links, now: Date.now() });
const linkOf = (token: string | null) => `/first-administrator?token=${token ?? ''}`;
const newcomer = () => ({ name: 'Dina Aziz', email: `${randomUUID()}@example.org`, password: PASSWORD });

describe('the first administrator', () => {
  ownWorld();
  /** Each test begins without any administrator. */
  beforeEach(async () => {
    for (const { id } of await rows<{ id: string }>('select id from users where is_administrator')) {
      await inTransaction(() => rows('update users set is_administrator = $1 where id = $2', [false, id]));
      recentActors().remove(id);
    }
  });

  it('follows the printed link, signs in and administers', async () => {
    const browser = world().visitor();
    const { email, ...fields } = newcomer();
    await browser.get(linkOf(await newToken()));
    const page = await browser.submit('/first-administrator', { ...fields, email });
    expect(page).to.include({ status: 200, path: '/sign-in?changed=1' });
    await browser.submit('/sign-in', { email, password: PASSWORD });
    expect((await browser.get('/admin')).status).to.equal(200);
    await world().worker.drain();
    const found = await rows(
      'select m.employment from memberships m join users u on u.id = m.user_id where u.email = $1',
      [email],
    );
    expect(found).to.deep.equal([{ employment: 'active' }]);
  });

  it('is one of ten who submit at the same moment', async () => {
    const browser = world().visitor();
    await browser.get(linkOf(await newToken()));
    const pages = await submitAtOnce(browser, '/first-administrator', newcomer(), 10);
    expect(pages.filter(({ path }) => path === '/sign-in?changed=1')).to.have.length(1);
    expect(pages.filter(({ status }) => status === 404)).to.have.length(9);
    expect(await rows('select id from users where is_administrator')).to.have.length(1);
  });

  it('can use the link once', async () => {
    const browser = world().visitor();
    const link = linkOf(await newToken());
    await browser.get(link);
    const form = browser.last;
    await browser.submit('/first-administrator', newcomer());
    browser.last = form;
    const again = await browser.submit('/first-administrator', newcomer());
    expect(again.status).to.equal(404);
    expect(plain(again.text)).to.include(said('linkProblem.administrator'));
    expect((await browser.get(link)).status).to.equal(404);
  });

  it('is the only one: with an administrator, no link is made and an open one stops working', async () => {
    const browser = world().visitor();
    const link = linkOf(await newToken());
    await browser.get(link);
    await person({ isAdministrator: true });
    expect(await newToken()).to.equal(null);
    expect((await world().visitor().get(link)).status).to.equal(404);
    const late = newcomer();
    expect((await browser.submit('/first-administrator', late)).status).to.equal(404);
    expect(await row('select id from users where email = $1', [late.email])).to.equal(null);
  });

  it('needs the newest link', async () => {
    const first = await newToken();
    const second = await newToken();
    expect(first).not.to.equal(second);
    expect((await world().visitor().get(linkOf(first))).status).to.equal(404);
    expect((await world().visitor().get(linkOf(second))).status).to.equal(200);
  });

  it('is not made by a GET', async () => {
    const link = linkOf(await newToken());
    for (let time = 0; time < 2; time += 1) expect((await world().visitor().get(link)).status).to.equal(200);
    expect(await hasAdministrator()).to.equal(false);
  });

  it('is refused after 24 hours', async () => {
    const token = (await newToken()) ?? '';
    const stored = await row<{ lasts: number }>(
      'select expires_at - created_at as lasts from tokens where token_hash = $1',
      [sha256(token)],
    );
    expect(Number(stored?.lasts)).to.equal(24 * 3_600_000);
    const browser = world().visitor();
    await browser.get(linkOf(token));
    await inTransaction(() =>
      rows('update tokens set expires_at = $1 where token_hash = $2', [Date.now() - 1, sha256(token)]),
    );
    expect((await browser.submit('/first-administrator', newcomer())).status).to.equal(404);
    expect(await hasAdministrator()).to.equal(false);
  });

  it('sees a refused form again with what was typed and the link', async () => {
    const browser = world().visitor();
    const token = await newToken();
    await browser.get(linkOf(token));
    const page = await browser.submit('/first-administrator', {
      name: 'Dina Aziz',
      email: 'dina',
      password: 'short',
    });
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.have.all.keys('email', 'password');
    for (const kept of ['Dina Aziz', 'dina', token ?? '']) expect(page.text).to.include(`value="${kept}"`);
    expect((await browser.submit('/first-administrator', newcomer())).path).to.equal('/sign-in?changed=1');
  });

  it('takes over an account that somebody began with this address', async () => {
    const squatter = await person({ name: 'Squatter' });
    const browser = world().visitor();
    await browser.get(linkOf(await newToken()));
    const mine = { name: 'Dina Aziz', email: squatter.email, password: 'seven green kites at noon' };
    expect((await browser.submit('/first-administrator', mine)).path).to.equal('/sign-in?changed=1');
    const old = world().visitor();
    await old.get('/sign-in');
    expect((await old.submit('/sign-in', { email: squatter.email, password: PASSWORD })).status).to.equal(
      422,
    );
    expect((await old.submit('/sign-in', mine)).path).to.equal('/learning');
    expect((await old.get('/admin')).status).to.equal(200);
  });

  it('is refused without the token of the form', async () => {
    const token = (await newToken()) ?? '';
    const page = await world()
      .visitor()
      .post('/first-administrator', { ...newcomer(), token });
    expect(page.status).to.equal(403);
    expect(await hasAdministrator()).to.equal(false);
  });

  it('cannot be made with a link of another kind', async () => {
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    const page = await browser.post('/first-administrator', {
      _csrf: token,
      ...newcomer(),
      token: 'A'.repeat(43),
    });
    expect(page.status).to.equal(404);
    expect(await hasAdministrator()).to.equal(false);
  });
});
