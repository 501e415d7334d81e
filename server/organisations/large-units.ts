import { row } from '../db/rows.js';
import type { Param } from '../db/lanes.js';
import { as, parameters, sql, type Sql } from '../db/sql.js';
import { integer } from '../db/table.js';
import { RecentReads } from '../lib/recent-reads.js';
import { Membership, Placement, Unit, UnitAncestor } from './tables.js';

/**
 * To gather the people of units costs something for each of them. To ask it of each row of a list costs something for each
 * row until a page is full: the fewer of all work there, the longer. With p people in the units and n in all, the two cost
 * the same where p² is about 100 n (measured: more on SQLite, less on PostgreSQL): 3 % of 100,000, 1 % of a million.
 */
const EVEN = 100;

/** More are not counted, nor is anybody else then: of four million they are many. */
const MOST = 20_000;

/** An estimate is made once in five minutes: it decides how a list is read, never who is in it. */
const estimates = new RecentReads<boolean>(300_000);

/** Whether so many work in these units or below them that each row of a list is better asked. */
export async function holdMany(unitIds: readonly string[], at = performance.now()): Promise<boolean> {
  if (unitIds.length === 0) return false;
  const key = unitIds.join();
  const known = estimates.get(key, at);
  if (known !== undefined) return known;
  const keep = estimates.reading(at);
  const many = await estimate(unitIds);
  keep(key, many);
  return many;
}

async function estimate(unitIds: readonly string[]): Promise<boolean> {
  const list = parameters(unitIds.length, 2);
  const people = await counted(
    sql`select 1 from ${UnitAncestor} a join ${Placement} p on p.unit_id = a.unit_id
      where p.has_reach and a.ancestor_id in (${list}) limit $1`,
    [MOST, ...unitIds],
  );
  if (people === MOST) return true;
  const enough = Math.floor((people * people) / EVEN);
  const all = await counted(
    sql`select 1 from ${Membership} m where m.organisation_id in (
      select u.organisation_id from ${Unit} u where u.id in (${list})) limit $1`,
    [enough + 1, ...unitIds],
  );
  return all <= enough;
}

const counted = async (some: Sql, params: readonly Param[]): Promise<number> =>
  Number((await row(sql`select count(*) ${as('people', integer())} from (${some}) f`, params))?.people ?? 0);
