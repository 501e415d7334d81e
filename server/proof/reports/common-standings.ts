import { row } from '../../platform/db/rows.js';
import { as, parameters, sql } from '../../platform/db/sql.js';
import { integer } from '../../platform/db/table.js';
import { RecentReads } from '../../platform/lib/recent-reads.js';
import { Membership, UnitMember } from '../../people/organisations/tables.js';
import type { AskedStandings } from './asked-intervals.js';
import { countedDue, countedTallies } from './standing-tallies.js';

/** How many people there are is counted once in five minutes: it decides how a list is read, never who is in it. */
const sizes = new RecentReads<number>(300_000);

/**
 * Whether so many stand as asked that the next `limit` of them are sooner found by asking everybody who works there in the order of
 * names. To gather them costs something for each in the organisation; to ask, something for each who is asked until the page is full,
 * the more, the fewer there are, and of a few people at most all of them. Of a day that is not counted nobody knows.
 */
export async function areCommon(asked: AskedStandings, limit: number): Promise<boolean> {
  if (!asked.isCounted) return false;
  const all = sum(await countsOf({ ...asked, tops: null }));
  // Somebody may stand so with several requirements: at least `most` people do.
  const most = Math.max(0, ...(await countsOf(asked)));
  const size = await sizeOf(asked);
  return all * most > limit * size || size < all;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** How many stand as asked, by requirement. */
async function countsOf(asked: AskedStandings): Promise<number[]> {
  const { organisationId, tops, requirementIds, standings, day, dueBy } = asked;
  if (dueBy !== null) {
    const due = await countedDue(organisationId, tops, { day, until: dueBy });
    return requirementIds.map(id => due.get(id) ?? 0);
  }
  const tallies = await countedTallies(organisationId, tops);
  return requirementIds.map(id => standings.reduce((sum, each) => sum + (tallies.get(id)?.[each] ?? 0), 0));
}

async function sizeOf({ organisationId, tops }: AskedStandings, at = performance.now()): Promise<number> {
  const key = tops?.join() ?? organisationId;
  const known = sizes.get(key, at);
  if (known !== undefined) return known;
  const keep = sizes.reading(at);
  const ids = tops ?? [organisationId];
  const of = parameters(ids.length);
  const some = tops
    ? sql`${UnitMember} n where n.ancestor_id in (${of})`
    : sql`${Membership} m where m.organisation_id in (${of})`;
  const size = Number(
    (await row(sql`select count(*) ${as('people', integer())} from ${some}`, ids))?.people ?? 0,
  );
  keep(key, size);
  return size;
}
