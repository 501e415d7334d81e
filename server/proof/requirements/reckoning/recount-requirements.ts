import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { organisations } from '../../../people/organisations/memberships.js';
import type { Zoned } from '../../../people/organisations/people/stored-members.js';
import { Membership } from '../../../people/organisations/tables.js';
import { countFaults, mendCounts } from './count-faults.js';
import { takeLane, type ReckoningLane } from './lane.js';
import { changedAssignments } from './reckon.js';
import { writeChanged } from './write-intervals.js';
import { dayOf } from '../../../platform/lib/days.js';

type Say = (line: string) => void;

/**
 * `recount [--mend] requirements`, at the command line: reckons every standing anew and counts everybody, and says where what is
 * stored differs. Corrects it with `--mend`, and writes nothing else. Returns the exit code: 1 where something differs.
 */
export async function recountRequirements(mends: boolean, say: Say): Promise<number> {
  let found = 0;
  for (const organisation of await organisations()) found += await recount(organisation, mends, say);
  say(
    found === 0
      ? 'All training statuses and totals are correct'
      : mends
        ? 'Corrected'
        : 'Correct this with --mend',
  );
  return found === 0 || mends ? 0 : 1;
}

/** How many assignments and numbers of an organisation differ. */
async function recount(
  organisation: Zoned & { readonly name: string },
  mends: boolean,
  say: Say,
): Promise<number> {
  const now = Date.now();
  const lane = await takeLane(organisation, now);
  const assignments = await recountAssignments(lane, mends, now);
  const faults = await countFaults(organisation.id);
  if (mends && faults.length > 0) await mendCounts(lane);
  for (const { requirementId, unitId, of, stored, counted } of faults)
    say(
      `${requirementId} ${unitId === '' ? 'everybody' : unitId} ${of}: ${stored} stored, ${counted} counted`,
    );
  if (assignments > 0) say(`${organisation.name}: ${assignments} training statuses differ`);
  return assignments + faults.length;
}

const AFTER = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m
  where m.organisation_id = $1 and m.id > $2 order by m.id limit 100`;

async function recountAssignments(lane: ReckoningLane, mends: boolean, now: number): Promise<number> {
  const { organisation } = lane;
  let found = 0;
  for (let after = ''; ;) {
    const membershipIds = (await rows(AFTER, [organisation.id, after])).map(({ id }) => id);
    const changed = await changedAssignments(organisation, { membershipIds }, now);
    if (mends) await writeChanged(lane, changed, { now, today: dayOf(now, organisation.timeZone) });
    found += changed.length;
    const last = membershipIds.at(-1);
    if (last === undefined) return found;
    after = last;
  }
}
