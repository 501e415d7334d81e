import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { StandingTally } from '../standings.js';
import { StandingCount } from '../tables.js';

const COUNTS = sql`select ${columns(StandingCount, 'c', 'requirementId', 'standing', 'people')} from ${StandingCount} c
  where c.organisation_id = $1 and c.unit_id = ''`;

/** How all people of an organisation stand today, by requirement. A requirement that is not reckoned yet has no entry. */
export async function tallies(organisationId: string): Promise<Map<string, StandingTally>> {
  const found = new Map<string, StandingTally>();
  for (const { requirementId, standing, people } of await rows(COUNTS, [organisationId]))
    found.set(requirementId, { ...found.get(requirementId), [standing]: people });
  return found;
}
