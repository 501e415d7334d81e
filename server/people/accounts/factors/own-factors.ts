import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { Conflict } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { personChanged } from '../people.js';
import { User } from '../tables.js';
import { codesLeft, dropCodes } from './recovery-codes.js';
import { AuthenticatorApp, Passkey } from './tables.js';

/** What somebody can prove besides a password. */
export type FactorKind = 'app' | 'passkey';

/** A passkey as its owner sees it. */
export type OwnPasskey = NonNullable<(typeof PASSKEYS)['row']>;

/** A person's factors: since when they have any and an app (epoch ms), and how many codes on paper are left. */
export interface OwnFactors {
  readonly since: number | null;
  readonly app: number | null;
  readonly passkeys: readonly OwnPasskey[];
  readonly codes: number;
}

const APP = sql`select ${columns(AuthenticatorApp, 'a', 'addedAt')} from ${AuthenticatorApp} a where a.user_id = $1`;

const PASSKEYS = sql`select ${columns(Passkey, 'k', 'id', 'name', 'credentialId', 'addedAt', 'lastUsedAt')}
  from ${Passkey} k where k.user_id = $1 order by k.added_at, k.id`;

/** A person's passkeys, oldest first. */
export const passkeysOf = (userId: string): Promise<OwnPasskey[]> => rows(PASSKEYS, [userId]);

const SINCE = sql`select ${columns(User, 'u', 'factorSince')} from ${User} u where u.id = $1`;

const since = async (userId: string): Promise<number | null> =>
  (await row(SINCE, [userId]))?.factorSince ?? null;

/** A person's factors, for their own page and for administrators: never a secret. */
export const factorsOf = async (userId: string): Promise<OwnFactors> => ({
  since: await since(userId),
  app: (await row(APP, [userId]))?.addedAt ?? null,
  passkeys: await passkeysOf(userId),
  codes: await codesLeft(userId),
});

/** Whether a person has a second factor, so that a password alone lets nobody in. */
export const hasFactor = async (userId: string): Promise<boolean> => (await since(userId)) !== null;

/** Whether a password alone would let the person in if they removed a factor. */
export async function isLastFactor(userId: string): Promise<boolean> {
  const { app, passkeys } = await factorsOf(userId);
  return passkeys.length + (app === null ? 0 : 1) <= 1;
}

/** A person has a factor more. Joins the transaction of the change. */
export async function factorAdded(userId: string, kind: FactorKind, now: number): Promise<void> {
  await rows(sql`update ${User} set factor_since = coalesce(factor_since, $1) where id = $2`, [now, userId]);
  await record('account.factor-added', { userId, kind }, { actorId: userId, organisationId: null, now });
  personChanged(userId);
}

/** Who removes a factor of their own. `mustHaveOne`: a role of theirs asks for one. */
export interface Removal {
  readonly mustHaveOne: boolean;
  readonly now: number;
}

/** Removals of one person follow one another, so that two at once do not each leave the other's factor. Joins the transaction. */
export const lockFactors = (userId: string): Promise<unknown> =>
  rows(sql`update ${User} set factor_since = factor_since where id = $1`, [userId]);

/**
 * A person has a factor less; with the last one their codes on paper go, too. Throws where a role asks for one and none is left. Joins
 * the transaction of the change.
 */
export async function factorRemoved(
  userId: string,
  kind: FactorKind,
  { mustHaveOne, now }: Removal,
): Promise<void> {
  const isLast = !(await row(APP, [userId])) && !(await row(PASSKEYS, [userId]));
  if (isLast && mustHaveOne) throw new Conflict('Their role asks for a second factor');
  if (isLast) await endFactors(userId);
  await record('account.factor-removed', { userId, kind }, { actorId: userId, organisationId: null, now });
}

/** A password alone lets the person in again. Joins the transaction. */
export async function endFactors(userId: string): Promise<void> {
  await rows(sql`delete from ${AuthenticatorApp} where user_id = $1`, [userId]);
  await rows(sql`delete from ${Passkey} where user_id = $1`, [userId]);
  await dropCodes(userId);
  await rows(sql`update ${User} set factor_since = null where id = $1`, [userId]);
  personChanged(userId);
}
