import { ERASED_NAME } from '../../accounts/account-data.js';
import { personWords } from '../../accounts/search-words.js';
import { User } from '../../accounts/tables.js';
import { listed, rows } from '../../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { untilDone } from '../../../platform/lib/lists/until-done.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { foldedName, foldedWords } from '../../../platform/lib/text/folding.js';
import { forEachOf, insertMany } from '../many-rows.js';
import { CertificateName, Membership, MembershipPerson, MemberWord } from '../tables.js';
import { holdMembers, refreshUnitMembers } from './unit-members.js';

/** How many people one transaction of `indexDueMembers` writes. */
const BATCH = 200;

const KNOWN = sql`select ${columns(Membership, 'm', 'id', 'organisationId', 'mergedInto', 'sortName')},
    ${orNull(columns(MembershipPerson, 'p', 'name', 'email', 'staffNumber'))},
    ${orNull(renamed(User, 'u', { accountName: 'name', accountEmail: 'email' }))},
    ${orNull(renamed(CertificateName, 'n', { certificateName: 'name' }))}
  from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id
    left join ${User} u on u.id = m.user_id
    left join ${CertificateName} n on n.membership_id = m.id and n.user_id = m.user_id`;

/** What an organisation knows of somebody by name: its own record, and the name of the account. */
export interface KnownPerson {
  readonly name: string | null;
  readonly email: string | null;
  readonly staffNumber: string | null;
  readonly accountName: string | null;
  readonly accountEmail: string | null;
}

/** The name under which an organisation lists somebody: its own, else the account's. */
export const listedName = ({ name, accountName }: Pick<KnownPerson, 'name' | 'accountName'>): string =>
  name ?? accountName ?? '';

/** The address that an organisation knows: its own. The account's only where it has no record of the person. */
export const listedEmail = ({
  name,
  email,
  accountEmail,
}: Pick<KnownPerson, 'name' | 'email' | 'accountEmail'>): string | null =>
  name === null ? accountEmail : email;

/** The names of somebody: the one that the organisation gave, that of the account, and the newest on a certificate. */
export interface Names {
  readonly name: string | null;
  readonly accountName: string | null;
  readonly certificateName: string | null;
}

/**
 * The names that differ from the one that the organisation gave, each once. None where it gave none: somebody who joined with a code
 * is listed under the name of the account.
 */
export function otherNames({ name, accountName, certificateName }: Names): string[] {
  if (name === null || name === ERASED_NAME) return [];
  const others = [certificateName, accountName].flatMap(other =>
    other === null || other === ERASED_NAME || foldedName(other) === foldedName(name) ? [] : other,
  );
  return others.filter(
    (other, at) => others.findIndex(each => foldedName(each) === foldedName(other)) === at,
  );
}

/** The words by which somebody is found: of both names, of the address that is known, and the staff number. */
function memberWords(person: KnownPerson): string[] {
  if (person.name === ERASED_NAME) return [];
  const email = listedEmail(person);
  const named = personWords({ name: listedName(person), email: email ?? '' });
  const account = person.accountName === null ? [] : foldedWords(person.accountName);
  const number = foldedWords(person.staffNumber ?? '');
  // A number is also found without the zeros before it: whoever reads it out leaves them out.
  const bare = number.map(part => part.replace(/^0+(?=.)/, ''));
  return [...new Set([...named, ...account, ...number, ...bare])].filter(word => word !== '');
}

/** Write the words and the place in lists of these memberships, whose names were just written. Joins the transaction. */
export async function indexMembers(ids: readonly string[]): Promise<void> {
  for (const part of chunks(ids, BATCH)) {
    await holdMembers(part);
    const found = await rows(sql`${KNOWN} where m.id in (${parameters(part.length)})`, part);
    const merged = await rows(sql`${KNOWN} where m.merged_into in (${parameters(part.length)})`, part);
    await writeWords(found, merged);
  }
}

/** Write what is due for all organisations, in batches. Returns how many people there were. */
export const indexDueMembers = (): Promise<number> => untilDone(BATCH, indexBatch);

function indexBatch(): Promise<number> {
  return inTransaction(async () => {
    const due = await rows(
      sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where m.words_due
          order by m.id limit ${BATCH}${toHold()}`,
    );
    await indexMembers(due.map(({ id }) => id));
    return due.length;
  });
}

type Indexed = KnownPerson & {
  id: string;
  organisationId: string;
  mergedInto: string | null;
  sortName: string;
  certificateName: string | null;
};

/** `merged`: entries that were merged into one of these, which is found by their words as well; they themselves are not. */
async function writeWords(found: readonly Indexed[], merged: readonly Indexed[]) {
  const wordsOf = (person: Indexed) =>
    person.mergedInto !== null
      ? []
      : [person, ...merged.filter(each => each.mergedInto === person.id)].flatMap(memberWords);
  await forEachOf(
    found.map(({ id }) => id),
    [],
    list => sql`delete from ${MemberWord} where membership_id in (${list})`,
  );
  await insertMany(
    MemberWord,
    found.flatMap(person =>
      [...new Set(wordsOf(person))].map(word => ({
        organisationId: person.organisationId,
        word,
        membershipId: person.id,
      })),
    ),
  );
  await refreshUnitMembers(
    found.filter(person => person.sortName !== sortName(person)).map(({ id }) => id),
    () => rows(SORT(), [false, JSON.stringify(found.map(sorted))]),
  );
}

const sorted = (person: Indexed) => [
  person.id,
  sortName(person),
  person.mergedInto === null && otherNames(person).length > 0 ? 'differ' : '',
];

const SORT = () => sql`update ${Membership} set words_due = $1, sort_name = list.value ->> 1,
    names_differ = (list.value ->> 2 = 'differ')
  from ${listed(2)} as list where ${Membership}.id = list.value ->> 0`;

/** By which lists are ordered. */
export const sortName = (person: Pick<KnownPerson, 'name' | 'accountName'>): string =>
  foldedWords(listedName(person)).join(' ').slice(0, 400);

const OF_USER = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where m.user_id = $1`;

/** Write the words of somebody whose account changed its name, in each of their organisations. */
export const indexMembershipsOf = (userId: string): Promise<void> =>
  inTransaction(async () => indexMembers((await rows(OF_USER, [userId])).map(({ id }) => id)));
