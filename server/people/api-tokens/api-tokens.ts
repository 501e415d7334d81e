import { isDeepStrictEqual } from 'node:util';
import { insert, row, rows } from '../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../platform/db/sql.js';
import { integer, type Row } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../platform/events/record.js';
import { User } from '../accounts/tables.js';
import { newOnce } from '../../platform/http/once.js';
import { newId } from '../../platform/lib/ids.js';
import { sha256 } from '../../platform/lib/tokens.js';
import { holdOrganisation } from '../organisations/hold-organisation.js';
import { Organisation } from '../organisations/tables.js';
import type { Scope } from './scopes.js';
import { ApiToken } from './tables.js';
import { tokenFrom } from './token-text.js';

/** The longest that a token works (days). */
export const MOST_DAYS = 365;

/** More tokens that work than any organisation has programs. */
const MOST_AT_ONCE = 20;

export interface AskedToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** How many days it works. */
  readonly days: number;
}

/** Whose tokens, who does it (null: somebody at the command line), and when (epoch ms). */
interface KeptBy {
  readonly organisationId: string;
  readonly actorId: string | null;
  readonly now: number;
}

const WORKING = sql`select count(*) ${as('count', integer())} from ${ApiToken} t
  where t.organisation_id = $1 and t.ended_at is null and t.expires_at > $2`;

const MADE = sql`select ${columns(ApiToken, 't', 'organisationId', 'name', 'scopes', 'endedAt')} from ${ApiToken} t
  where t.token_hash = $1`;

/**
 * Make a token. Returns its text, which nobody can read again. `once`: as it was drawn with the form; of one that is sent twice, both
 * answers show the same token. Throws Conflict where the organisation has twenty that work, and `TrainingPaused` while its training is
 * paused.
 */
export function makeToken(
  { name, scopes, days }: AskedToken,
  { organisationId, actorId, now }: KeptBy,
  once = newOnce(),
): Promise<string> {
  return inTransaction(async () => {
    await holdOrganisation(organisationId);
    const asked = { organisationId, name, scopes: scopes.join(' '), endedAt: null };
    const drawn = tokenFrom(once);
    const known = await row(MADE, [sha256(drawn.text)]);
    if (known && isDeepStrictEqual({ ...known }, asked)) return drawn.text;
    const { text, beginning } = known ? tokenFrom(newOnce()) : drawn;
    if (Number((await row(WORKING, [organisationId, now]))?.count) >= MOST_AT_ONCE)
      throw new Conflict('There are already twenty working tokens. Withdraw one first');
    const expiresAt = now + Math.min(days, MOST_DAYS) * 86_400_000;
    const id = newId();
    await insert(ApiToken, {
      ...{ id, organisationId, name, scopes: scopes.join(' '), beginning, tokenHash: sha256(text) },
      ...{ madeBy: actorId, madeAt: now, expiresAt },
    });
    await record(
      'api-token.made',
      { tokenId: id, scopes: [...scopes], expiresAt },
      { actorId, organisationId, now },
    );
    return text;
  });
}

const END = sql`update ${ApiToken} set ended_at = $1, ended_by = $2
  where id = $3 and organisation_id = $4 and ended_at is null returning id`;

/** Withdraw a token: the next request with it is refused. False: it was withdrawn before, or is not this organisation's. */
export const endToken = (tokenId: string, { organisationId, actorId, now }: KeptBy): Promise<boolean> =>
  inTransaction(async () => {
    const ended = await row(END, [now, actorId, tokenId, organisationId]);
    if (ended) await record('api-token.ended', { tokenId }, { actorId, organisationId, now });
    return ended !== null;
  });

const TOKEN = sql`select ${columns(ApiToken, 't', 'id', 'organisationId', 'name', 'scopes', 'beginning', 'madeAt', 'expiresAt', 'usedAt', 'endedAt')},
  ${orNull(renamed(User, 'u', { madeBy: 'name' }))} from ${ApiToken} t left join ${User} u on u.id = t.made_by`;

/** A token as lists show it. `madeBy`: a name; null: it was made at the command line. */
export type ListedToken = Readonly<
  Pick<
    Row<typeof ApiToken>,
    | 'id'
    | 'organisationId'
    | 'name'
    | 'scopes'
    | 'beginning'
    | 'madeAt'
    | 'expiresAt'
    | 'usedAt'
    | 'endedAt'
    | 'madeBy'
  >
>;

/** An organisation's tokens, the newest first. */
export const tokensOf = (organisationId: string): Promise<ListedToken[]> =>
  rows(sql`${TOKEN} where t.organisation_id = $1 order by t.made_at desc, t.id limit 100`, [organisationId]);

/** The tokens of all organisations that work at a moment, with the names of those, the first to expire first. */
export const allWorking = (now: number) =>
  rows(
    sql`select ${columns(ApiToken, 't', 'id', 'organisationId', 'name', 'scopes', 'beginning', 'expiresAt', 'usedAt')},
        ${renamed(Organisation, 'o', { organisation: 'name' })}
      from ${ApiToken} t join ${Organisation} o on o.id = t.organisation_id
      where t.ended_at is null and t.expires_at > $1 order by t.expires_at, t.id limit 500`,
    [now],
  );
