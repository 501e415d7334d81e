import { row, rows, insert } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import type { UserAgent } from '../../../platform/lib/user-agents.js';
import { SignInRecord, User } from '../tables.js';

/** How long sign-ins are kept (days). */
export const SIGN_INS_KEPT = 180;

/** The first sign-in of a new account is no news to its owner: for this long after the address was confirmed (ms). */
const NEW_ACCOUNT = 3_600_000;

/** A session that begins. `isKnown`: in a browser in which this account was used before. `isOwn`: it opens the whole account, on no shared device. */
export interface BegunSession extends UserAgent {
  readonly userId: string;
  readonly network: string;
  readonly isKnown: boolean;
  readonly isOwn: boolean;
}

const CONFIRMED = sql`select ${columns(User, 'u', 'emailConfirmedAt')} from ${User} u where u.id = $1`;

/** Keep a sign-in for its owner's history. One in a browser that was not known is news, and mailed. */
export const keepSignIn = ({ isKnown, isOwn, ...begun }: BegunSession, now: number): Promise<void> =>
  inTransaction(async () => {
    const account = await row(CONFIRMED, [begun.userId]);
    const isNew = isOwn && !isKnown && now - (account?.emailConfirmedAt ?? now) > NEW_ACCOUNT;
    const id = newId();
    await insert(SignInRecord, { id, ...begun, at: now, isNew });
    if (isNew)
      await record(
        'account.new-device',
        { userId: begun.userId, signInId: id },
        { actorId: begun.userId, organisationId: null, now },
      );
  });

const FIELDS = columns(SignInRecord, 's', 'id', 'userId', 'at', 'browser', 'system', 'network', 'isNew');

/** One sign-in, or null once it is kept no more. */
export const signInRecord = (id: string) =>
  row(sql`select ${FIELDS} from ${SignInRecord} s where s.id = $1`, [id]);

/** A person's sign-ins, newest first. */
export const signInsOf = (userId: string, limit: number) =>
  rows(sql`select ${FIELDS} from ${SignInRecord} s where s.user_id = $1 order by s.at desc limit ${limit}`, [
    userId,
  ]);

/** Forget sign-ins whose time is over. */
export const pruneSignIns = (now: number): Promise<unknown> =>
  inTransaction(() =>
    rows(sql`delete from ${SignInRecord} where at < $1`, [now - SIGN_INS_KEPT * 86_400_000]),
  );
