import { User } from '../../../people/accounts/tables.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson, Organisation } from '../../../people/organisations/tables.js';
import type { Actor } from '../../../policy.js';
import { CertificateElsewhere, CourseEquivalent } from './tables.js';

/** How many certificates a list shows. */
const MOST = 200;

const ELSEWHERE = sql`select ${columns(
  CertificateElsewhere,
  'e',
  'id',
  'organisationId',
  'membershipId',
  'way',
  'issuer',
  'issuerName',
  'achievement',
  'title',
  'holderName',
  'number',
  'completedOn',
  'lastDay',
  'sha256',
  'enteredBy',
  'enteredAt',
  'state',
  'courseSlug',
  'decidedBy',
  'decidedAt',
  'reason',
  'endedOn',
  'statusUrl',
  'statusSaid',
  'statusAskedAt',
)}, ${columns(Membership, 'm', 'userId')}, ${orNull(columns(MembershipPerson, 'p', 'name'))},
  ${orNull(renamed(User, 'u', { accountName: 'name' }))}, ${orNull(renamed(User, 'b', { enteredName: 'name' }))},
  ${orNull(renamed(User, 'd', { decidedName: 'name' }))}, ${renamed(Organisation, 'o', { organisation: 'name' })}
  from ${CertificateElsewhere} e join ${Membership} m on m.id = e.membership_id
    join ${Organisation} o on o.id = e.organisation_id
    left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
    left join ${User} b on b.id = e.entered_by left join ${User} d on d.id = e.decided_by`;

/** One certificate from elsewhere, or null. */
export const elsewhereWithId = (id: string) => row(sql`${ELSEWHERE} where e.id = $1`, [id]);

/** A certificate from elsewhere, with whose it is, who entered it and who decided. */
export type ElsewhereFacts = NonNullable<Awaited<ReturnType<typeof elsewhereWithId>>>;

const newestFirst = (all: ElsewhereFacts[]): ElsewhereFacts[] =>
  all.sort((one, other) => Number(other.enteredAt) - Number(one.enteredAt));

/** What a member brought from elsewhere, the newest first. */
export const elsewhereOfMember = async (membershipId: string): Promise<ElsewhereFacts[]> =>
  newestFirst(await rows(sql`${ELSEWHERE} where e.membership_id = $1`, [membershipId]));

/** What the person of an account brought, to any organisation, the newest first. */
export const elsewhereOfAccount = async (userId: string): Promise<ElsewhereFacts[]> =>
  newestFirst(await rows(sql`${ELSEWHERE} where m.user_id = $1`, [userId]));

/** What the people in reach brought to an organisation: those that wait first, then the newest. */
export async function elsewhereIn(actor: Actor, organisationId: string): Promise<ElsewhereFacts[]> {
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: 2 });
  return rows(
    sql`${ELSEWHERE} where e.organisation_id = $1 and ${condition}
        order by case when e.state = 'waiting' then 0 else 1 end, e.entered_at desc, e.id limit ${MOST}`,
    [organisationId, ...params],
  );
}

const EQUIVALENT = sql`select ${columns(CourseEquivalent, 'q', 'courseSlug', 'decidedBy')} from ${CourseEquivalent} q
  where q.organisation_id = $1 and q.issuer = $2 and q.achievement = $3`;

/** Which course was decided to be the same as an issuer's achievement, and by whom; null: none yet. */
export const equivalentOf = (
  organisationId: string,
  { issuer, achievement }: Pick<ElsewhereFacts, 'issuer' | 'achievement'>,
) => row(EQUIVALENT, [organisationId, issuer, achievement]);
