import { createHmac } from 'node:crypto';
import { insertAll, rows } from '../../../platform/db/rows.js';
import { parameters, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { requireRunning } from '../settings/suspension.js';
import { CODE_LENGTH, CODE_LETTERS } from '../joining/code-text.js';
import type { DoneIn } from '../joining/join-codes.js';
import { EntryCode } from './tables.js';

/** How long a printed code works (ms): a class that begins next month is printed for today. */
const ENTRY_LIFETIME = 30 * 86_400_000;

/** The text of a one-time code, from its id: 36 bits that only this installation's key can compute. */
export function entryCodeText(key: Buffer, id: string): string {
  const bytes = createHmac('sha256', key).update(`entry code ${id}`).digest();
  return Array.from(
    { length: CODE_LENGTH },
    (_, at) => CODE_LETTERS[bytes.readUInt16BE(2 * at) % CODE_LETTERS.length],
  ).join('');
}

const REPLACE = (count: number) => sql`update ${EntryCode} set ended_at = $1, outcome = 'replaced'
  where ended_at is null and membership_id in (${parameters(count, 2)})`;

/** Make a new one-time code for each of these people; an earlier one of theirs stops working. Who may be given one is decided before. */
export const makeEntryCodes = (
  membershipIds: readonly string[],
  { organisationId, actorId, now }: DoneIn,
): Promise<void> =>
  inTransaction(async () => {
    if (membershipIds.length === 0) return;
    await requireRunning(organisationId, 'change');
    await rows(REPLACE(membershipIds.length), [now, ...membershipIds]);
    const made = { organisationId, madeBy: actorId, madeAt: now, expiresAt: now + ENTRY_LIFETIME };
    await insertAll(
      EntryCode,
      membershipIds.map(membershipId => ({ id: newId(), membershipId, ...made })),
    );
    const people = membershipIds.length;
    await record('entry-codes.made', { people }, { actorId, organisationId, now });
  });
