import { User } from '../../accounts/tables.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { normaliseEmail } from '../../accounts/normalised.js';
import { isId } from '../../../platform/lib/ids.js';
import { Membership, Organisation, RoleGrant, Unit } from '../tables.js';

const ROLE = sql`select
    ${columns(RoleGrant, 'g', 'id', 'organisationId', 'userId', 'role', 'unitId', 'fromDay', 'untilDay', 'endedAt')},
    ${columns(User, 'u', 'name', 'email')}, ${orNull(renamed(Unit, 'n', { unit: 'name' }))},
    ${renamed(Organisation, 'o', { organisation: 'name', timeZone: 'timeZone' })}
  from ${RoleGrant} g join ${User} u on u.id = g.user_id join ${Organisation} o on o.id = g.organisation_id
    left join ${Unit} n on n.id = g.unit_id`;

const NOT_ENDED = sql`g.ended_at is null and (g.until_day is null or g.until_day > $2)`;

/** At most `limit` roles of an organisation that count on a day or later, by the names of those who hold them. */
export const rolesIn = (
  organisationId: string,
  { today, after, limit }: { today: string; after: string; limit: number },
) =>
  rows(
    sql`${ROLE} where g.organisation_id = $1 and ${NOT_ENDED} and (u.name || ' ' || g.id) > $3
        order by u.name || ' ' || g.id limit $4`,
    [organisationId, today, after, limit],
  );

/** A role with who holds it and where. */
export type RoleFacts = Awaited<ReturnType<typeof rolesIn>>[number];

/** The roles of a person that count on a day or later, by organisation. */
export const rolesHeldBy = (userId: string, today: string): Promise<RoleFacts[]> =>
  rows(sql`${ROLE} where g.user_id = $1 and ${NOT_ENDED} order by o.name, g.id`, [userId, today]);

/** A role by its id, ended or not, or null; a text that is not an id is not looked up. */
export const findRole = async (id: unknown): Promise<RoleFacts | null> =>
  isId(id) ? row(sql`${ROLE} where g.id = $1`, [id]) : null;

/** The id of the person with this address who belongs to the organisation; null when there is none. */
export const memberWithAddress = async (email: string, organisationId: string): Promise<string | null> =>
  (
    await row(
      sql`select ${columns(User, 'u', 'id')} from ${User} u
          join ${Membership} m on m.user_id = u.id and m.organisation_id = $2 and m.employment <> 'left'
          where u.email = $1`,
      [normaliseEmail(email), organisationId],
    )
  )?.id ?? null;
