import { createHmac } from 'node:crypto';
import { insertAll, row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newCode, normaliseCode } from '../../../platform/lib/ids.js';
import { RecoveryCode } from './tables.js';

/** How many are made at a time. */
const MADE = 10;

/** Stored under a key, so that a leaked table cannot be tried out. */
const hashOf = (code: string, userId: string, key: Buffer): string =>
  createHmac('sha256', key).update(`recovery code ${userId} ${code}`).digest('hex');

/** Make new codes for a person, 80 random bits each; those before stop working. Nobody can read them again. */
export async function makeCodes(
  userId: string,
  { key, now }: { key: Buffer; now: number },
): Promise<string[]> {
  const codes = Array.from({ length: MADE }, newCode);
  const made = codes.map(code => ({ codeHash: hashOf(code, userId, key), userId, madeAt: now }));
  await inTransaction(async () => {
    await dropCodes(userId);
    await insertAll(RecoveryCode, made);
    await record('account.recovery-codes-made', { userId }, { actorId: userId, organisationId: null, now });
  });
  return codes;
}

const USE = sql`update ${RecoveryCode} set used_at = $3 where code_hash = $1 and user_id = $2 and used_at is null
  returning ${columns(RecoveryCode, RecoveryCode.table, 'userId')}`;

/** Use a code on paper: each works once. Of several uses at once one succeeds. */
export async function takeRecoveryCode(
  userId: string,
  { code, now, key }: { code: string; now: number; key: Buffer },
): Promise<boolean> {
  const letters = normaliseCode(code);
  if (letters === null) return false;
  return inTransaction(async () => {
    const [used] = await rows(USE, [hashOf(letters, userId, key), userId, now]);
    if (!used) return false;
    await record('account.recovery-code-used', { userId }, { actorId: userId, organisationId: null, now });
    return true;
  });
}

const LEFT = sql`select count(*) ${as('unused', integer())} from ${RecoveryCode} c where c.user_id = $1 and c.used_at is null`;

/** How many codes a person has left. */
export const codesLeft = async (userId: string): Promise<number> =>
  Number((await row(LEFT, [userId]))?.unused ?? 0);

/** Drop a person's codes. Joins the transaction. */
export const dropCodes = (userId: string): Promise<unknown> =>
  rows(sql`delete from ${RecoveryCode} where user_id = $1`, [userId]);
