import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { closeUnit } from '../../../../server/people/organisations/units/units.js';
import { inBoxes } from '../../../support/dates.js';
import { bySystem, employer, linked, manyUnits, member, unit } from '../../../support/organisations.js';
import { plain, send } from '../../../support/pages.js';
import { cleo, dina, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld } from '../../../support/world.js';

describe('the pages of places', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let oslo: string;
  let bergen: string;
  let id: string;
  let home: string;
  let today: string;
  let admin: Person;
  before(async () => (admin = await dina()));
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    bergen = await unit(organisation, 'Bergen');
    id = await member(organisation, { name: 'ن', home: { unitId: oslo, job: 'crew' } });
    home = `/organisations/${organisation.id}/people/${id}/places`;
    today = dayOf(Date.now(), organisation.timeZone);
  });

  const on = (day: string, field = 'day') => inBoxes(field, day);
  const placed = async (day: string) =>
    (
      await rows<{ unit: string }>(
        `select unit_id as unit from placements where membership_id = $1 and retired_at is null and from_day <= $2
         and (to_day is null or to_day > $2) order by is_home desc`,
        [id, day],
      )
    ).map(each => each.unit);
  const employment = async () =>
    (await row<{ employment: string }>('select employment from memberships where id = $1', [id]))?.employment;

  async function step(name: string, form: Record<string, string>): Promise<string> {
    await admin.browser.get(`${home}/${name}`);
    const page = await admin.browser.submit(`${home}/${name}`, form);
    expect([page.path, plain(page.text).includes(said(`done.place-${name}`))]).to.deep.equal([
      `${home}?done=place-${name}`,
      true,
    ]);
    return plain(page.text);
  }

  it('find a unit among many by its name, and do nothing before it is chosen', async () => {
    const ids = await manyUnits(organisation.id, 150);
    const page = await admin.browser.get(`${home}/move`);
    expect(page.text).to.not.include('Base 77');
    const day = on(today);
    for (const form of [
      { find: 'unit', unitQuery: 'BASE 77', job: 'gate', unit: oslo },
      { unitQuery: 'base 78', job: 'gate', unit: oslo },
    ]) {
      const shown = await admin.browser.submit(`${home}/move`, { ...form, ...day });
      expect(shown.status).to.equal(200);
      expect(errorsOn(shown)).to.deep.equal({});
      expect(shown.text)
        .to.include(form.unitQuery.toLowerCase().replace('b', 'B'))
        .and.to.include('value="gate"');
      expect(await placed(today)).to.deep.equal([oslo]);
    }
    const found = await admin.browser.submit(`${home}/move`, {
      unit: ids[78] ?? '',
      unitQuery: 'base 78',
      job: '',
      ...day,
    });
    expect(found.path).to.include('done=place-move');
    expect(await placed(today)).to.deep.equal([ids[78]]);
  });

  it('find a unit by its code, here, for a role, above another unit and for a new person', async () => {
    const ids = await manyUnits(organisation.id, 150);
    await write('update units set code = $1 where id = $2', ['ZRH', ids[7] ?? '']);
    const home = `/organisations/${organisation.id}`;
    for (const path of [
      `${home}/people/${id}/places/move`,
      `${home}/roles/appointment`,
      `${home}/units/new`,
      `${home}/people/new`,
    ]) {
      await admin.browser.get(path);
      const { text } = await admin.browser.submit(path, { unitQuery: 'zrh' });
      expect([...text.matchAll(/id="unit-([0-9a-f-]{36})"/g)].map(([, value]) => value)).to.deep.equal([
        ids[7],
      ]);
    }
  });

  it('give nobody a role in the whole organisation who was meant for a unit', async () => {
    const ids = await manyUnits(organisation.id, 150);
    const manager = await signedIn();
    await linked(await member(organisation, {}), manager.id);
    const path = `/organisations/${organisation.id}/roles/appointment`;
    const form = { email: manager.email, role: 'manager' };
    await admin.browser.get(path);
    const shown = await admin.browser.submit(path, { ...form, unit: '', unitQuery: 'base 9' });
    expect([shown.path, errorsOn(shown)]).to.deep.equal([path, {}]);
    const roles = () =>
      rows<{ unit: string }>('select unit_id as unit from role_grants where user_id = $1', [manager.id]);
    expect(await roles()).to.deep.equal([]);
    await admin.browser.submit(path, { ...form, unit: ids[9] ?? '', unitQuery: 'base 9' });
    expect(await roles()).to.deep.equal([{ unit: ids[9] }]);
  });

  it('move somebody, and keep where they were', async () => {
    const page = await step('move', { unit: bergen, job: 'gate', ...on(today) });
    expect(page).to.include('Oslo').and.to.include('Bergen').and.to.include('gate');
    expect([await placed(daysAfter(today, -1)), await placed(today)]).to.deep.equal([[oslo], [bergen]]);
  });

  it('say what was corrected, by whom and when, and call no move and no changed plan a correction', async () => {
    const corrected = async () => {
      const { text } = await admin.browser.get(home);
      return [...text.matchAll(/<li data-corrected="([^"]*)">([\s\S]*?)<\/li>/g)].map(([, by, html = '']) => [
        by,
        plain(html).includes('Oslo'),
      ]);
    };
    await step('move', { unit: bergen, job: 'gate', ...on(daysAfter(today, 20)) });
    await step('move', { unit: bergen, job: 'gate', ...on(daysAfter(today, 30)) });
    await step('move', { unit: bergen, job: 'gate', ...on(today) });
    expect(await corrected()).to.deep.equal([]);
    await step('move', { unit: bergen, job: 'gate', ...on(daysAfter(today, -10)) });
    expect(await corrected()).to.deep.equal([['Dina Aziz', true]]);
    expect(await placed(daysAfter(today, -10))).to.deep.equal([bergen]);
    await step('absence', { ...on(daysAfter(today, -5)), ...on(daysAfter(today, -4), 'until') });
    await step('return', on(daysAfter(today, -5)));
    expect(await corrected()).to.have.length(2);
  });

  it('add another place, and end it', async () => {
    await step('further', { unit: bergen, job: '', ...on(today) });
    expect(await placed(today)).to.deep.equal([oslo, bergen]);
    await step('end', { unit: bergen, ...on(daysAfter(today, 1)) });
    expect(await placed(daysAfter(today, 1))).to.deep.equal([oslo]);
  });

  it('record leave and its end, leaving and coming back', async () => {
    await step('absence', { ...on(today), ...on(daysAfter(today, 3), 'until') });
    expect(await employment()).to.equal('on-leave');
    await step('return', on(today));
    expect(await employment()).to.equal('active');
    await step('leaving', { when: 'day', ...on(today) });
    expect([await employment(), await placed(daysAfter(today, 1))]).to.deep.equal(['active', []]);
    await step('leaving', { when: 'now', ...on(today) });
    expect([await employment(), await placed(today)]).to.deep.equal(['left', []]);
    await step('rejoining', { unit: bergen, job: '', ...on(today) });
    expect([await employment(), await placed(today)]).to.deep.equal(['active', [bergen]]);
  });

  it('refuse what cannot be, say where, and write nothing', async () => {
    await closeUnit({ organisation, ...bySystem() }, { unitId: bergen, fromDay: today });
    const written = await count('placements');
    const cases: [string, Record<string, string>, Record<string, string>][] = [
      [
        'move',
        { unit: '', job: 'x'.repeat(61) },
        { unit: 'errors.unit', job: 'errors.post-long', day: 'errors.change-day' },
      ],
      ['move', { unit: bergen, job: '', ...on(today) }, { unit: 'errors.unit-closed' }],
      ['further', { unit: newId(), job: '', ...on(today) }, { unit: 'errors.unit-closed' }],
      ['absence', { ...on(today), ...on(daysAfter(today, -2), 'until') }, { until: 'errors.leave-until' }],
      ['leaving', on(today), { when: 'errors.leaving-when' }],
      ['leaving', { when: 'day' }, { day: 'errors.change-day' }],
    ];
    for (const [name, form, errors] of cases) {
      const page = await send(admin.browser, `${home}/${name}`, form);
      const wanted = Object.fromEntries(Object.entries(errors).map(([field, key]) => [field, said(key)]));
      expect([page.status, errorsOn(page)], name).to.deep.equal([422, wanted]);
    }
    expect(await count('placements')).to.equal(written);
    expect(await employment()).to.equal('active');
  });

  it('let a manager of the unit look, and only administrators change', async () => {
    const manager = await signedIn({ name: 'Ben Ito' });
    await appoint(manager, 'manager', organisation.id);
    await write('update role_grants set unit_id = $1 where user_id = $2', [oslo, manager.id]);
    const page = await manager.browser.get(home);
    expect([page.status, page.text.includes(`${home}/move`)]).to.deep.equal([200, false]);
    expect((await send(manager.browser, `${home}/leaving`, { when: 'now' })).status).to.equal(403);
    await write('update role_grants set unit_id = $1 where user_id = $2', [bergen, manager.id]);
    const other = await signedIn({ name: 'Ben Ito' });
    await appoint(other, 'manager', organisation.id);
    await write('update role_grants set unit_id = $1 where user_id = $2', [bergen, other.id]);
    expect((await other.browser.get(home)).status).to.equal(404);
    expect((await send(other.browser, `${home}/leaving`, { when: 'now' })).status).to.equal(404);
    expect(await employment()).to.equal('active');
  });

  it('let nobody change their own', async () => {
    await linked(id, admin.id);
    expect(plain((await admin.browser.get(home)).text)).to.include(said('places.own'));
    expect(
      (await send(admin.browser, `${home}/move`, { unit: bergen, job: '', ...on(today) })).status,
    ).to.equal(403);
    expect(await placed(today)).to.deep.equal([oslo]);
  });

  it('are not there for anybody else, nor for an id of another organisation', async () => {
    const stranger = await cleo();
    for (const path of ['', '/move'])
      expect((await stranger.browser.get(`${home}${path}`)).status).to.equal(404);
    expect((await send(stranger.browser, `${home}/leaving`, { when: 'now' })).status).to.equal(404);
    const elsewhere = `/organisations/${(await employer()).id}/people/${id}/places`;
    expect((await admin.browser.get(elsewhere)).status).to.equal(404);
    expect((await send(admin.browser, `${elsewhere}/leaving`, { when: 'now' })).status).to.equal(404);
    expect(await employment()).to.equal('active');
  });
});
