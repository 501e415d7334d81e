import { expect } from 'chai';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { inBoxes } from '../../../support/dates.js';
import { employer, linked, member, unit } from '../../../support/organisations.js';
import { plain } from '../../../support/pages.js';
import { signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { count, row } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld } from '../../../support/world.js';

describe('a person who is added or corrected by hand', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let oslo: string;
  let otto: Person;
  let people: string;

  before(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    otto = await signedIn({ name: 'Otto Vik' });
    await appoint(otto, 'administrator', organisation.id);
    people = `/organisations/${organisation.id}/people`;
  });

  const known = () => count('membership_people where organisation_id = $1', [organisation.id]);

  async function add(fields: Record<string, string>) {
    await otto.browser.get(`${people}/new`);
    return otto.browser.submit(`${people}/new`, fields);
  }

  it('is in the list at once, with a place from the day of hire on', async () => {
    const page = await add({
      name: '  Åsa   Lund ',
      email: 'Asa@Crew.example',
      staffNumber: '000427',
      unit: oslo,
      job: 'Cabin crew',
      ...inBoxes('hiredOn', '2025-03-01'),
    });
    expect(page.status).to.equal(200);
    expect(plain(page.text)).to.include(said('done.person-added')).and.include('Oslo').and.include('000427');
    const id = /people\/([0-9a-f-]{36})/.exec(page.path)?.[1] ?? '';
    expect(
      await row(
        'select name, email, staff_number as number from membership_people where membership_id = $1',
        [id],
      ),
    ).to.deep.equal({ name: 'Åsa Lund', email: 'asa@crew.example', number: '000427' });
    expect(await row('select from_day as day from placements where membership_id = $1', [id])).to.deep.equal({
      day: '2025-03-01',
    });
    expect((await otto.browser.get(`${people}?query=asa`)).text).to.include(id);
  });

  it('needs a name only', async () => {
    const page = await add({ name: 'ن', email: '', staffNumber: '', unit: '', job: '' });
    expect(page.path).to.match(/\?done=person-added$/);
  });

  it('is not added with wrong input, and what was typed stays', async () => {
    const before = await known();
    for (const [wrong, fields] of [
      [{ name: '' }, ['name']],
      [{ name: 'Ben', email: 'ben at home' }, ['email']],
      [{ name: 'Ben', staffNumber: '9'.repeat(61) }, ['staffNumber']],
      [{ name: 'Ben', staffNumber: '000427' }, ['staffNumber']],
      [{ name: 'Ben', unit: newId() }, ['unit']],
      [{ name: 'Ben', ...inBoxes('hiredOn', '2026-02-31') }, ['hiredOn']],
    ] as const) {
      const page = await add({ email: '', staffNumber: '', unit: '', job: 'Steward', ...wrong });
      expect(page.status, JSON.stringify(wrong)).to.equal(422);
      expect(Object.keys(errorsOn(page)), JSON.stringify(wrong)).to.deep.equal(fields);
      expect(page.text).to.include('value="Steward"');
    }
    expect(await known()).to.equal(before);
  });

  it('is corrected, and found by the new name', async () => {
    const id = await member(organisation, { name: 'Vera Holm', staffNumber: '77' });
    const path = `${people}/${id}/details`;
    const form = await otto.browser.get(path);
    expect(form.text).to.include('value="Vera Holm"').and.include('value="77"');
    const page = await otto.browser.submit(path, { name: 'Vera Strand', email: '', staffNumber: '78' });
    expect(plain(page.text)).to.include('Vera Strand').and.include(said('done.person-corrected'));
    expect((await otto.browser.get(`${people}?query=strand`)).text).to.include(id);
    expect((await otto.browser.get(`${people}?query=holm`)).text).to.not.include(id);
  });

  it('who has an account and no record yet is corrected too, and keeps the name of the account', async () => {
    const ada = await signedIn({ name: 'Ada Marlow' });
    const id = await member(organisation, { name: 'x' });
    await linked(id, ada.id);
    const path = `${people}/${id}/details`;
    await otto.browser.get(path);
    await otto.browser.submit(path, { name: 'Ada M. Marlow', email: '', staffNumber: '' });
    expect(await row('select name from users where id = $1', [ada.id])).to.deep.equal({ name: 'Ada Marlow' });
  });

  it('is nobody for managers, learners and those outside to add or correct, and nobody corrects their own', async () => {
    const id = await member(organisation, { name: 'Mara Lind', home: { unitId: oslo, job: null } });
    const [ben, away] = [await signedIn({ name: 'Ben Okafor' }), await signedIn({ name: 'Cleo Brandt' })];
    await appoint(ben, 'manager', organisation.id);
    await appoint(away, 'administrator', (await employer()).id);
    for (const { browser } of [ben, away])
      for (const path of [`${people}/new`, `${people}/${id}/details`])
        expect((await browser.get(path)).status, path).to.be.oneOf([403, 404]);
    expect((await ben.browser.get(people)).text).to.not.include(`${people}/new`);
    const own = await member(organisation, { name: 'Otto Vik' });
    await linked(own, otto.id);
    expect((await otto.browser.get(`${people}/${own}/details`)).status).to.equal(403);
  });
});
