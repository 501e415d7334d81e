import { User } from '../../accounts/tables.js';
import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import type { Actor } from '../../../policy.js';
import { visibleTo } from '../reach.js';
import { CertificateName, Membership, MembershipPerson, Placement, Unit } from '../tables.js';
import { goingOn } from './next-by-name.js';

/** A remark is what a manager may want to look at: names that differ from the list, and people without a job. */
export const REMARKS = ['names', 'jobs'] as const;
export type Remark = (typeof REMARKS)[number];

/** Each has an index that holds these people alone, in the order of names. */
const HAS = { names: sql`m.names_differ`, jobs: sql`m.lacks_job` } as const;

/** So many are counted, and no more: the cost does not grow with the people. */
export const MOST_REMARKED = 100;

const PERSON = sql`${columns(Membership, 'm', 'id', 'sortName', 'employment')},
  ${orNull(columns(MembershipPerson, 'p', 'name', 'email', 'staffNumber'))},
  ${orNull(renamed(User, 'u', { accountName: 'name' }))},
  ${orNull(renamed(CertificateName, 'n', { certificateName: 'name' }))},
  ${orNull(renamed(Unit, 'h', { unit: 'name' }))}`;
const BESIDE = sql`left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
  left join ${CertificateName} n on n.membership_id = m.id and n.user_id = m.user_id
  left join ${Placement} w on w.membership_id = m.id and w.has_reach and w.is_home
  left join ${Unit} h on h.id = w.unit_id`;

const AFTER = goingOn({ text: sql`m.sort_name`, id: sql`m.id` }, 2);

/** A list of people with a remark: after which place in it ('': from its beginning), and how many. */
interface AskedRemark {
  readonly organisationId: string;
  readonly remark: Remark;
  readonly after: string;
  readonly limit: number;
}

/** People with a remark whom `actor` may see, in the order of names. */
export async function peopleWithRemark(actor: Actor, asked: AskedRemark) {
  const { query, params } = await remarkStatement(actor, asked);
  return rows(query, params);
}

/** The statement of `peopleWithRemark`. */
async function remarkStatement(actor: Actor, { organisationId, remark, after, limit }: AskedRemark) {
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: 5, isWalked: true });
  const query = sql`select ${PERSON} from ${Membership} m ${BESIDE}
    where m.organisation_id = $1 and ${HAS[remark]} and ${AFTER} and ${condition}
    order by m.sort_name, m.id limit $4`;
  return { query, params: [organisationId, after.slice(37), after.slice(0, 36), limit, ...params] };
}

/** How many people have a remark, of those whom `actor` may see, up to `MOST_REMARKED`. */
export async function countWithRemark(actor: Actor, organisationId: string, remark: Remark): Promise<number> {
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: 2, isWalked: true });
  const query = sql`select count(*) ${as('people', integer())} from (
    select 1 from ${Membership} m where m.organisation_id = $1 and ${HAS[remark]} and ${condition} limit ${MOST_REMARKED}) f`;
  return Number((await row(query, [organisationId, ...params]))?.people ?? 0);
}

const ONE = sql`select ${PERSON} from ${Membership} m ${BESIDE} where m.organisation_id = $1 and m.id = $2`;

/** One person, with all their names; null: the organisation has nobody with this id. */
export const namesOfMember = (organisationId: string, membershipId: string) =>
  row(ONE, [organisationId, membershipId]);
