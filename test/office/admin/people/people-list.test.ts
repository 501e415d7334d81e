import { expect } from 'chai';
import { indexPeople } from '../../../../server/people/accounts/search-words.js';
import { count, write } from '../../../support/rows.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { dina, person } from '../../../support/people.js';
import { plain } from '../../../support/pages.js';
import { said } from '../../../support/said.js';
import { ownWorld } from '../../../support/world.js';

describe('people in the administration', () => {
  ownWorld();
  it('finds somebody by the beginning of the address, in upper or lower case', async () => {
    const [somebody, other] = [await person({ name: 'Zoë Łukasz' }), await person()];
    const { browser } = await dina();
    for (const query of [
      somebody.email,
      somebody.email.slice(0, 20),
      somebody.email.toUpperCase(),
      ` ${somebody.email} `,
    ]) {
      const words = plain((await browser.get(`/admin/people?query=${encodeURIComponent(query)}`)).text);
      expect(words).to.include(somebody.email).and.include('Zoë Łukasz').and.not.include(other.email);
    }
  });

  it('treats the signs of a pattern as text', async () => {
    const { browser } = await dina();
    await person();
    for (const query of ['%', '_', '*', "' or 1=1 --"]) {
      const words = plain((await browser.get(`/admin/people?query=${encodeURIComponent(query)}`)).text);
      expect(words, query).to.include(said('admin.nothing', { query }));
    }
  });

  it('marks administrators and people who are disabled', async () => {
    const admin = await dina();
    const gone = await person();
    await write('update users set disabled_at = 1 where id = $1', [gone.id]);
    const wordsOn = async (email: string) =>
      plain((await admin.browser.get(`/admin/people?query=${email}`)).text);
    expect(await wordsOn(admin.email)).to.match(new RegExp(`20\\d\\d ${said('admin.isAdministrator')}`));
    expect(await wordsOn(gone.email)).to.include(said('admin.isDisabled'));
  });

  it('marks an administrator who is disabled as both, in the list and on their own page', async () => {
    const [{ browser }, gone] = [await dina(), await dina()];
    await write('update users set disabled_at = 1 where id = $1', [gone.id]);
    for (const path of [`/admin/people?query=${gone.email}`, `/admin/people/${gone.id}`])
      expect(plain((await browser.get(path)).text), path).to.include(
        `${said('admin.isAdministrator')} ${said('admin.isDisabled')}`,
      );
    const other = plain((await browser.get(`/admin/people/${(await person()).id}`)).text);
    expect(other).to.not.include(said('admin.isDisabled'));
  });

  it('pages through all of them, each once', async () => {
    const prefix = `page-${newId()}`;
    const { browser } = await dina();
    const email = (n: number) => `${prefix}-${String(n).padStart(3, '0')}@example.org`;
    for (let n = 0; n < 120; n += 1) {
      await write('insert into users (id, email, name, created_at) values ($1, $2, $3, $4)', [
        newId(),
        email(n),
        `N ${n}`,
        1,
      ]);
    }
    await indexPeople();
    const seen: string[] = [];
    let next: string | undefined = `/admin/people?query=${prefix}`;
    for (let pages = 0; next && pages < 10; pages += 1) {
      const { text } = await browser.get(next);
      seen.push(...[...text.matchAll(/page-[\w-]+@example\.org(?=<\/bdi>)/g)].map(([found]) => found));
      next = linksIn(text, /^\/admin\/people\?.*after=/)[0];
    }
    expect(seen)
      .to.have.length(120)
      .and.to.have.members(Array.from({ length: 120 }, (_, n) => email(n)));
    expect(await count('users where email like $1', [`${prefix}%`])).to.equal(120);
  });
});
