import { expect } from 'chai';
import { newId } from '../../../server/lib/ids.js';
import type { OrganisationFacts } from '../../../server/organisations/memberships.js';
import {
  addMember,
  changeMember,
  comeBack,
  endPlacement,
  goOnLeave,
  endEmployment,
  moveHome,
  placeAlso,
  returnFromLeave,
} from '../../../server/organisations/people/members.js';
import { applyMemberChanges, changeMembers } from '../../../server/organisations/people/change-members.js';
import { closeUnit } from '../../../server/organisations/units/units.js';
import {
  bySystem,
  employer,
  inDays,
  linked,
  member,
  reasonOf,
  TODAY,
  unit,
} from '../../support/organisations.js';
import { person } from '../../support/people.js';
import { count, row, rows, write } from '../../support/rows.js';
import { countStatements } from '../../support/statements.js';
import { ownWorld } from '../../support/world.js';

let organisation: OrganisationFacts;
let oslo: string;
let bergen: string;

const of = (membershipId: string, fromDay = TODAY) => ({
  organisation,
  membershipId,
  fromDay,
  ...bySystem(),
});

/** Where somebody is placed on a day, as it is said now or was said at a moment. */
const placesOn = (membershipId: string, day: string, saidAt = Number.MAX_SAFE_INTEGER) =>
  rows<{ unit: string; job: string | null; home: boolean }>(
    `select unit_id as unit, job from placements where membership_id = $1 and from_day <= $2 and (to_day is null or to_day > $2)
     and recorded_at <= $3 and (retired_at is null or retired_at > $3) order by is_home desc, unit_id`,
    [membershipId, day, saidAt],
  );

/** The units from which somebody is seen. */
const reach = async (membershipId: string) =>
  (
    await rows<{ unit: string }>(
      'select unit_id as unit from placements where membership_id = $1 and has_reach order by is_home desc',
      [membershipId],
    )
  ).map(each => each.unit);

const employment = async (membershipId: string) =>
  (await row<{ employment: string }>('select employment from memberships where id = $1', [membershipId]))
    ?.employment;

describe('members', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    bergen = await unit(organisation, 'Bergen');
  });

  it('are added without a login, with their facts, placement and one event', async () => {
    const home = { unitId: oslo, job: 'cabin crew' };
    const id = await member(organisation, {
      staffNumber: '00417',
      hiredOn: '2019-05-01',
      tags: ['night', 'night', 'crew'],
      home,
    });
    expect(
      await row(
        'select user_id as "userId", employment, hired_on as "hiredOn" from memberships where id = $1',
        [id],
      ),
    ).to.deep.equal({
      userId: null,
      employment: 'active',
      hiredOn: '2019-05-01',
    });
    expect(
      await rows(
        'select kind, value, from_day as "from" from membership_facts where membership_id = $1 order by kind, value',
        [id],
      ),
    ).to.deep.equal([
      { kind: 'employment', value: 'active', from: '2019-05-01' },
      { kind: 'hired', value: '2019-05-01', from: '2019-05-01' },
      { kind: 'tag', value: 'crew', from: '2024-01-01' },
      { kind: 'tag', value: 'night', from: '2024-01-01' },
    ]);
    expect(await reach(id)).to.deep.equal([oslo]);
    expect(await count(`events where name = 'member.changed' and payload like $1`, [`%${id}%`])).to.equal(1);
  });

  it('keep a name of one letter, one of 400, and one that is written from right to left', async () => {
    for (const name of ['O', 'ن', 'א'.repeat(400), 'نورة بنت عبد الله']) {
      const id = await member(organisation, { name });
      expect(await row('select name from membership_people where membership_id = $1', [id])).to.deep.equal({
        name,
      });
    }
  });

  it('move on a day, and every day keeps its place on both clocks', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await write('update placements set recorded_at = 1000 where membership_id = $1', [id]);
    await moveHome({ ...of(id, inDays(-10)), now: 2000 }, { unitId: bergen, job: 'gate' });
    expect(await placesOn(id, inDays(-11))).to.deep.equal([{ unit: oslo, job: null }]);
    expect(await placesOn(id, inDays(-10))).to.deep.equal([{ unit: bergen, job: 'gate' }]);
    expect(await placesOn(id, inDays(-10), 1999)).to.deep.equal([{ unit: oslo, job: null }]);
  });

  it('move on a future day without being seen there before', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await moveHome(of(id, inDays(5)), { unitId: bergen, job: null });
    expect(await reach(id)).to.deep.equal([oslo]);
    await moveHome(of(id, inDays(2)), { unitId: oslo, job: 'lead' });
    expect(await placesOn(id, inDays(5))).to.deep.equal([{ unit: bergen, job: null }]);
  });

  it('work in further units, which end by themselves', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await placeAlso(of(id), { unitId: bergen, job: 'trainer' });
    expect(await reach(id)).to.deep.equal([oslo, bergen]);
    await endPlacement(of(id), bergen);
    expect(await reach(id)).to.deep.equal([oslo]);
    expect(await placesOn(id, TODAY)).to.have.length(1);
  });

  it('who do the same twice change nothing, and tell nothing, the second time', async () => {
    const id = await member(organisation);
    const facts = () => count('placements where membership_id = $1', [id]);
    const events = () => count(`events where payload like $1`, [`%${id}%`]);
    await moveHome(of(id), { unitId: oslo, job: null });
    const before = [await facts(), await events()];
    await moveHome(of(id), { unitId: oslo, job: null });
    expect([await facts(), await events()]).to.deep.equal(before);
  });

  it('who leave are seen from their last place; who come back find their history', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null }, hiredOn: '2019-05-01' });
    await endEmployment(of(id, inDays(-3)));
    expect(await employment(id)).to.equal('left');
    expect(await placesOn(id, TODAY)).to.deep.equal([]);
    expect(await reach(id)).to.deep.equal([oslo]);
    await comeBack(of(id), { home: { unitId: bergen, job: null }, hiredOn: TODAY });
    expect(await employment(id)).to.equal('active');
    expect(await reach(id)).to.deep.equal([bergen]);
    expect(await placesOn(id, inDays(-4))).to.deep.equal([{ unit: oslo, job: null }]);
    expect(
      await rows(
        `select value from membership_facts where membership_id = $1 and kind = 'hired' and retired_at is null order by from_day`,
        [id],
      ),
    ).to.deep.equal([{ value: '2019-05-01' }, { value: TODAY }]);
  });

  it('who leave on a day to come are active until then, and what was planned after it is dropped', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await moveHome(of(id, inDays(9)), { unitId: bergen, job: null });
    await endEmployment(of(id, inDays(4)));
    expect(await employment(id)).to.equal('active');
    expect(await placesOn(id, inDays(3))).to.have.length(1);
    expect(await placesOn(id, inDays(9))).to.deep.equal([]);
  });

  it('go on leave and return, keeping their place', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await goOnLeave(of(id, inDays(-2)), null);
    expect(await employment(id)).to.equal('on-leave');
    expect(await reach(id)).to.deep.equal([oslo]);
    await returnFromLeave(of(id));
    expect(await employment(id)).to.equal('active');
    await goOnLeave(of(id, inDays(-1)), TODAY);
    expect(await employment(id)).to.equal('active');
  });

  it('who joined by themselves are employed since then', async () => {
    const { id: userId } = await person();
    const id = newId();
    await write(
      'insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $3, $4)',
      [id, organisation.id, userId, Date.parse('2024-03-05')],
    );
    await endEmployment(of(id));
    expect(
      await rows(
        'select value, from_day as "from", to_day as "to" from membership_facts where membership_id = $1 order by from_day',
        [id],
      ),
    ).to.deep.equal([
      { value: 'active', from: '2024-03-05', to: TODAY },
      { value: 'left', from: TODAY, to: null },
    ]);
  });

  it('correct their names, and exchange staff numbers', async () => {
    const [one, other] = [
      await member(organisation, { staffNumber: '1' }),
      await member(organisation, { staffNumber: '2' }),
    ];
    const called = (staffNumber: string) => ({ name: 'Ida Moe', email: 'ida@example.org', staffNumber });
    expect(reasonOf(await changeMember(of(one), { person: called('2') }))).to.equal('number-taken');
    const both = [
      { membershipId: one, fromDay: TODAY, person: called('2') },
      { membershipId: other, fromDay: TODAY, person: called('1') },
    ];
    expect(await changeMembers(organisation, both, bySystem())).to.include({ kind: 'changed' });
    expect(
      await row(
        'select name, email, staff_number as number from membership_people where membership_id = $1',
        [one],
      ),
    ).to.deep.equal({ name: 'Ida Moe', email: 'ida@example.org', number: '2' });
  });

  it('are not placed in a closed unit, an unknown one, or one of another organisation', async () => {
    const id = await member(organisation);
    await closeUnit({ organisation, ...bySystem() }, { unitId: bergen, fromDay: inDays(10) });
    const elsewhere = await unit(await employer(), 'Elsewhere');
    for (const unitId of [bergen, elsewhere, newId()])
      expect(reasonOf(await moveHome(of(id), { unitId, job: null })), unitId).to.equal('unit-closed');
    expect(await count('placements where membership_id = $1', [id])).to.equal(0);
  });

  it('of another organisation are unknown', async () => {
    const stranger = await member(await employer());
    expect(reasonOf(await endEmployment(of(stranger)))).to.equal('unknown');
    expect(await employment(stranger)).to.equal('active');
  });

  it('are placed once when two do so at once', async () => {
    const id = await member(organisation);
    await Promise.all([
      moveHome(of(id), { unitId: oslo, job: null }),
      moveHome(of(id), { unitId: bergen, job: null }),
    ]);
    expect(await placesOn(id, TODAY)).to.have.length(1);
  });

  it('lose their sessions with their last membership, not before', async () => {
    const { id: userId } = await person();
    const session = () => count('sessions where user_id = $1', [userId]);
    await write(
      `insert into sessions (id_hash, user_id, data, created_at, touched_at, expires_at) values ($1, $2, '{}', 1, 1, 1)`,
      [newId(), userId],
    );
    const id = await member(organisation);
    await linked(id, userId);
    await endEmployment(of(id));
    expect(await session()).to.equal(1);
    await comeBack(of(id), {});
    await write(`update memberships set employment = 'left' where user_id = $1 and id <> $2`, [userId, id]);
    await endEmployment(of(id, inDays(1)));
    expect(await session()).to.equal(1);
    await endEmployment(of(id));
    expect(await session()).to.equal(0);
  });

  describe('in a batch', () => {
    const added = (staffNumber: string, unitId = oslo) => ({
      membershipId: null,
      fromDay: '2025-01-01',
      person: { name: `Person ${staffNumber}`, email: null, staffNumber },
      home: { unitId, job: null },
    });

    it('are written whole or, where one is refused, not at all', async () => {
      const changes = [
        added('1'),
        added('2', newId()),
        added('1'),
        added('3'),
        { membershipId: newId(), fromDay: TODAY },
      ];
      expect(
        await applyMemberChanges({ organisation, importId: newId(), changes }, bySystem()),
      ).to.deep.equal({
        kind: 'refused',
        refusals: [
          { at: 1, reason: 'unit-closed' },
          { at: 2, reason: 'number-taken' },
          { at: 4, reason: 'unknown' },
        ],
      });
      expect(await count('memberships where organisation_id = $1', [organisation.id])).to.equal(0);
    });

    it('cost few statements', async () => {
      const batch = (from: number) => Array.from({ length: 300 }, (_, at) => added(String(from + at)));
      const counting = countStatements();
      const importId = newId();
      const outcome = await applyMemberChanges({ organisation, importId, changes: batch(0) }, bySystem());
      const { statements } = counting.read();
      counting.stop();
      expect(outcome.kind === 'changed' && outcome.membershipIds).to.have.length(300);
      expect(statements).to.be.lessThan(150);
      expect(await count('placements where unit_id = $1 and has_reach', [oslo])).to.equal(300);
      expect(
        await count(`events where name = 'members.imported' and payload like $1`, [`%${importId}%`]),
      ).to.equal(1);
    });

    it('may change one membership several times, in order', async () => {
      const id = await member(organisation);
      const changes = [
        { membershipId: id, fromDay: inDays(-5), home: { unitId: oslo, job: null } },
        { membershipId: id, fromDay: TODAY, home: { unitId: bergen, job: null } },
      ];
      await changeMembers(organisation, changes, bySystem());
      expect(
        [await placesOn(id, inDays(-1)), await placesOn(id, TODAY)].flat().map(each => each.unit),
      ).to.deep.equal([oslo, bergen]);
    });
  });

  it('need a known unit and number also when they are new', async () => {
    await member(organisation, { staffNumber: '7' });
    const person = { name: 'Ida Moe', email: null, staffNumber: '7' };
    expect(reasonOf(await addMember({ organisation, fromDay: TODAY, ...bySystem() }, { person }))).to.equal(
      'number-taken',
    );
  });
});
