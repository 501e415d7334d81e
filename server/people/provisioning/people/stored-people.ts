import { User } from '../../accounts/tables.js';
import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql, type Sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { foldedWords } from '../../../platform/lib/text/folding.js';
import { isId } from '../../../platform/lib/ids.js';
import type { PersonOfMember } from '../../organisations/people/member-facts.js';
import { Membership, MembershipPerson } from '../../organisations/tables.js';
import { ENTERPRISE, OURS } from '../protocol/attributes.js';
import { filterCondition, type FoundBy, type Findable } from '../protocol/filter-sql.js';
import type { AskedList } from '../protocol/asked-list.js';
import { chosenEmail } from '../protocol/told-emails.js';
import type { ToldPerson } from '../protocol/told-person.js';
import { ProvisionedPerson, ProvisioningCount } from '../tables.js';

/** Somebody whom a directory keeps, as they are today: what it told, and over it what has changed here since. */
export interface StoredPerson {
  readonly id: string;
  readonly membershipId: string;
  readonly userId: string | null;
  /** With what is so here today over it. */
  readonly told: ToldPerson;
  /** As it was told last. */
  readonly toldLast: ToldPerson;
  /** What the organisation's own list says. */
  readonly person: PersonOfMember;
  readonly isActive: boolean;
  readonly hiredOn: string | null;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** An entry that was merged into another goes on there. */
const FROM = sql`${ProvisionedPerson} s join ${Membership} o on o.id = s.membership_id
  join ${Membership} m on m.id = coalesce(o.merged_into, o.id)
  left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
  where s.organisation_id = $1 and s.removed_at is null`;

const FIELDS = sql`${columns(ProvisionedPerson, 's', 'id', 'told', 'createdAt', 'changedAt')},
  ${renamed(Membership, 'm', { membershipId: 'id', userId: 'userId', employment: 'employment', hiredOn: 'hiredOn' })},
  ${orNull(renamed(MembershipPerson, 'p', { name: 'name', email: 'email', staffNumber: 'staffNumber' }))},
  ${orNull(renamed(User, 'u', { accountName: 'name' }))}`;

const ONE = sql`select ${FIELDS} from ${FROM} and s.id = $2`;

/** One person of an organisation's directory, or null. */
export async function findProvisioned(organisationId: string, id: unknown): Promise<StoredPerson | null> {
  const found = isId(id) ? await row(ONE, [organisationId, id]) : null;
  return found && asStored(found);
}

type Found = NonNullable<Awaited<ReturnType<typeof row<typeof ONE extends Sql<infer R> ? R : never>>>>;

/** What people have changed by hand shows in what the directory reads, so that it can put it right. */
function asStored({ told: text, employment, hiredOn, email, staffNumber, ...person }: Found): StoredPerson {
  const toldLast = JSON.parse(text) as ToldPerson;
  const values = {
    ...toldLast.values,
    active: employment !== 'left',
    [`${ENTERPRISE}:employeeNumber`]: staffNumber ?? undefined,
    [`${OURS}:hireDate`]: hiredOn ?? undefined,
  };
  const emails =
    chosenEmail(toldLast.emails) === email
      ? toldLast.emails
      : email === null
        ? []
        : [{ value: email, type: 'work', primary: true }];
  return {
    ...{ id: person.id, membershipId: person.membershipId, userId: person.userId },
    ...{ createdAt: person.createdAt, changedAt: person.changedAt },
    person: { name: person.name ?? person.accountName ?? '', email, staffNumber },
    ...{ isActive: employment !== 'left', hiredOn, toldLast },
    told: { values: withoutGaps(values), emails },
  };
}

const withoutGaps = (values: Record<string, string | boolean | undefined>): ToldPerson['values'] =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const exactly = (value: string) => value;
const lower = (value: string) => value.toLowerCase();
const text = (column: Sql, fold = exactly, of?: (condition: Sql) => Sql): FoundBy => ({
  ...{ as: 'text', column, fold },
  ...(of && { of }),
});
/** Gathered by an index of the organisation's people first. */
const onList = (
  condition: Sql,
): Sql => sql`s.membership_id in (select q.membership_id from ${MembershipPerson} q
  where q.organisation_id = $1 and ${condition})`;
const byName = (condition: Sql): Sql => sql`s.membership_id in (select q.id from ${Membership} q
  where q.organisation_id = $1 and ${condition})`;
const folded = (value: string) => foldedWords(value).join(' ');
const always = (value: string | boolean): FoundBy => ({ as: 'always', value });

const FINDABLE: Findable = new Map<string, FoundBy>([
  ['id', text(sql`s.id`)],
  ['username', text(sql`s.user_name`, lower)],
  ['externalid', text(sql`s.external_id`)],
  ['active', { as: 'truth', condition: sql`m.employment <> 'left'` }],
  ['displayname', text(sql`q.sort_name`, folded, byName)],
  ['name.formatted', text(sql`q.sort_name`, folded, byName)],
  ['emails', text(sql`q.email`, lower, onList)],
  ['emails.value', text(sql`q.email`, lower, onList)],
  ['emails.type', always('work')],
  ['emails.primary', always(true)],
  [`${ENTERPRISE}:employeeNumber`.toLowerCase(), text(sql`q.staff_number`, exactly, onList)],
  ['meta.created', { as: 'moment', column: sql`s.created_at` }],
  ['meta.lastmodified', { as: 'moment', column: sql`s.changed_at` }],
]);

/** Everybody is counted as they come and go: a directory that reads its list asks with every page. */
const ALL = sql`select ${renamed(ProvisioningCount, 'c', { count: 'people' })} from ${ProvisioningCount} c
  where c.organisation_id = $1`;

/** The statements that find people, and count them; a filter is theirs, so that nobody reads everybody. */
export function peopleQueries(organisationId: string, { filter, offset, limit }: AskedList) {
  const { condition, params } = filter
    ? filterCondition(filter, FINDABLE, 2)
    : { condition: sql`1 = 1`, params: [] };
  return {
    params: [organisationId, ...params],
    count: filter ? sql`select count(*) ${as('count', integer())} from ${FROM} and ${condition}` : ALL,
    page: sql`select ${FIELDS} from ${FROM} and ${condition} order by s.created_at, s.id limit ${limit} offset ${offset}`,
  };
}

/** A page of an organisation's people, in the order in which they came, and how many there are. */
export async function listProvisioned(organisationId: string, asked: AskedList) {
  const { params, count, page } = peopleQueries(organisationId, asked);
  const total = Number((await row(count, params))?.count ?? 0);
  const found = asked.limit === 0 || total <= asked.offset ? [] : await rows(page, params);
  return { total, people: found.map(asStored) };
}

const OWNER = sql`select ${columns(ProvisionedPerson, 's', 'id')} from ${ProvisionedPerson} s
  where s.organisation_id = $1 and s.user_name = $2 and s.removed_at is null`;

/** Who has a user name, in any case; null: nobody. */
export const ownerOf = async (organisationId: string, userName: string): Promise<string | null> =>
  (await row(OWNER, [organisationId, userName.toLowerCase()]))?.id ?? null;

const BY_NUMBER = sql`select ${columns(MembershipPerson, 'p', 'membershipId')} from ${MembershipPerson} p
  where p.organisation_id = $1 and p.staff_number = $2`;
const FORMER = sql`select ${columns(ProvisionedPerson, 's', 'membershipId')} from ${ProvisionedPerson} s
  join ${Membership} m on m.id = s.membership_id
  where s.organisation_id = $1 and s.external_id = $2 and s.removed_at is not null and m.merged_into is null
  order by s.removed_at desc limit 1`;
const KEPT = sql`select ${columns(ProvisionedPerson, 's', 'id')} from ${ProvisionedPerson} s
  where s.membership_id = $1 and s.removed_at is null`;

/**
 * The entry that somebody new to the directory has already: the one with their staff number, or the one that the directory kept
 * before under the same id of its own. Names and addresses prove nothing: people who only look alike are not made one.
 */
export async function formerEntry(
  organisationId: string,
  { staffNumber, externalId }: { staffNumber: string | null; externalId: string | null },
): Promise<{ membershipId: string; isKept: boolean } | null> {
  const found =
    (staffNumber === null ? null : await row(BY_NUMBER, [organisationId, staffNumber])) ??
    (externalId === null ? null : await row(FORMER, [organisationId, externalId]));
  return found && { ...found, isKept: (await row(KEPT, [found.membershipId])) !== null };
}
