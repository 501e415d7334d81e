import { rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { endSessionsOf } from '../../../platform/http/security/sessions.js';
import { createToken } from '../sign-up/link-tokens.js';
import { AddressChange, User } from '../tables.js';
import { addressChange, holdChange, moveTo, UNDO_DAYS, type ChangeOfAddress } from './address-changes.js';
import { freeAddress } from './free-address.js';

/** A change about which the old mailbox can still do something: stop it, or undo it. */
export interface Objectionable {
  readonly change: ChangeOfAddress;
  readonly can: 'stop' | 'undo';
}

/** What whoever reads the old mailbox can still do about a change; null: nothing any more. */
export const objectionable = async (id: string, now: number): Promise<Objectionable | null> =>
  whatCan(await addressChange(id), now);

function whatCan(change: ChangeOfAddress | null, now: number): Objectionable | null {
  if (!change || change.endedAt) return null;
  const { askedAt, confirmedAt } = change;
  if (now >= (confirmedAt ?? askedAt) + UNDO_DAYS * 86_400_000) return null;
  return { change, can: confirmedAt ? 'undo' : 'stop' };
}

/**
 * Object to a change from the old mailbox. One that waits is stopped. One that was made is undone: the old address counts
 * again, everybody is signed out, and the password ends, since whoever made the change knew it; a link for a new one is
 * mailed. Changes that were made after it end with it. `taken`: somebody else has confirmed the old address since.
 */
export function objectToChange(
  id: string,
  { key, now }: { key: Buffer; now: number },
): Promise<'stopped' | 'undone' | 'taken' | 'no-link'> {
  return inTransaction(async () => {
    const found = whatCan(await holdChange(id), now);
    if (!found) return 'no-link';
    return found.can === 'stop' ? stop(found.change, now) : undo(found.change, { key, now });
  });
}

async function stop({ id, userId }: ChangeOfAddress, now: number): Promise<'stopped'> {
  await rows(sql`update ${AddressChange} set ended_at = $2 where id = $1`, [id, now]);
  const payload = { userId, changeId: id, by: 'old-address' as const };
  await record('account.address-change-stopped', payload, nobody(now));
  return 'stopped';
}

async function undo(
  { id, userId, oldEmail, askedAt }: ChangeOfAddress,
  { key, now }: { key: Buffer; now: number },
): Promise<'undone' | 'taken'> {
  if (!(await freeAddress(oldEmail, now))) return 'taken';
  await rows(
    sql`update ${AddressChange} set ended_at = $3 where user_id = $1 and asked_at >= $2 and ended_at is null`,
    [userId, askedAt, now],
  );
  await moveTo(userId, oldEmail, now);
  await rows(sql`update ${User} set password_hash = null where id = $1`, [userId]);
  await endSessionsOf(userId);
  const tokenId = await createToken('reset-password', userId, { key, now });
  await record('account.address-change-undone', { userId, changeId: id }, nobody(now));
  await record('account.reset-asked', { userId, tokenId }, nobody(now));
  return 'undone';
}

/** Whoever reads a mailbox may be anybody. */
const nobody = (now: number) => ({ actorId: null, organisationId: null, now });
