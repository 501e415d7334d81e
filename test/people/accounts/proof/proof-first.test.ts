import { expect } from 'chai';
import { slices } from '../../../../server/slices.js';
import { noAddress } from '../../../../server/people/accounts/no-address.js';
import { allRoutes, fill } from '../../../platform/http/routes-of.js';
import { ada, dina, PASSWORD, person } from '../../../support/people.js';
import { row, write } from '../../../support/rows.js';
import { plain, send } from '../../../support/pages.js';
import { errorsOn, said } from '../../../support/said.js';
import { browserOf } from '../../../support/session.js';
import { ownWorld } from '../../../support/world.js';
import { longSignedIn } from './long-signed-in.js';

const DATA = '/account/data';
const ASKED = `/account/proof?next=${encodeURIComponent(DATA)}`;

/** What an address names may be called otherwise in a route. */
const unnamed = (address: string) => address.replace(/:\w+/g, ':');

const below = (address: string) =>
  allRoutes().filter(({ path }) => `${unnamed(path)}/`.startsWith(`${unnamed(address)}/`));

describe('a proof of the last ten minutes', () => {
  ownWorld();

  it('is asked for before each page that does harm, and the page comes after it', async () => {
    const { browser } = await longSignedIn();
    expect(await browser.get(DATA)).to.include({ path: ASKED, status: 200 });
    const wrong = await browser.submit('/account/proof', { proof: 'quiet harbour 8 lanterns' });
    expect(errorsOn(wrong)).to.deep.equal({ proof: said('errors.present-password') });
    expect(await browser.submit('/account/proof', { proof: PASSWORD })).to.include({
      path: DATA,
      status: 200,
    });
    expect((await browser.get(DATA)).path).to.equal(DATA);
  });

  it('counts for ten minutes, and in its own session alone', async () => {
    const { id } = await person();
    const provenBefore = (minutes: number) => browserOf(id, Date.now() - minutes * 60_000);
    expect((await (await provenBefore(9)).get(DATA)).path).to.equal(DATA);
    const [late, other] = [await provenBefore(10), await provenBefore(10)];
    for (const browser of [late, other]) expect((await browser.get(DATA)).path).to.equal(ASKED);
    expect((await late.submit('/account/proof', { proof: PASSWORD })).path).to.equal(DATA);
    expect((await other.get(DATA)).path).to.equal(ASKED);
  });

  it('is not asked for soon after signing in, nor of visitors, who sign in', async () => {
    const { browser } = await ada();
    expect((await browser.get(DATA)).path).to.equal(DATA);
    expect((await (await person()).browser.get(DATA)).path).to.match(/^\/sign-in/);
  });

  it('stands before every address that needs it', async () => {
    const { browser } = await longSignedIn({ isAdministrator: true });
    for (const address of slices.flatMap(({ web }) => web?.proofFirst ?? [])) {
      expect(below(address), address).to.not.deep.equal([]);
      for (const route of below(address)) {
        const path = fill(route, 'x');
        const page = route.method === 'GET' ? await browser.get(path) : await send(browser, path);
        expect(page.text, `${route.method} ${path}`).to.match(/data-proof/);
      }
    }
  });

  it('cannot be passed by another spelling of the address', async () => {
    const { browser } = await longSignedIn();
    for (const path of ['/Account/Data', '/account/data/', '/account/data?x=1', '/account/data/?copy'])
      expect((await browser.get(path)).text, path).to.match(/data-proof/);
  });

  it('keeps all that was typed into a form, which is sent with the proof', async () => {
    const { browser, id } = await longSignedIn({ isAdministrator: true });
    const other = await ada();
    const [path, reason] = [
      `/admin/people/${other.id}/erasure`,
      'She asked "twice"\r\n<b>by letter</b> & phone',
    ];
    const asked = await send(browser, path, { reason });
    expect(asked.status).to.equal(403);
    const found = () =>
      row<{ reason: string }>('select why as reason from erasure_requests where user_id = $1', [other.id]);
    expect(await found()).to.equal(null);
    const wrong = await browser.submit(path, { proof: 'nonsense nonsense' });
    expect(errorsOn(wrong)).to.have.keys('proof');
    expect(await found()).to.equal(null);
    expect((await browser.submit(path, { proof: PASSWORD })).status).to.equal(200);
    expect((await found())?.reason).to.equal(reason.trim());
    expect(id).to.not.equal(other.id);
  });

  it('is a PIN for whoever has no address, and a mailed link for whoever has no password', async () => {
    const [withPin, withLink] = [await longSignedIn(), await longSignedIn()];
    await write('update users set email = $2 where id = $1', [withPin.id, noAddress(withPin.id)]);
    await write('update users set password_hash = null where id = $1', [withLink.id]);
    expect(plain((await withPin.browser.get(DATA)).text)).to.include(said('account.pin'));
    await withLink.browser.get(DATA);
    expect((await withLink.browser.submit('/sign-in/link')).path).to.equal('/sign-in/link/sent');
    const tried = await send(withLink.browser, '/account/proof', { proof: '' });
    expect(tried.status).to.equal(422);
  });

  it('is asked for more slowly the more often it is wrong, even of whoever has it', async () => {
    const { browser } = await longSignedIn();
    await browser.get(DATA);
    for (let tries = 0; tries < 10; tries += 1)
      expect((await browser.submit('/account/proof', { proof: `wrong ${tries}` })).status).to.equal(422);
    const late = await browser.submit('/account/proof', { proof: PASSWORD });
    expect(late.status).to.equal(429);
    expect(Number(late.headers.get('retry-after'))).to.be.within(1, 600);
    expect((await browser.get(DATA)).path).to.equal(ASKED);
  });

  it('leads to no other site', async () => {
    const { browser } = await longSignedIn();
    await browser.get('/account/proof?next=//evil.example/x');
    expect((await browser.submit('/account/proof', { proof: PASSWORD })).path).to.equal('/account');
  });

  it('is not asked of somebody by an administrator’s page that they may not see', async () => {
    const somebody = await dina();
    expect((await somebody.browser.get('/admin/erasures/x')).status).to.equal(404);
  });
});
