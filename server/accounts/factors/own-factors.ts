import { row, rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { afterCommit } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { forgetPerson } from '../people.js';
import { User } from '../tables.js';
import { codesLeft, dropCodes } from './recovery-codes.js';
import { AuthenticatorApp } from './tables.js';

/** What somebody can prove besides a password. */
export type FactorKind = 'app';

/** A person's factors: since when (epoch ms), and how many codes on paper they have left. */
export interface OwnFactors {
  readonly app: number | null;
  readonly codes: number;
}

const APP = sql`select ${columns(AuthenticatorApp, 'a', 'addedAt')} from ${AuthenticatorApp} a where a.user_id = $1`;

/** A person's factors, for their own page and for administrators: never a secret. */
export const factorsOf = async (userId: string): Promise<OwnFactors> => ({
  app: (await row(APP, [userId]))?.addedAt ?? null,
  codes: await codesLeft(userId),
});

const HAS = sql`select ${columns(User, 'u', 'factorSince')} from ${User} u where u.id = $1`;

/** Whether a person has a second factor, so that a password alone lets nobody in. */
export const hasFactor = async (userId: string): Promise<boolean> =>
  ((await row(HAS, [userId]))?.factorSince ?? null) !== null;

/** A person has a factor more. Joins the transaction of the change. */
export async function factorAdded(userId: string, kind: FactorKind, now: number): Promise<void> {
  await rows(sql`update ${User} set factor_since = coalesce(factor_since, $1) where id = $2`, [now, userId]);
  await record('account.factor-added', { userId, kind }, { actorId: userId, organisationId: null, now });
  afterCommit(() => forgetPerson(userId));
}

/** A person has a factor less; with the last one their codes on paper go, too. Joins the transaction of the change. */
export async function factorRemoved(userId: string, kind: FactorKind, now: number): Promise<void> {
  if ((await row(APP, [userId])) === null) await endFactors(userId);
  await record('account.factor-removed', { userId, kind }, { actorId: userId, organisationId: null, now });
}

/** A password alone lets the person in again. Joins the transaction. */
export async function endFactors(userId: string): Promise<void> {
  await rows(sql`delete from ${AuthenticatorApp} where user_id = $1`, [userId]);
  await dropCodes(userId);
  await rows(sql`update ${User} set factor_since = null where id = $1`, [userId]);
  afterCommit(() => forgetPerson(userId));
}
