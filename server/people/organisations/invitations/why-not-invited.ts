import { User } from '../../accounts/tables.js';
import { sql } from '../../../platform/db/sql.js';
import { Membership, MembershipPerson } from '../tables.js';
import { Invitation } from './tables.js';

/**
 * Why somebody without an account is not invited unless a person asks for it.
 * - `no-address`: their address is missing.
 * - `shared`: somebody else of the organisation has the same one, and nobody can say whose it is.
 * - `blocked`: the account with that address is closed.
 * - `bounced`, `declined`, `withdrawn`: how the last invitation to that address ended.
 */
export type NotInvited = 'no-address' | 'shared' | 'blocked' | 'bounced' | 'declined' | 'withdrawn';

/** Somebody else of the organisation `m` has the address of `p`, on its list or as an account. */
const SHARED = sql`(exists (select 1 from ${MembershipPerson} q join ${Membership} o on o.id = q.membership_id
    where q.organisation_id = m.organisation_id and q.email = p.email and q.membership_id <> m.id and o.employment <> 'left')
  or exists (select 1 from ${User} u join ${Membership} o on o.user_id = u.id
    where u.email = p.email and o.organisation_id = m.organisation_id and o.id <> m.id and o.employment <> 'left'))`;

/**
 * A `NotInvited` of the membership `m`, whose person is `p` (both are null where nothing is known of them), or null: a mail may go out. An
 * account that was taken off again had accepted by mistake, as if the invitation had been withdrawn.
 */
export const WHY_NOT_INVITED = sql`case when p.email is null then 'no-address' when ${SHARED} then 'shared'
  when exists (select 1 from ${User} u where u.email = p.email and u.disabled_at is not null) then 'blocked'
  else (select case i.outcome when 'accepted' then 'withdrawn' when 'replaced' then null else i.outcome end
    from ${Invitation} i where i.membership_id = m.id and i.email = p.email order by i.created_at desc, i.id desc limit 1) end`;
