import { expect } from 'chai';
import {
  setOwnHotline,
  wholeOf,
  type HotlinePlace,
} from '../../../../server/teaching/help/own-hotlines/own-hotline.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { manyUnits } from '../../../support/organisations.js';
import { ada, cleo, dina, type Person } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const TODAY = new Date().toISOString().slice(0, 10);

async function enter(place: HotlinePlace, name: string): Promise<void> {
  const { id: actorId } = await dina();
  const line = { name, phone: '+47 22 33 44 55', hours: null, checkedOn: TODAY };
  await setOwnHotline(place, { number: 1, line }, { actorId, now: Date.now() });
}

/** A unit below another; null: at the top. */
async function unit(organisationId: string, name: string, above: string | null): Promise<string> {
  const id = newId();
  await write(
    'insert into units (id, organisation_id, parent_id, name, created_at) values ($1, $2, $3, $4, 1)',
    [id, organisationId, above, name],
  );
  const ancestors = [id, ...(above ? [above] : [])];
  for (const [depth, ancestor] of ancestors.entries())
    await write('insert into unit_ancestors (unit_id, ancestor_id, depth) values ($1, $2, $3)', [
      id,
      ancestor,
      depth,
    ]);
  return id;
}

/** Makes somebody a member, working in a unit. */
async function place({ id: userId }: Person, organisationId: string, unitId: string): Promise<void> {
  const id = newId();
  await write('insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $3, 1)', [
    id,
    organisationId,
    userId,
  ]);
  await write(
    `insert into placements (id, membership_id, organisation_id, unit_id, is_home, from_day, recorded_at)
     values ($1, $1, $2, $3, $4, '2026-01-01', 1)`,
    [id, organisationId, unitId, true],
  );
  recentActors().remove(userId);
}

describe('the own hotline that a reader sees', () => {
  ownWorld();

  it('is the nearest of their organisation, on the page of a concern, its offline copy and the card', async () => {
    const air = await otherOrganisation();
    const { id: open } = await openOrganisation();
    const europe = await unit(air, 'Europe', null);
    const oslo = await unit(air, 'Oslo', europe);
    const [learner, other] = [await ada(), await cleo()];
    await place(learner, air, oslo);
    await place(other, air, await unit(air, 'Asia', null));
    await enter(wholeOf(open), 'Line of the site');
    await enter(wholeOf(air), 'Line of the airline');
    await enter({ ...wholeOf(air), country: 'GB' }, 'Line in Britain');
    await enter({ ...wholeOf(air), unitId: europe }, 'Line of Europe');
    const shown = async ({ get }: { get: Person['browser']['get'] }, path: string) => {
      const text = plain((await get(path)).text);
      return ['Line of the site', 'Line of the airline', 'Line in Britain', 'Line of Europe'].filter(name =>
        text.includes(name),
      );
    };
    const on = (browser: Person['browser']) => ({ get: browser.get.bind(browser) });
    const visitor = on(world().visitor());
    for (const path of ['/concern?country=GB', '/card/gb/driver', '/offline/concern'])
      expect(await shown(visitor, path), path).to.deep.equal(['Line of the site']);
    for (const path of ['/concern?country=GB', '/card/gb/driver', '/offline/concern'])
      expect(await shown(on(learner.browser), path), path).to.deep.equal(['Line of Europe']);
    expect(await shown(on(other.browser), '/concern?country=GB')).to.deep.equal(['Line in Britain']);
    expect(await shown(on(other.browser), '/concern?country=DE')).to.deep.equal(['Line of the airline']);
  });

  it('comes with the country that their organisation names, until they choose another', async () => {
    const air = await otherOrganisation();
    await write(`update organisations set hotline_country = 'PH' where id = $1`, [air]);
    const learner = await ada();
    await place(learner, air, await unit(air, 'Manila', null));
    const chosen = async (path: string) =>
      /<option value="(\w+)" selected>/.exec((await learner.browser.get(path)).text)?.[1];
    expect(await chosen('/concern')).to.equal('PH');
    expect(await chosen('/concern?country=GB')).to.equal('GB');
  });

  it('is entered for a country and for a unit by the organisation’s own administrator', async () => {
    const air = await otherOrganisation();
    const own = await cleo();
    await appoint(own, 'administrator', air);
    const oslo = await unit(air, 'Oslo', null);
    const theirs = await unit(await otherOrganisation(), 'Theirs', null);
    const home = `/organisations/${air}/settings/reporting-lines`;
    expect((await own.browser.get(`${home}?country=GB`)).path).to.equal(`${home}/gb`);
    expect((await own.browser.get(`${home}?unit=${oslo}`)).path).to.equal(`${home}/${oslo}`);
    for (const [query, errors] of [
      ['country=INT', { country: said('errors.country') }],
      ['unit=', { unit: said('errors.unit') }],
      ['unit=oslo', { unit: said('errors.unit') }],
      [`unit=${theirs}`, { unit: said('errors.unit') }],
    ] as const) {
      const page = await own.browser.get(`${home}?${query}`);
      expect([page.status, errorsOn(page)], query).to.deep.equal([422, errors]);
    }
    const [year, month, day] = TODAY.split('-');
    const form = {
      name: 'Desk',
      phone: '+47 1',
      hours: '',
      'checkedOn-day': day,
      'checkedOn-month': month,
      'checkedOn-year': year,
    };
    for (const part of ['gb', oslo]) {
      await own.browser.get(`${home}/${part}`);
      const saved = await own.browser.submit(`${home}/${part}`, form as Record<string, string>);
      expect(saved.path).to.equal(`${home}/${part}?saved`);
    }
    const list = plain((await own.browser.get(home)).text);
    expect(list).to.include('United Kingdom').and.include('Oslo');
    for (const part of ['int', 'xx', '__proto__', newId(), theirs])
      expect((await own.browser.get(`${home}/${part}`)).status, part).to.equal(404);
  });

  it('is found for one of many units by its name or code, without a script', async () => {
    const air = await otherOrganisation();
    const own = await cleo();
    await appoint(own, 'administrator', air);
    const units = await manyUnits(air, 101);
    await write('update units set code = $1 where id = $2', ['ZRH', units[7] ?? '']);
    const home = `/organisations/${air}/settings/reporting-lines`;
    const found = async (query: string) => {
      const { text } = await own.browser.get(`${home}?${query}`);
      return [...text.matchAll(/id="unit-([0-9a-f-]{36})"/g)].map(([, value]) => value);
    };
    expect(await found('')).to.deep.equal([]);
    expect(await found('unitFound=&unitQuery=zrh')).to.deep.equal([units[7]]);
    expect(await found('unitFound=&unitQuery=base+99')).to.deep.equal([units[99]]);
    const unchosen = await own.browser.get(`${home}?unitFound=zrh&unitQuery=zrh`);
    expect(errorsOn(unchosen)).to.deep.equal({ unit: said('errors.unit') });
    const chosen = await own.browser.get(`${home}?unitFound=zrh&unitQuery=zrh&unit=${units[7]}`);
    expect(chosen.path).to.equal(`${home}/${units[7]}`);
  });

  it('is kept by nobody else', async () => {
    const air = await otherOrganisation();
    const manager = await cleo();
    await appoint(manager, 'manager', air);
    const home = `/organisations/${air}/settings/reporting-lines`;
    for (const path of [home, `${home}/everyone`])
      expect((await manager.browser.get(path)).status).to.equal(404);
    expect((await send(manager.browser, `${home}/everyone`, { number: '1' })).status).to.equal(404);
  });
});
