import { expect } from 'chai';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import {
  comeBack,
  endEmployment,
  endPlacement,
  goOnLeave,
  moveHome,
  placeAlso,
  returnFromLeave,
} from '../../../../server/people/organisations/people/members.js';
import { employer, inDays, member, TODAY, unit } from '../../../support/organisations.js';
import { person } from '../../../support/people.js';
import { count, rows, write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { employmentOf, of, placesOn, reachOf } from './of-members.js';

let organisation: OrganisationFacts;
let oslo: string;
let bergen: string;

describe('members that move, leave and return', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    bergen = await unit(organisation, 'Bergen');
  });

  it('move on a day, and every day keeps its place on both clocks', async () => {
    const id = await member(organisation, {
      home: { unitId: oslo, job: null },
    });
    await write('update placements set recorded_at = 1000 where membership_id = $1', [id]);
    await moveHome({ ...of(organisation, id, inDays(-10)), now: 2000 }, { unitId: bergen, job: 'gate' });
    expect(await placesOn(id, inDays(-11))).to.deep.equal([{ unit: oslo, job: null }]);
    expect(await placesOn(id, inDays(-10))).to.deep.equal([{ unit: bergen, job: 'gate' }]);
    expect(await placesOn(id, inDays(-10), 1999)).to.deep.equal([{ unit: oslo, job: null }]);
  });

  it('move on a future day without being seen there before', async () => {
    const id = await member(organisation, {
      home: { unitId: oslo, job: null },
    });
    await moveHome(of(organisation, id, inDays(5)), {
      unitId: bergen,
      job: null,
    });
    expect(await reachOf(id)).to.deep.equal([oslo]);
    await moveHome(of(organisation, id, inDays(2)), {
      unitId: oslo,
      job: 'lead',
    });
    expect(await placesOn(id, inDays(5))).to.deep.equal([{ unit: bergen, job: null }]);
  });

  it('work in further units, which end by themselves', async () => {
    const id = await member(organisation, {
      home: { unitId: oslo, job: null },
    });
    await placeAlso(of(organisation, id), { unitId: bergen, job: 'trainer' });
    expect(await reachOf(id)).to.deep.equal([oslo, bergen]);
    await endPlacement(of(organisation, id), bergen);
    expect(await reachOf(id)).to.deep.equal([oslo]);
    expect(await placesOn(id, TODAY)).to.have.length(1);
  });

  it('who do the same twice change nothing, and tell nothing, the second time', async () => {
    const id = await member(organisation);
    const facts = () => count('placements where membership_id = $1', [id]);
    const events = () => count(`events where payload like $1`, [`%${id}%`]);
    await moveHome(of(organisation, id), { unitId: oslo, job: null });
    const before = [await facts(), await events()];
    await moveHome(of(organisation, id), { unitId: oslo, job: null });
    expect([await facts(), await events()]).to.deep.equal(before);
  });

  it('are placed once when two do so at once', async () => {
    const id = await member(organisation);
    await Promise.all([
      moveHome(of(organisation, id), { unitId: oslo, job: null }),
      moveHome(of(organisation, id), { unitId: bergen, job: null }),
    ]);
    expect(await placesOn(id, TODAY)).to.have.length(1);
  });

  it('who leave are seen from their last place; who come back find their history', async () => {
    const id = await member(organisation, {
      home: { unitId: oslo, job: null },
      hiredOn: '2019-05-01',
    });
    await endEmployment(of(organisation, id, inDays(-3)));
    expect(await employmentOf(id)).to.equal('left');
    expect(await placesOn(id, TODAY)).to.deep.equal([]);
    expect(await reachOf(id)).to.deep.equal([oslo]);
    await comeBack(of(organisation, id), {
      home: { unitId: bergen, job: null },
      hiredOn: TODAY,
    });
    expect(await employmentOf(id)).to.equal('active');
    expect(await reachOf(id)).to.deep.equal([bergen]);
    expect(await placesOn(id, inDays(-4))).to.deep.equal([{ unit: oslo, job: null }]);
    expect(
      await rows(
        `select value from membership_facts where membership_id = $1 and kind = 'hired' and retired_at is null order by from_day`,
        [id],
      ),
    ).to.deep.equal([{ value: '2019-05-01' }, { value: TODAY }]);
  });

  it('who leave on a day to come are active until then, and what was planned after it is dropped', async () => {
    const id = await member(organisation, {
      home: { unitId: oslo, job: null },
    });
    await moveHome(of(organisation, id, inDays(9)), {
      unitId: bergen,
      job: null,
    });
    await endEmployment(of(organisation, id, inDays(4)));
    expect(await employmentOf(id)).to.equal('active');
    expect(await placesOn(id, inDays(3))).to.have.length(1);
    expect(await placesOn(id, inDays(9))).to.deep.equal([]);
  });

  it('go on leave and return, keeping their place', async () => {
    const id = await member(organisation, {
      home: { unitId: oslo, job: null },
    });
    await goOnLeave(of(organisation, id, inDays(-2)), null);
    expect(await employmentOf(id)).to.equal('on-leave');
    expect(await reachOf(id)).to.deep.equal([oslo]);
    await returnFromLeave(of(organisation, id));
    expect(await employmentOf(id)).to.equal('active');
    await goOnLeave(of(organisation, id, inDays(-1)), TODAY);
    expect(await employmentOf(id)).to.equal('active');
  });

  it('who joined by themselves are employed since then', async () => {
    const { id: userId } = await person();
    const id = newId();
    await write(
      'insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $3, $4)',
      [id, organisation.id, userId, Date.parse('2024-03-05')],
    );
    await endEmployment(of(organisation, id));
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
});
