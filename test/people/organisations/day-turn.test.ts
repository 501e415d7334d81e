import { expect } from 'chai';
import { turnDays } from '../../../server/people/organisations/day-turn.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { endEmployment, goOnLeave, moveHome } from '../../../server/people/organisations/people/members.js';
import { closeUnit, moveUnit } from '../../../server/people/organisations/units/units.js';
import {
  bySystem,
  employer,
  inDays,
  linked,
  member,
  noon,
  TODAY,
  unit,
} from '../../support/organisations.js';
import { person } from '../../support/people.js';
import { count, row, rows, write } from '../../support/rows.js';
import { countStatements } from '../../support/statements.js';
import { ownWorld, world } from '../../support/world.js';

let organisation: OrganisationFacts;
let oslo: string;
let bergen: string;

const of = (membershipId: string, fromDay: string) => ({
  organisation,
  membershipId,
  fromDay,
  ...bySystem(),
});
const reach = async (id: string) =>
  (
    await rows<{ unit: string }>(
      'select unit_id as unit from placements where membership_id = $1 and has_reach',
      [id],
    )
  ).map(({ unit: each }) => each);
const employment = async (id: string) =>
  (await row<{ employment: string }>('select employment from memberships where id = $1', [id]))?.employment;
const day = async () =>
  (
    await row<{ day: string }>('select day from organisation_days where organisation_id = $1', [
      organisation.id,
    ])
  )?.day;

describe('when a day turns', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    bergen = await unit(organisation, 'Bergen');
    await turnDays(noon(TODAY));
  });

  it('people are seen where they work from that day on, and not before', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await moveHome(of(id, inDays(2)), { unitId: bergen, job: null });
    await turnDays(noon(inDays(1)));
    expect(await reach(id)).to.deep.equal([oslo]);
    await turnDays(noon(inDays(2)));
    expect(await reach(id)).to.deep.equal([bergen]);
  });

  it('nothing is missed when several days passed', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await goOnLeave(of(id, inDays(1)), inDays(3));
    await turnDays(noon(inDays(2)));
    expect(await employment(id)).to.equal('on-leave');
    await turnDays(noon(inDays(9)));
    expect(await employment(id)).to.equal('active');
    expect(await day()).to.equal(inDays(9));
  });

  it('those who left lose their sessions, and stay visible from their last unit', async () => {
    const { id: userId } = await person();
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await write(`update memberships set employment = 'left' where user_id = $1`, [userId]);
    await linked(id, userId);
    await write(
      `insert into sessions (id_hash, user_id, created_at, touched_at, expires_at) values ($1, $1, 1, 1, 1)`,
      [userId],
    );
    await endEmployment(of(id, inDays(1)));
    await turnDays(noon(TODAY));
    expect(await count('sessions where user_id = $1', [userId])).to.equal(1);
    await turnDays(noon(inDays(1)));
    expect(await count('sessions where user_id = $1', [userId])).to.equal(0);
    expect(await employment(id)).to.equal('left');
    expect(await reach(id)).to.deep.equal([oslo]);
  });

  it('units move and close', async () => {
    const change = { organisation, ...bySystem() };
    await moveUnit(change, { unitId: oslo, parentId: bergen, fromDay: inDays(1) });
    await closeUnit(change, { unitId: oslo, fromDay: inDays(2) });
    await turnDays(noon(inDays(1)));
    expect(
      await row('select parent_id as above, closed_on as closed from units where id = $1', [oslo]),
    ).to.deep.equal({ above: bergen, closed: null });
    expect(await count('unit_ancestors where unit_id = $1', [oslo])).to.equal(2);
    await turnDays(noon(inDays(2)));
    expect(await row('select closed_on as closed from units where id = $1', [oslo])).to.deep.equal({
      closed: inDays(2),
    });
  });

  it('it is the day of the zone', async () => {
    await write(`update organisations set time_zone = 'Pacific/Kiritimati' where id = $1`, [organisation.id]);
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    // Fourteen hours ahead of UTC.
    await moveHome(
      { ...of(id, inDays(1)), now: Date.parse(`${TODAY}T09:00:00Z`) },
      { unitId: bergen, job: null },
    );
    expect(await reach(id)).to.deep.equal([oslo]);
    await turnDays(Date.parse(`${TODAY}T10:00:00Z`));
    expect(await reach(id)).to.deep.equal([bergen]);
  });

  it('twice is once, and an organisation where nothing is due costs nothing', async () => {
    await turnDays(noon(inDays(1)));
    const counting = countStatements();
    await turnDays(noon(inDays(1)));
    const { transactions } = counting.read();
    counting.stop();
    expect(transactions).to.equal(0);
  });

  it('the worker does it', async () => {
    const id = await member(organisation, { home: { unitId: oslo, job: null } });
    await moveHome(of(id, inDays(-1)), { unitId: bergen, job: null });
    const { worker } = world();
    await worker.tick();
    await worker.drain();
    await write('update placements set has_reach = (unit_id = $1) where retired_at is null', [oslo]);
    await write('update organisation_days set day = $1', [inDays(-2)]);
    await write(`update routines set last_run_at = 0 where name = 'organisations.turn-day'`);
    await worker.tick();
    await worker.drain();
    expect(await reach(id)).to.deep.equal([bergen]);
  });
});
