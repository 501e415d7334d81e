import { row } from '../db/rows.js';
import { as, sql } from '../db/sql.js';
import { integer } from '../db/table.js';
import { RecentReads } from '../lib/recent-reads.js';
import { Membership } from '../organisations/tables.js';
import type { AskedStandings } from './asked-intervals.js';
import { countedDue, countedTallies } from './standing-tallies.js';

/** How many people an organisation has is counted once in five minutes: it decides how a list is read, never who is in it. */
const sizes = new RecentReads<number>(300_000);

/**
 * Whether so many stand as asked that the next `limit` of them are sooner found by asking everybody in the order of names. To
 * gather them costs something for each; to ask, something for each who is asked until the page is full, the more, the fewer
 * there are. Of a day that is not counted nobody knows.
 */
export async function areCommon(asked: AskedStandings, limit: number): Promise<boolean> {
  if (!asked.isCounted) return false;
  const counts = await countsOf(asked);
  const [all, most] = [counts.reduce((sum, count) => sum + count, 0), Math.max(0, ...counts)];
  // Somebody may stand so with several requirements: at least `most` people do.
  return all * most > limit * (await sizeOf(asked.organisationId));
}

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

async function sizeOf(organisationId: string, at = performance.now()): Promise<number> {
  const known = sizes.get(organisationId, at);
  if (known !== undefined) return known;
  const keep = sizes.reading(at);
  const found = await row(
    sql`select count(*) ${as('people', integer())} from ${Membership} m where m.organisation_id = $1`,
    [organisationId],
  );
  const size = Number(found?.people ?? 0);
  keep(organisationId, size);
  return size;
}
