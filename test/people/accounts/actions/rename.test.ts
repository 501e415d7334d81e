import { expect } from 'chai';
import { row, rows } from '../../../support/rows.js';
import { ada, cleo } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';
import { csrfOf } from '../browser.js';
import { errorsOn, said } from '../../../support/said.js';
import { plain } from '../../../support/pages.js';

const nameOf = async (id: string) =>
  (await row<{ name: string }>('select name from users where id = $1', [id]))?.name;

describe('changing one’s name', () => {
  ownWorld();
  it('changes the name at once', async () => {
    const { browser, id } = await ada();
    await browser.get('/account');
    const page = await browser.submit('/account/name', { name: '  Ada   Łucja\tMarlow ' });
    expect(page).to.include({ status: 200, path: '/account?saved=name' });
    expect(page.text).to.include('value="Ada Łucja Marlow"');
    expect(plain(page.text)).to.include(said('account.nameSaved'));
    expect(await nameOf(id)).to.equal('Ada Łucja Marlow');
  });

  it('changes no other person’s name', async () => {
    const [one, other] = [await ada(), await cleo()];
    await one.browser.get('/account');
    await one.browser.submit('/account/name', { name: 'Somebody New', id: other.id, userId: other.id });
    expect(await nameOf(other.id)).to.equal(other.name);
  });

  it('shows a refused name again with what is wrong', async () => {
    const { browser, id, name } = await ada();
    await browser.get('/account');
    const typed = `Ada ${'x'.repeat(200)}`;
    const page = await browser.submit('/account/name', { name: typed });
    expect(page).to.include({ status: 422, path: '/account/name' });
    expect(errorsOn(page)).to.deep.equal({ name: said('errors.name-long') });
    expect(page.text).to.include(`value="${typed}"`);
    expect(await nameOf(id)).to.equal(name);
    const empty = await browser.submit('/account/name', { name: ' ' });
    expect(empty.status).to.equal(422);
    expect(errorsOn(empty)).to.deep.equal({ name: said('errors.name') });
  });

  it('accepts names as people have them', async () => {
    const { browser } = await ada();
    for (const name of ['Nguyễn Thị Mỹ', 'محمد علي', 'O’Neill-Šimić', '王小明', 'ஸ்ரீ', 'X Æ A-12', 'Ng']) {
      await browser.get('/account');
      expect((await browser.submit('/account/name', { name })).text, name).to.include(
        `value="${name.normalize('NFC')}"`,
      );
    }
  });

  it('escapes the name on the page', async () => {
    const { browser } = await ada();
    await browser.get('/account');
    const page = await browser.submit('/account/name', { name: '"><script>alert(1)</script>' });
    expect(page.text).not.to.include('<script>alert');
    expect(page.text).to.include('&lt;script&gt;');
  });

  it('is recorded as an event without the name', async () => {
    const { browser, id } = await ada();
    await browser.get('/account');
    await browser.submit('/account/name', { name: 'Ada Secret' });
    const found = await rows<{ payload: string }>(
      `select payload from events where name = 'account.renamed' and actor_id = $1`,
      [id],
    );
    expect(found).to.deep.equal([{ payload: JSON.stringify({ userId: id }) }]);
  });

  it('needs sign-in', async () => {
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    expect((await browser.post('/account/name', { _csrf: token, name: 'Eve' })).path).to.equal('/sign-in');
    expect((await browser.get('/account')).path).to.equal('/sign-in?next=%2Faccount');
  });

  it('is refused without the token', async () => {
    const { browser, id, name } = await ada();
    expect((await browser.post('/account/name', { name: 'Eve' })).status).to.equal(403);
    expect(await nameOf(id)).to.equal(name);
  });

  it('happens once when it is submitted twice', async () => {
    const { browser, id } = await ada();
    await browser.get('/account');
    await browser.submit('/account/name', { name: 'Ada Twice' });
    expect((await browser.submit('/account/name', { name: 'Ada Twice' })).path).to.equal(
      '/account?saved=name',
    );
    expect(await nameOf(id)).to.equal('Ada Twice');
  });
});
