import { expect } from 'chai';
import { requestMissingCertificates } from '../../server/proof/certificates/lifecycle/catch-up.js';
import { database } from '../../server/platform/db/connect.js';
import { creditUncredited } from '../../server/teaching/learning/credits/credits.js';
import { turnDays } from '../../server/people/organisations/day-turn.js';
import { countFaults } from '../../server/proof/requirements/reckoning/count-faults.js';
import { seedStandings } from '../bench/standings/seeded-standings.js';
import { count, rows, write } from '../support/rows.js';
import { ownWorld } from '../support/world.js';
import { seed } from './seed.js';

describe('made-up people', () => {
  ownWorld();

  const now = Date.now();
  let indexes: object[];
  before(async () => {
    indexes = await allIndexes();
    await seed({ people: 50, requirements: 2, now }, () => undefined);
  });

  it('leave the worker nothing to catch up on, or it would do so beside what is measured', async () => {
    const completed = await count('cycles where completed_at is not null');
    expect(completed).to.be.greaterThan(30);
    expect(await count(`credits where source = 'cycle'`)).to.equal(completed);
    expect(await count('cycles where completed_at is not null and not is_credited')).to.equal(0);
    const before = await count('events');
    await creditUncredited(now);
    await requestMissingCertificates(now);
    expect(await count('events')).to.equal(before);
  });

  it('are said to be of today, and are', async () => {
    const said = () =>
      Promise.all([
        rows('select id, employment, hired_on from memberships order by id'),
        rows('select id, has_reach from placements order by id'),
        rows('select id, name, parent_id from units order by id'),
        rows('select unit_id, ancestor_id, depth from unit_ancestors order by unit_id, ancestor_id'),
      ]);
    const turned = () =>
      rows(
        `select d.day from organisation_days d join organisations o on o.id = d.organisation_id where o.kind = 'customer'`,
      );
    const [before, today] = [await said(), await turned()];
    expect(today).to.have.lengthOf(1);
    await write('delete from organisation_days');
    await turnDays(now);
    expect(await said()).to.deep.equal(before);
    expect(await turned()).to.deep.equal(today);
  });

  it('have standings that are counted as the server counts them', async () => {
    const [organisation] = await rows<{ id: string; timeZone: string }>(
      `select id, time_zone as "timeZone" from organisations where kind = 'customer'`,
    );
    const requirementIds = (await rows<{ id: string }>('select id from requirements order by id')).map(
      each => each.id,
    );
    if (!organisation) throw new Error('No organisation');
    await seedStandings({ organisation, people: 50, requirementIds, turning: 0, now });
    expect(await count('standing_intervals')).to.equal(50 * 2 * 3);
    expect(await count(`standing_counts where unit_id = ''`)).to.be.greaterThan(2);
    expect(await count('due_counts')).to.be.greaterThan(50);
    // Counted together, and day by day.
    for (const most of [undefined, 1]) expect(await countFaults(organisation.id, most)).to.deep.equal([]);
  });

  it('leave every index, and references that are looked at, as they were', async () => {
    expect(indexes).to.have.length.above(100);
    expect(await allIndexes()).to.deep.equal(indexes);
    const bad = `insert into placements (id, membership_id, organisation_id, unit_id, from_day, recorded_at)
      values ('a', 'nobody', 'nobody', 'nobody', '2026-01-01', 1)`;
    expect(await write(bad).catch((fault: unknown) => fault)).to.be.instanceOf(Error);
    if (database().dialect === 'sqlite') expect(await rows('pragma foreign_key_check')).to.deep.equal([]);
  });
});

const allIndexes = (): Promise<object[]> =>
  rows(
    database().dialect === 'sqlite'
      ? `select name, sql as made from sqlite_master where type = 'index' order by name`
      : `select indexname as name, indexdef as made from pg_indexes where schemaname = 'public' order by 1`,
  );
