import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { dayOf } from '../../../platform/lib/days.js';
import { ownOrganisations } from '../../../people/organisations/memberships.js';
import { Membership, Placement, UnitAncestor } from '../../../people/organisations/tables.js';
import type { Actor } from '../../../policy.js';
import { nearestHotline } from './nearest-hotline.js';
import { ownHotlines, type OwnHotlineFacts } from './own-hotline.js';

/** An organisation by name, and its own hotline for a reader, or null. */
export interface OrganisationHotline {
  readonly organisation: string;
  readonly own: OwnHotlineFacts | null;
}

/**
 * The organisations of a reader, each with the hotline that is nearest to them. `country`: the country that the page is about.
 */
export async function hotlinesOfReader(
  reader: Actor | null,
  country: string,
  now: number,
): Promise<OrganisationHotline[]> {
  const shown = await ownOrganisations(reader);
  return Promise.all(
    shown.map(async ({ id, name, timeZone }) => {
      const all = await ownHotlines(id);
      const isByUnit = reader !== null && all.some(({ unitId }) => unitId !== '');
      const units = isByUnit ? await homeUnits(reader.id, id, dayOf(now, timeZone)) : [];
      return { organisation: name, own: nearestHotline(all, { units, country }, now) };
    }),
  );
}

const HOME_UNITS = sql`select ${columns(UnitAncestor, 'a', 'ancestorId')}
  from ${Membership} m join ${Placement} p on p.membership_id = m.id join ${UnitAncestor} a on a.unit_id = p.unit_id
  where m.user_id = $1 and m.organisation_id = $2 and p.is_home and p.retired_at is null
    and p.from_day <= $3 and (p.to_day is null or p.to_day > $3)
  order by p.from_day desc, a.depth`;

/** The unit of somebody's home placement on a day in the organisation's zone, and those above it, the nearest first. */
const homeUnits = async (userId: string, organisationId: string, day: string): Promise<string[]> =>
  (await rows(HOME_UNITS, [userId, organisationId, day])).map(({ ancestorId }) => ancestorId);
