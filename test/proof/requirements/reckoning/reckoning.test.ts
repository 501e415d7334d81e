import { expect } from 'chai';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { onNudge } from '../../../../server/platform/events/jobs/nudge.js';
import { turnDays } from '../../../../server/people/organisations/day-turn.js';
import { endEmployment, moveHome } from '../../../../server/people/organisations/people/members.js';
import { moveUnit } from '../../../../server/people/organisations/units/units.js';
import { runRecount } from '../../../../server/command-recount.js';
import { countFaults, mendCounts } from '../../../../server/proof/requirements/reckoning/count-faults.js';
import { Overtaken, takeLane } from '../../../../server/proof/requirements/reckoning/lane.js';
import { reckon, reckonMember } from '../../../../server/proof/requirements/reckoning/reckon.js';
import {
  reckonLeft,
  reckonRequirement,
  reckonTree,
} from '../../../../server/proof/requirements/reckoning/reckon-pending.js';
import { trend } from '../../../../server/proof/requirements/queries/trend.js';
import { turnStandings } from '../../../../server/proof/requirements/reckoning/turn-standings.js';
import { bySystem, employer, inDays, member, noon, TODAY, unit } from '../../../support/organisations.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { completed, counts, required } from './requiring.js';

const clock = () => noon(TODAY);

/** Reckoning is begun by the tests alone, at their own time. */
const quietly = () => void onNudge(() => undefined);

let organisation: OrganisationFacts;
let north: string;
let oslo: string;
let rome: string;

/** Somebody who works in a unit. */
const somebody = (unitId: string) => member(organisation, { home: { unitId, job: null } });
const reckonAll = (requirementId: string) => reckonRequirement(organisation.id, requirementId, clock);
const of = (membershipId: string, fromDay: string) => ({
  organisation,
  membershipId,
  fromDay,
  ...bySystem(),
});
const intervals = () => count('standing_intervals');
const faults = () => countFaults(organisation.id);

describe('standings', () => {
  ownWorld();
  before(quietly);
  beforeEach(async () => {
    organisation = await employer();
    north = await unit(organisation, 'North');
    oslo = await unit(organisation, 'Oslo', { below: north });
    rome = await unit(organisation, 'Rome');
    await turnDays(clock());
  });

  it('are stored for whoever is meant, and counted in their unit, in each above it, and in all', async () => {
    const [one, other] = [await somebody(oslo), await somebody(rome)];
    await completed(organisation.id, other, TODAY);
    const id = await required(organisation.id, TODAY);
    await reckonAll(id);
    expect(await counts(id)).to.deep.equal({
      '': { current: 1, 'due-soon': 1 },
      [north]: { 'due-soon': 1 },
      [oslo]: { 'due-soon': 1 },
      [rome]: { current: 1 },
    });
    const [said] = await reckonMember(organisation, one);
    expect(said?.requirementId).to.equal(id);
    expect(said?.intervals.map(({ standing }) => standing)).to.deep.equal(['due-soon', 'overdue']);
  });

  it('reckoned again are the same rows, and no assignment is doubled', async () => {
    await somebody(oslo);
    const id = await required(organisation.id, TODAY);
    await reckonAll(id);
    const before = await intervals();
    await reckonAll(id);
    expect(await intervals()).to.equal(before);
    expect(await count('assignments where requirement_id = $1', [id])).to.equal(1);
    expect(await faults()).to.deep.equal([]);
  });

  it('follow a member who changes; what was said before stays, as of then', async () => {
    const one = await somebody(oslo);
    const id = await required(organisation.id, TODAY);
    await reckonAll(id);
    await moveHome(of(one, TODAY), { unitId: rome, job: null });
    await reckonLeft(clock);
    expect(await counts(id)).to.deep.equal({ '': { 'due-soon': 1 }, [rome]: { 'due-soon': 1 } });
    expect(
      await count(
        'standing_intervals where requirement_id = $1 and unit_id = $2 and retired_at is not null',
        [id, oslo],
      ),
    ).to.be.above(0);
  });

  it('follow a credit, and its void', async () => {
    const one = await somebody(oslo);
    const id = await required(organisation.id, TODAY);
    await reckonAll(id);
    await completed(organisation.id, one, TODAY);
    const lane = await takeLane(organisation, clock());
    expect(await reckon(lane, { membershipIds: [one] }, clock())).to.equal(1);
    expect(await counts(id))
      .to.have.property('')
      .that.deep.equals({ current: 1 });
    expect(await reckon(lane, { membershipIds: [one] }, clock())).to.equal(0);
  });

  it('whoever leaves is counted no more, and leaves no doubt about what was', async () => {
    const one = await somebody(oslo);
    const id = await required(organisation.id, TODAY);
    await reckonAll(id);
    await endEmployment(of(one, TODAY));
    await reckonLeft(clock);
    expect(await counts(id)).to.deep.equal({});
    expect(await faults()).to.deep.equal([]);
  });

  it('are nobody’s who is not meant', async () => {
    await somebody(oslo);
    const id = await required(organisation.id, TODAY, {
      audience: { units: [rome], jobs: [], tags: [], hiredSince: null, holds: null },
    });
    await reckonAll(id);
    expect(await count('assignments where requirement_id = $1', [id])).to.equal(0);
  });

  it('a unit that moves takes its people with it', async () => {
    await somebody(oslo);
    const id = await required(organisation.id, TODAY, {
      audience: { units: [rome], jobs: [], tags: [], hiredSince: null, holds: null },
    });
    const all = await required(organisation.id, TODAY);
    await reckonAll(id);
    await reckonAll(all);
    await moveUnit({ organisation, ...bySystem() }, { unitId: oslo, parentId: rome, fromDay: TODAY });
    await reckonTree(organisation.id, clock);
    expect(await counts(id)).to.deep.equal({
      '': { 'due-soon': 1 },
      [oslo]: { 'due-soon': 1 },
      [rome]: { 'due-soon': 1 },
    });
    expect(await counts(all)).to.deep.equal(await counts(id));
    expect(await faults()).to.deep.equal([]);
  });

  it('whoever was overtaken writes nothing', async () => {
    const one = await somebody(oslo);
    await required(organisation.id, TODAY);
    const lane = await takeLane(organisation, clock());
    await takeLane(organisation, clock());
    const fault = await reckon(lane, { membershipIds: [one] }, clock()).catch((error: unknown) => error);
    expect(fault).to.be.instanceOf(Overtaken);
    expect(await count('standing_intervals where membership_id = $1', [one])).to.equal(0);
  });

  it('a run that was broken off goes on where it stopped', async () => {
    const [one, other] = [await somebody(oslo), await somebody(oslo)].sort();
    const id = await required(organisation.id, TODAY);
    await write(
      'insert into reckoning_requirements (requirement_id, organisation_id, after) values ($1, $2, $3)',
      [...[id, organisation.id, one ?? '']],
    );
    await write('delete from changed_members');
    await reckonLeft(clock);
    const done = await rows<{ id: string }>(
      'select membership_id as id from assignments where requirement_id = $1',
      [id],
    );
    expect(done.map(each => each.id)).to.deep.equal([other]);
    expect(await count('reckoning_requirements where requirement_id = $1', [id])).to.equal(0);
  });
});

describe('when a day turns, standings', () => {
  ownWorld();
  before(quietly);
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    await turnDays(clock());
  });

  const turnTo = async (day: string) => {
    await turnDays(noon(day));
    await turnStandings(noon(day));
  };
  it('are counted on, and the trend keeps what was said at the end of each day on which it changed', async () => {
    await somebody(oslo);
    const id = await required(organisation.id, TODAY, { firstDue: { after: 'joined', days: 2 } });
    await reckonAll(id);
    await turnTo(inDays(1));
    expect(await counts(id)).to.deep.equal({ '': { 'due-soon': 1 }, [oslo]: { 'due-soon': 1 } });
    await turnTo(inDays(5));
    expect(await counts(id)).to.deep.equal({ '': { overdue: 1 }, [oslo]: { overdue: 1 } });
    expect(await count('standing_trends where requirement_id = $1 and unit_id = $2', [id, ''])).to.equal(3);
    const days = await trend({ requirementId: id, unitId: '' }, inDays(-1), inDays(4));
    expect(days.map(({ tally }) => tally)).to.deep.equal([
      {},
      ...[{ 'due-soon': 1 }, { 'due-soon': 1 }, { 'due-soon': 1 }],
      ...[
        { 'due-soon': 0, overdue: 1 },
        { 'due-soon': 0, overdue: 1 },
      ],
    ]);
    expect(await faults()).to.deep.equal([]);
  });

  it('no longer count as due what is overdue, and were counted by its day in every unit', async () => {
    await somebody(oslo);
    const id = await required(organisation.id, TODAY, { firstDue: { after: 'joined', days: 2 } });
    const due = () => count('due_counts where requirement_id = $1 and due_day = $2', [id, inDays(2)]);
    await reckonAll(id);
    expect(await due()).to.equal(2);
    expect(await faults()).to.deep.equal([]);
    await turnTo(inDays(5));
    expect(await due()).to.equal(0);
    expect(await faults()).to.deep.equal([]);
  });

  it('overtaken by somebody else who reckons, counts nothing', async () => {
    await somebody(oslo);
    const id = await required(organisation.id, TODAY);
    await reckonAll(id);
    const lane = await takeLane(organisation, clock());
    await write('update standing_counts set people = 7 where unit_id = $1', ['']);
    await takeLane(organisation, clock());
    expect(await mendCounts(lane).catch((error: unknown) => error)).to.be.instanceOf(Overtaken);
    expect((await counts(id))['']).to.deep.equal({ 'due-soon': 7 });
  });

  it('twice is once, and they wait until the units are those of the day', async () => {
    await somebody(oslo);
    const id = await required(organisation.id, TODAY, { firstDue: { after: 'joined', days: 2 } });
    await reckonAll(id);
    await turnStandings(noon(inDays(3)));
    expect(await counts(id))
      .to.have.property('')
      .that.deep.equals({ 'due-soon': 1 });
    await turnTo(inDays(3));
    await turnTo(inDays(3));
    expect(await counts(id))
      .to.have.property('')
      .that.deep.equals({ overdue: 1 });
  });

  it('reckoned late are counted as of the day that is counted', async () => {
    const id = await required(organisation.id, TODAY, { firstDue: { after: 'joined', days: 2 } });
    const one = await somebody(oslo);
    await reckonAll(id);
    await completed(organisation.id, one, inDays(4));
    const lane = await takeLane(organisation, noon(inDays(4)));
    await reckon(lane, { membershipIds: [one] }, noon(inDays(4)));
    expect(await faults()).to.deep.equal([]);
    await turnTo(inDays(4));
    expect(await counts(id))
      .to.have.property('')
      .that.deep.equals({ current: 1 });
  });

  it('the worker does it, and reckons what changed', async () => {
    const id = await required(organisation.id, TODAY, { firstDue: { on: '2999-01-01' } });
    await somebody(oslo);
    await world().worker.drain();
    expect(await counts(id))
      .to.have.property('')
      .that.deep.equals({ 'not-yet-due': 1 });
    await write('update requirement_days set day = $1', [TODAY]);
    await write('update standing_days set day = $1', [TODAY]);
    await world().worker.tick();
    await world().worker.drain();
    const found = await row<{ day: string }>('select day from requirement_days where requirement_id = $1', [
      id,
    ]);
    expect((found?.day ?? '') > TODAY).to.equal(true);
  });
});

describe('recount', () => {
  ownWorld();
  before(quietly);
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    await turnDays(clock());
  });
  const recount = async (...args: string[]) => {
    const said: string[] = [];
    return { code: await runRecount([...args, 'requirements'], line => said.push(line)), said };
  };

  it('finds a number and a standing that are wrong, and writes nothing until it is asked to', async () => {
    const one = await somebody(oslo);
    const id = await required(organisation.id, TODAY);
    await reckonAll(id);
    expect((await recount()).code).to.equal(0);
    await write('update standing_counts set people = 7 where requirement_id = $1 and unit_id = $2', [
      id,
      oslo,
    ]);
    await completed(organisation.id, one, TODAY);
    const found = await recount();
    expect(found.code).to.equal(1);
    expect(found.said).to.have.length(3);
    expect((await counts(id))[oslo]).to.deep.equal({ 'due-soon': 7 });
    expect((await recount('--mend')).code).to.equal(0);
    expect(await counts(id)).to.deep.equal({ '': { current: 1 }, [oslo]: { current: 1 } });
    expect((await recount()).code).to.equal(0);
  });
});
