import { User } from '../../../../people/accounts/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { RoleGrant } from '../../../../people/organisations/tables.js';

const HELD = sql`select distinct ${columns(User, 'u', 'id', 'name')} from ${RoleGrant} g join ${User} u on u.id = g.user_id
  where g.organisation_id = $1 and g.role = 'instructor' and g.ended_at is null
    and g.from_day <= $2 and (g.until_day is null or g.until_day > $2)`;

/** Who holds the role of an instructor in an organisation on a day, by name. */
export const instructorsOn = async (organisationId: string, day: string) =>
  (await rows(HELD, [organisationId, day])).sort((one, other) => one.name.localeCompare(other.name));
