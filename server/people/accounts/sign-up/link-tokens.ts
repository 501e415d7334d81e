import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { newId } from '../../../platform/lib/ids.js';
import { linkToken, sha256 } from '../../../platform/lib/tokens.js';
import { Token, User } from '../tables.js';

export type TokenPurpose = Row<typeof Token>['purpose'];

/** What somebody came for, and finds again behind a link wherever they open it: ids, and the slug of a course. */
export interface CameFor {
  readonly course?: string | null | undefined;
  readonly invitation?: string | null | undefined;
  /** The code of an organisation by which they join. */
  readonly joinCode?: string | null | undefined;
}

const MINUTE = 60_000;

/** How long each kind of link works (ms). */
export const TOKEN_LIFETIME: Record<TokenPurpose, number> = {
  'confirm-address': 24 * 60 * MINUTE,
  'reset-password': 30 * MINUTE,
  'sign-in': 30 * MINUTE,
  'one-course': 24 * 60 * MINUTE,
  'first-administrator': 24 * 60 * MINUTE,
};

/** The same in minutes, as pages say it. */
export const linkMinutes = (purpose: TokenPurpose): number => TOKEN_LIFETIME[purpose] / MINUTE;

/**
 * Make a token for a link to be mailed; earlier ones of the same kind for the same person stop working. Joins the
 * transaction. Returns the token's id: its secret text is
 * `linkToken(key, id)`. Asking again for a reset, or for a link that signs in, prolongs the one that still works: strangers
 * who ask cannot make it useless while its owner reads the mail.
 */
export async function createToken(
  purpose: TokenPurpose,
  userId: string | null,
  { key, now, course, invitation, joinCode }: { key: Buffer; now: number } & CameFor,
): Promise<string> {
  // Two requests at the same moment take turns; otherwise neither would see, and end, the other's token.
  if (userId) await rows(sql`select id from ${User} where id = $1${toHold()}`, [userId]);
  const standing =
    userId && (purpose === 'reset-password' || purpose === 'sign-in')
      ? await prolong(userId, purpose, { now, course, joinCode })
      : null;
  if (standing) return standing;
  // Only the link for the first administrator belongs to nobody.
  await rows(
    sql`update ${Token} set used_at = $1
        where purpose = $2 and (user_id = $3 or user_id is null) and used_at is null`,
    [now, purpose, userId],
  );
  const id = newId();
  await insert(Token, {
    id,
    userId,
    purpose,
    tokenHash: sha256(linkToken(key, id)),
    expiresAt: now + TOKEN_LIFETIME[purpose],
    courseSlug: course || null,
    invitationId: invitation || null,
    joinCodeId: joinCode || null,
    createdAt: now,
  });
  return id;
}

/** End every link that was mailed to a person. Joins the transaction. */
export const endTokensOf = (userId: string, now: number): Promise<unknown> =>
  rows(sql`update ${Token} set used_at = $1 where user_id = $2 and used_at is null`, [now, userId]);

/** Prolong the link that still works; null when there is none, or it is as old as a link may get. */
async function prolong(
  userId: string,
  purpose: 'reset-password' | 'sign-in',
  { now, course, joinCode }: { now: number } & CameFor,
): Promise<string | null> {
  const time = TOKEN_LIFETIME[purpose];
  const [found] = await rows(
    sql`update ${Token} set expires_at = $1, course_slug = coalesce($5, course_slug),
          join_code_id = coalesce($7, join_code_id)
        where user_id = $2 and purpose = $6 and used_at is null and expires_at > $3 and created_at > $4
        returning ${columns(Token, Token.table, 'id')}`,
    [now + time, userId, now, now - time, course || null, purpose, joinCode || null],
  );
  return found?.id ?? null;
}

/** End every link that was mailed. */
export const endAllTokens = (now: number): Promise<unknown> =>
  inTransaction(() => rows(sql`update ${Token} set used_at = $1 where used_at is null`, [now]));

/** Whether a link still works, without using it: for the page that asks before it acts. */
export async function isTokenValid(purpose: TokenPurpose, text: string, now: number): Promise<boolean> {
  const found = await row(
    sql`select id from ${Token} where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3`,
    [sha256(text), purpose, now],
  );
  return found !== null;
}

const CAME_FOR = { course: 'courseSlug', invitation: 'invitationId', joinCode: 'joinCodeId' } as const;

/** The person of a link, and what they came for when it was mailed. */
const USED = renamed(Token, Token.table, { userId: 'userId', ...CAME_FOR });
type UsedToken = NonNullable<(typeof USED)['row']>;

/**
 * Use a link. Of any number of simultaneous uses exactly one gets the answer; all others get null, as do expired and unknown
 * links. Joins the transaction, so a rollback makes the link usable again.
 */
export async function useToken(purpose: TokenPurpose, text: string, now: number): Promise<UsedToken | null> {
  const [used] = await rows(
    sql`update ${Token} set used_at = $3
        where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3
        returning ${USED}`,
    [sha256(text), purpose, now],
  );
  return used ?? null;
}

/** What somebody came for when they were last mailed a link of this kind that said so; null: nothing. */
export const lastCameFor = (
  userId: string,
  purpose: 'confirm-address' | 'sign-in',
): Promise<Required<CameFor> | null> =>
  row(
    sql`select ${renamed(Token, 't', CAME_FOR)} from ${Token} t where t.user_id = $1 and t.purpose = $2
          and (t.course_slug is not null or t.invitation_id is not null or t.join_code_id is not null)
        order by t.created_at desc limit 1`,
    [userId, purpose],
  );
