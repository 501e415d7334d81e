import { expect } from 'chai';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { mergeUnits } from '../../../../server/people/organisations/units/merge-units.js';
import { treeOn } from '../../../../server/people/organisations/units/stored-units.js';
import {
  closeUnit,
  moveUnit,
  openUnit,
  renameUnit,
} from '../../../../server/people/organisations/units/units.js';
import { moveHome, placeAlso } from '../../../../server/people/organisations/people/members.js';
import { bySystem, employer, inDays, member, reasonOf, TODAY, unit } from '../../../support/organisations.js';
import { count, row, rows } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';

let organisation: OrganisationFacts;
let europe: string;
let norway: string;
let oslo: string;

const change = () => ({ organisation, ...bySystem() });
const below = async (day: string, saidAt?: number) =>
  Object.fromEntries((await treeOn(organisation.id, day, saidAt)).map(({ id, parentId }) => [id, parentId]));
const names = async (day: string) => (await treeOn(organisation.id, day)).map(({ name }) => name).sort();
const above = async (unitId: string) =>
  (
    await rows<{ id: string }>(
      'select ancestor_id as id from unit_ancestors where unit_id = $1 order by depth',
      [unitId],
    )
  ).map(({ id }) => id);
const view = (unitId: string) =>
  row<{ name: string; parentId: string | null; closedOn: string | null; mergedInto: string | null }>(
    'select name, parent_id as "parentId", closed_on as "closedOn", merged_into as "mergedInto" from units where id = $1',
    [unitId],
  );
const facts = () => count('unit_facts where organisation_id = $1', [organisation.id]);
const told = (name: string, unitId: string) =>
  count('events where name = $1 and organisation_id = $2 and payload like $3', [
    name,
    organisation.id,
    `%${unitId}%`,
  ]);

describe('units', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    europe = await unit(organisation, 'Europe');
    norway = await unit(organisation, 'Norway', { below: europe });
    oslo = await unit(organisation, 'Oslo', { below: norway, code: '007' });
  });

  it('stand in a tree, with those above each of them, and are told to the log', async () => {
    expect(await below(TODAY)).to.deep.equal({ [europe]: null, [norway]: europe, [oslo]: norway });
    expect(await above(oslo)).to.deep.equal([oslo, norway, europe]);
    expect(await told('unit.opened', oslo)).to.equal(1);
  });

  it('keep a name of one letter, one of 200, and one that is written from right to left', async () => {
    for (const name of ['A', 'ش', 'א'.repeat(200), 'قسم الشحن الجوي']) {
      const unitId = await unit(organisation, name, { below: europe });
      expect((await view(unitId))?.name).to.equal(name);
    }
  });

  it('move with all that is below them, and a past day keeps its tree', async () => {
    const asia = await unit(organisation, 'Asia');
    await moveUnit(change(), { unitId: norway, parentId: asia, fromDay: TODAY });
    expect(await above(oslo)).to.deep.equal([oslo, norway, asia]);
    expect(await below(inDays(-1))).to.include({ [norway]: europe, [oslo]: norway });
    expect(await below(TODAY)).to.include({ [norway]: asia, [oslo]: norway });
    expect(await told('unit.moved', norway)).to.equal(1);
  });

  it('that move on a day to come stay where they are until then', async () => {
    await moveUnit(change(), { unitId: oslo, parentId: europe, fromDay: inDays(3) });
    expect(await above(oslo)).to.deep.equal([oslo, norway, europe]);
    expect(await below(inDays(3))).to.include({ [oslo]: europe });
    await renameUnit(change(), { unitId: oslo, name: 'Oslo airport', code: '008', fromDay: inDays(1) });
    expect(await below(inDays(3))).to.include({ [oslo]: europe });
    expect(await names(inDays(3))).to.include('Oslo airport');
    expect(await view(oslo)).to.include({ name: 'Oslo', parentId: norway });
    expect(await row('select code from units where id = $1', [oslo])).to.deep.equal({ code: '008' });
  });

  it('that were said to have moved on a past day are corrected, and the log still knows what was said', async () => {
    const before = bySystem().now;
    await moveUnit(
      { ...change(), now: before + 1000 },
      { unitId: oslo, parentId: europe, fromDay: '2024-01-01' },
    );
    expect(await below('2023-12-31')).to.include({ [oslo]: norway });
    expect(await below('2024-01-01')).to.include({ [oslo]: europe });
    expect(await below('2024-01-01', before)).to.include({ [oslo]: norway });
  });

  it('never stand below themselves, on no day', async () => {
    const [isCircle, later] = ['circle', inDays(5)];
    expect(reasonOf(await moveUnit(change(), { unitId: europe, parentId: oslo, fromDay: TODAY }))).to.equal(
      isCircle,
    );
    expect(reasonOf(await moveUnit(change(), { unitId: oslo, parentId: oslo, fromDay: TODAY }))).to.equal(
      isCircle,
    );
    // Europe would be below Oslo from today on, and Oslo below Norway again, and so below Europe, in five days.
    await moveUnit(change(), { unitId: oslo, parentId: null, fromDay: TODAY });
    await moveUnit(change(), { unitId: oslo, parentId: norway, fromDay: later });
    const written = await facts();
    expect(reasonOf(await moveUnit(change(), { unitId: europe, parentId: oslo, fromDay: TODAY }))).to.equal(
      isCircle,
    );
    expect(await facts()).to.equal(written);
  });

  it('make no circle when two move at once', async () => {
    const [one, other] = [await unit(organisation, 'One'), await unit(organisation, 'Other')];
    const outcomes = await Promise.all([
      moveUnit(change(), { unitId: one, parentId: other, fromDay: TODAY }),
      moveUnit(change(), { unitId: other, parentId: one, fromDay: TODAY }),
    ]);
    expect(outcomes.map(reasonOf).sort()).to.deep.equal(['circle', null]);
  });

  it('stand on eight levels at most', async () => {
    let lowest = oslo;
    for (let level = 4; level <= 8; level += 1)
      lowest = await unit(organisation, `Level ${level}`, { below: lowest });
    const ninth = { name: 'Level 9', code: null, parentId: lowest, fromDay: TODAY };
    expect(reasonOf(await openUnit(change(), ninth))).to.equal('too-deep');
    const top = await unit(organisation, 'Top');
    expect(reasonOf(await moveUnit(change(), { unitId: europe, parentId: top, fromDay: TODAY }))).to.equal(
      'too-deep',
    );
    expect(await above(lowest)).to.have.length(8);
  });

  it('have names of their own among those beside them, whatever the case, and codes in the whole organisation', async () => {
    const open = (name: string, parentId: string | null, code: string | null = null) =>
      openUnit(change(), { name, parentId, code, fromDay: TODAY });
    expect(reasonOf(await open('NORWAY ', europe))).to.equal('name-taken');
    expect(reasonOf(await open('Norway', null))).to.equal(null);
    expect(reasonOf(await open('Bergen', norway, '007'))).to.equal('code-taken');
    expect(await count('units where organisation_id = $1', [organisation.id])).to.equal(4);
    const elsewhere = await employer();
    await unit(elsewhere, 'Oslo', { code: '007' });
  });

  it('of another organisation are unknown, also as the unit above', async () => {
    const stranger = await unit(await employer(), 'Elsewhere');
    expect(reasonOf(await moveUnit(change(), { unitId: stranger, parentId: null, fromDay: TODAY }))).to.equal(
      'unknown',
    );
    expect(reasonOf(await moveUnit(change(), { unitId: oslo, parentId: stranger, fromDay: TODAY }))).to.equal(
      'parent-closed',
    );
    expect(reasonOf(await closeUnit(change(), { unitId: newId(), fromDay: TODAY }))).to.equal('unknown');
  });

  it('close once nobody is placed there and no unit is below them', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    expect(reasonOf(await closeUnit(change(), { unitId: norway, fromDay: TODAY }))).to.equal('has-units');
    expect(reasonOf(await closeUnit(change(), { unitId: oslo, fromDay: TODAY }))).to.equal('has-people');
    await moveHome(
      { organisation, membershipId: id, fromDay: inDays(2), ...bySystem() },
      { unitId: norway, job: null },
    );
    expect(reasonOf(await closeUnit(change(), { unitId: oslo, fromDay: TODAY }))).to.equal('has-people');
    expect(reasonOf(await closeUnit(change(), { unitId: oslo, fromDay: inDays(2) }))).to.equal(null);
    expect(await view(oslo)).to.include({ closedOn: null });
    expect(await below(inDays(2))).not.to.have.property(oslo);
    expect(
      reasonOf(await openUnit(change(), { name: 'Gate', code: null, parentId: oslo, fromDay: TODAY })),
    ).to.equal('parent-closed');
  });

  it('that are closed are still below those above them, for those who see their people', async () => {
    await closeUnit(change(), { unitId: oslo, fromDay: TODAY });
    expect(await view(oslo)).to.include({ closedOn: TODAY, parentId: norway });
    expect(await above(oslo)).to.deep.equal([oslo, norway, europe]);
  });

  describe('merge into another:', () => {
    let bergen: string;
    beforeEach(async () => (bergen = await unit(organisation, 'Bergen', { below: norway })));

    it('people and units go on there from the day on, and every earlier day stays', async () => {
      const gate = await unit(organisation, 'Gate', { below: oslo });
      const id = await member(organisation, { home: { unitId: oslo, job: 'crew' } });
      await mergeUnits(change(), { unitId: oslo, intoId: bergen, fromDay: TODAY });
      const placed = (day: string) =>
        rows<{ unit: string }>(
          'select unit_id as unit, job from placements where membership_id = $1 and retired_at is null and from_day <= $2 and (to_day is null or to_day > $2)',
          [id, day],
        );
      expect(await placed(inDays(-1))).to.deep.equal([{ unit: oslo, job: 'crew' }]);
      expect(await placed(TODAY)).to.deep.equal([{ unit: bergen, job: 'crew' }]);
      expect(
        await count('placements where membership_id = $1 and has_reach and unit_id = $2', [id, bergen]),
      ).to.equal(1);
      expect(await above(gate)).to.deep.equal([gate, bergen, norway, europe]);
      expect(await view(oslo)).to.include({ closedOn: TODAY, mergedInto: bergen });
      expect(await told('unit.merged', oslo)).to.equal(1);
    });

    it('somebody who works in both is there once', async () => {
      const id = await member(organisation, { home: { unitId: norway, job: null } });
      for (const unitId of [oslo, bergen])
        await placeAlso(
          { organisation, membershipId: id, fromDay: TODAY, ...bySystem() },
          { unitId, job: null },
        );
      await mergeUnits(change(), { unitId: oslo, intoId: bergen, fromDay: inDays(1) });
      expect(
        await rows(
          'select unit_id as unit, to_day as "to" from placements where membership_id = $1 and not is_home and retired_at is null order by from_day, to_day',
          [id],
        ),
      ).to.have.deep.members([
        { unit: oslo, to: inDays(1) },
        { unit: bergen, to: null },
      ]);
    });

    it('refuses one below it, one that closes, and itself', async () => {
      const merge = (unitId: string, intoId: string) =>
        mergeUnits(change(), { unitId, intoId, fromDay: TODAY }).then(reasonOf);
      expect(await merge(norway, oslo)).to.equal('circle');
      expect(await merge(oslo, oslo)).to.equal('circle');
      await closeUnit(change(), { unitId: bergen, fromDay: inDays(9) });
      expect(await merge(oslo, bergen)).to.equal('into-closed');
      expect(await merge(oslo, newId())).to.equal('into-closed');
    });
  });
});
