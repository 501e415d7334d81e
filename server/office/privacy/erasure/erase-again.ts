import { ERASED_NAME } from '../../../people/accounts/account-data.js';
import { User } from '../../../people/accounts/tables.js';
import type { Checkpoints, ErasureMark } from '../../../proof/certificates/ledger/checkpoints.js';
import { row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { MembershipPerson } from '../../../people/organisations/tables.js';
import { decideByProgram } from './erasure-requests.js';

/**
 * At the start: erase again whom an older copy of the database has brought back, as the marks in the data folder say. Returns
 * how many there were.
 */
export async function eraseAgain(checkpoints: Checkpoints, now: number): Promise<number> {
  const by = { actorId: null, now };
  let count = 0;
  for (const mark of checkpoints.read().erasures)
    if (await isBack(mark))
      count += Number(await inTransaction(() => decideByProgram(subjectOf(mark), 'restored', by)));
  return count;
}

const subjectOf = ({ userId, membershipId }: ErasureMark) => ({ userId, membershipId });

const isBack = async ({ userId, membershipId }: ErasureMark): Promise<boolean> =>
  userId === null
    ? (await row(MEMBER, [membershipId, ERASED_NAME])) !== null
    : (await row(ACCOUNT, [userId])) !== null;

const ACCOUNT = sql`select ${columns(User, 'u', 'id')} from ${User} u where u.id = $1 and u.erased_at is null`;
const MEMBER = sql`select ${columns(MembershipPerson, 'p', 'membershipId')} from ${MembershipPerson} p
  where p.membership_id = $1 and p.name <> $2`;
