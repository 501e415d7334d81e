import { expect } from 'chai';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { treeOn } from '../../../../server/people/organisations/units/stored-units.js';
import { employer, manyUnits, member, unit } from '../../../support/organisations.js';
import { cleo, dina, signedIn, type Person } from '../../../support/people.js';
import { inBoxes } from '../../../support/dates.js';
import { plain, send } from '../../../support/pages.js';
import { appoint } from '../../../support/roles.js';
import { count, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld } from '../../../support/world.js';

describe('the pages of units', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let home: string;
  let europe: string;
  let oslo: string;
  let today: string;
  let admin: Person;
  before(async () => (admin = await dina()));
  beforeEach(async () => {
    organisation = await employer();
    home = `/organisations/${organisation.id}/units`;
    europe = await unit(organisation, 'Europe');
    oslo = await unit(organisation, 'Oslo', { below: europe });
    today = dayOf(Date.now(), organisation.timeZone);
  });

  const on = (day: string) => inBoxes('day', day);
  const tree = async (day = today) =>
    Object.fromEntries((await treeOn(organisation.id, day)).map(({ name, parentId }) => [name, parentId]));

  it('show the tree of a day that is in the address, and say where it is no day', async () => {
    const { browser } = admin;
    await browser.get(`${home}/${oslo}/closing`);
    await browser.submit(`${home}/${oslo}/closing`, on(daysAfter(today, 10)));
    const seen = async (day: Record<string, string>) => {
      const page = await browser.get(`${home}?${new URLSearchParams(day).toString()}`);
      const names = ['Europe', 'Oslo'].filter(name => plain(page.text).includes(name));
      return { status: page.status, names, isOfDay: page.text.includes('data-day'), errors: errorsOn(page) };
    };
    const good = { status: 200, errors: {} };
    expect(await seen({})).to.deep.equal({ ...good, names: ['Europe', 'Oslo'], isOfDay: false });
    expect(await seen(on(daysAfter(today, 9)))).to.deep.equal({
      ...good,
      names: ['Europe', 'Oslo'],
      isOfDay: true,
    });
    expect(await seen(on(daysAfter(today, 10)))).to.deep.equal({ ...good, names: ['Europe'], isOfDay: true });
    expect(await seen(on('2019-12-31'))).to.deep.equal({ ...good, names: [], isOfDay: true });
    const wrong = await seen({ 'day-day': '31', 'day-month': '2', 'day-year': '2026' });
    expect(wrong).to.include({ status: 422, isOfDay: false });
    expect(wrong.errors).to.deep.equal({ day: said('errors.change-day') });
  });

  it('show many units in parts, and find one by its name', async () => {
    await manyUnits(organisation.id, 150);
    const linked = (page: { text: string }) => linksIn(page.text, /\/units\/[0-9a-f-]{36}$/);
    const first = await admin.browser.get(home);
    const [next = ''] = linksIn(first.text, /after=/);
    const second = await admin.browser.get(next);
    expect([linked(first).length, linked(second).length]).to.deep.equal([100, 52]);
    expect(new Set([...linked(first), ...linked(second)]).size).to.equal(152);
    expect(linksIn(second.text, /after=/)).to.deep.equal([]);
    expect(linked(await admin.browser.get(`${home}?query=osl`))).to.deep.equal([`${home}/${oslo}`]);
    const nowhere = await admin.browser.get(`${home}?query=nowhere`);
    expect(linked(nowhere)).to.deep.equal([]);
    expect(nowhere.text).to.include(said('units.noneFound'));
  });

  it('add, rename, move, merge and close, each from a day', async () => {
    const { browser } = admin;
    await browser.get(`${home}/new?below=${europe}`);
    const made = await browser.submit(`${home}/new`, {
      name: 'بيرغن',
      code: '012',
      unit: europe,
      ...on(today),
    });
    expect(made.text).to.include(said('done.unit-new'));
    const bergen = made.path.split('/').at(-1)?.split('?')[0] ?? '';
    const step = async (unitId: string, name: string, form: Record<string, string>) => {
      await browser.get(`${home}/${unitId}/${name}`);
      const page = await browser.submit(`${home}/${unitId}/${name}`, form);
      expect(plain(page.text), name).to.include(said(`done.unit-${name}`));
    };
    await step(oslo, 'name', { name: 'Oslo airport', code: '7', ...on(today) });
    await step(bergen, 'place', { unit: '', ...on(daysAfter(today, 1)) });
    await step(oslo, 'merger', { unit: bergen, ...on(daysAfter(today, 2)) });
    await step(europe, 'closing', on(daysAfter(today, 3)));
    expect(await tree()).to.deep.equal({ Europe: null, 'Oslo airport': europe, بيرغن: europe });
    expect(await tree(daysAfter(today, 2))).to.deep.equal({ Europe: null, بيرغن: null });
    expect(await tree(daysAfter(today, 3))).to.deep.equal({ بيرغن: null });
  });

  it('refuse what cannot be, say where, keep what was typed and write nothing', async () => {
    const { browser } = admin;
    await member(organisation, { home: { unitId: oslo, job: null } });
    const written = await count('unit_facts');
    const cases: [string, Record<string, string>, Record<string, string>][] = [
      [
        `${home}/new`,
        { name: ' ', code: 'x'.repeat(61), unit: 'x', ...on('2026-02-30') },
        {
          name: 'errors.unit-name',
          code: 'errors.unit-code-long',
          unit: 'errors.unit',
          day: 'errors.change-day',
        },
      ],
      [
        `${home}/new`,
        { name: 'x'.repeat(201), code: '', unit: '', ...on(today) },
        { name: 'errors.unit-name-long' },
      ],
      [
        `${home}/new`,
        { name: 'EUROPE', code: '', unit: '', ...on(today) },
        { name: 'units.refused.name-taken' },
      ],
      [`${home}/${europe}/place`, { unit: oslo, ...on(today) }, { unit: 'units.refused.circle' }],
      [`${home}/${oslo}/merger`, { unit: newId(), ...on(today) }, { unit: 'units.refused.into-closed' }],
      [`${home}/${oslo}/closing`, on(today), { day: 'units.refused.has-people' }],
      [`${home}/${europe}/closing`, on(today), { day: 'units.refused.has-units' }],
      [
        `${home}/${oslo}/name`,
        { name: 'Oslo', code: '', ...on('1980-01-01') },
        { day: 'units.refused.unknown' },
      ],
    ];
    for (const [path, form, errors] of cases) {
      const page = await send(browser, path, form);
      expect([page.status, errorsOn(page)], path).to.deep.equal([
        422,
        Object.fromEntries(Object.entries(errors).map(([field, key]) => [field, said(key)])),
      ]);
    }
    expect(await count('unit_facts')).to.equal(written);
    expect(
      (await send(browser, `${home}/new`, { name: 'EUROPE', code: '', unit: '', ...on(today) })).text,
    ).to.include('value="EUROPE"');
  });

  it('list the people of a unit by name, a part at a time', async () => {
    for (let at = 0; at < 51; at += 1)
      await member(organisation, {
        name: `Person ${String(at).padStart(2, '0')}`,
        home: { unitId: oslo, job: 'crew' },
      });
    await member(organisation, { name: 'ن', home: { unitId: oslo, job: null } });
    const first = await admin.browser.get(`${home}/${oslo}`);
    expect(plain(first.text)).to.include('Person 49').and.not.to.include('Person 50');
    const next = /href="([^"]+)" rel="next"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await admin.browser.get(next);
    expect(plain(second.text)).to.include('Person 50').and.to.include('ن').and.not.to.include('Person 49');
  });

  it('show a manager of a unit that unit and what is below it, and let nobody but administrators change it', async () => {
    const asia = await unit(organisation, 'Asia');
    const manager = await signedIn({ name: 'Ben Ito' });
    await appoint(manager, 'manager', organisation.id);
    await write('update role_grants set unit_id = $1 where user_id = $2', [europe, manager.id]);
    const page = await manager.browser.get(home);
    expect(plain(page.text)).to.include('Europe').and.to.include('Oslo').and.not.to.include('Asia');
    expect((await manager.browser.get(`${home}/${oslo}`)).status).to.equal(200);
    expect((await manager.browser.get(`${home}/${asia}`)).status).to.equal(404);
    for (const path of ['/new', `/${oslo}/closing`]) {
      expect((await manager.browser.get(`${home}${path}`)).status).to.equal(404);
      expect((await send(manager.browser, `${home}${path}`, on(today))).status).to.equal(404);
    }
  });

  it('are not there for anybody else, nor for an id that names nothing', async () => {
    const stranger = await cleo();
    for (const path of ['', '/new', `/${oslo}`, `/${oslo}/place`]) {
      expect((await stranger.browser.get(`${home}${path}`)).status, path).to.equal(404);
    }
    expect((await send(stranger.browser, `${home}/${oslo}/closing`, on(today))).status).to.equal(404);
    const elsewhere = await unit(await employer(), 'Elsewhere');
    for (const id of [elsewhere, newId(), 'x']) {
      expect((await admin.browser.get(`${home}/${id}`)).status, id).to.equal(404);
      expect((await send(admin.browser, `${home}/${id}/closing`, on(today))).status, id).to.equal(404);
    }
  });
});
