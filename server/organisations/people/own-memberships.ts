import { rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { Membership, Organisation } from '../tables.js';

const OWN = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where m.user_id = $1 order by m.id`;

/** The memberships that an account is linked to. */
export const membershipIdsOf = async (userId: string): Promise<string[]> =>
  (await rows(OWN, [userId])).map(({ id }) => id);

const ORGANISATIONS = sql`select ${columns(Organisation, 'o', 'id', 'name', 'contact')} from ${Organisation} o
  join ${Membership} m on m.organisation_id = o.id where m.user_id = $1 order by o.name, o.id`;

/** The organisations that an account belongs to or belonged to, by name. */
export const organisationsOfAccount = (userId: string) => rows(ORGANISATIONS, [userId]);
