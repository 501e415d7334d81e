import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { foldedName } from '../../../platform/lib/text/folding.js';
import { CertificateName, Membership, MembershipPerson, Organisation } from '../tables.js';
import { indexMembers } from './member-words.js';

/** Somebody's account, and the organisation in which they learn. */
interface Learner {
  readonly organisationId: string;
  readonly userId: string;
}

const GIVEN = sql`select ${columns(MembershipPerson, 'p', 'name')} from ${Membership} m
  join ${MembershipPerson} p on p.membership_id = m.id join ${Organisation} o on o.id = m.organisation_id
  where m.organisation_id = $1 and m.user_id = $2 and o.kind <> 'open'`;

/**
 * The name that an employer gave for somebody; null where it gave none. `listedName` falls back to the name of the account, which
 * nobody but its holder stated.
 */
export const givenName = async ({ organisationId, userId }: Learner): Promise<string | null> =>
  (await row(GIVEN, [organisationId, userId]))?.name ?? null;

/** Whether a name is the one that the employer gave: case, accents, signs and the order of its words aside. */
export async function isGivenName(learner: Learner, name: string): Promise<boolean> {
  const given = await givenName(learner);
  return given !== null && foldedName(given) === foldedName(name);
}

const KEEP = sql`insert into ${CertificateName} (membership_id, organisation_id, user_id, name, confirmed_at)
  values ($1, $2, $3, $4, $5)
  on conflict (membership_id) do update set user_id = $3, name = $4, confirmed_at = $5`;
const PLACE = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where m.organisation_id = $1 and m.user_id = $2`;

/** Keep the name that somebody confirmed for a certificate beside their place. Joins the transaction. `now`: epoch ms. */
export async function keepCertificateName(
  { organisationId, userId }: Learner,
  name: string,
  now: number,
): Promise<void> {
  const place = await row(PLACE, [organisationId, userId]);
  if (!place) return;
  const membershipId = place.id;
  await rows(KEEP, [membershipId, organisationId, userId, name, now]);
  await indexMembers([membershipId]);
}
