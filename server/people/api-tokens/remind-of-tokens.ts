import { User } from '../accounts/tables.js';
import { row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { dayOf } from '../../platform/lib/days.js';
import { administratorsOf } from '../organisations/grants/nearest-managers.js';
import { Membership, Organisation } from '../organisations/tables.js';
import { SOON } from './tokens-page.js';
import { ApiToken } from './tables.js';

/** Tokens that end soon, and in the last quarter of their time: one for a week is not told of on its first day. */
const ENDING = sql`select ${columns(ApiToken, 't', 'id', 'organisationId', 'expiresAt')} from ${ApiToken} t
  where t.ended_at is null and t.reminded_at is null and t.expires_at > $1 and t.expires_at <= $2
    and 4 * (t.expires_at - $1) <= t.expires_at - t.made_at
  order by t.expires_at limit 500`;
const REMINDED = sql`update ${ApiToken} set reminded_at = $1
  where id = $2 and ended_at is null and reminded_at is null returning id`;

/** Tell of each token that ends soon, once: two weeks before, so that whoever runs its program makes the next one in time. */
export async function remindOfTokens(now: number): Promise<void> {
  for (const { id: tokenId, organisationId, expiresAt } of await rows(ENDING, [now, now + SOON]))
    await inTransaction(async () => {
      if (!(await row(REMINDED, [now, tokenId]))) return;
      const news = { tokenId, expiresAt: Number(expiresAt) };
      await record('api-token.ending', news, { actorId: null, organisationId, now });
    });
}

const TOKEN = sql`select ${columns(ApiToken, 't', 'name', 'organisationId', 'expiresAt')},
    ${columns(Organisation, 'o', 'timeZone')}
  from ${ApiToken} t join ${Organisation} o on o.id = t.organisation_id where t.id = $1 and t.ended_at is null`;

/** Whoever made it, unless they have left or cannot sign in. */
const MAKER = sql`select ${columns(User, 'u', 'id')} from ${ApiToken} t
    join ${User} u on u.id = t.made_by and u.disabled_at is null
  where t.id = $1 and not exists (select 1 from ${Membership} m
    where m.organisation_id = t.organisation_id and m.user_id = u.id and m.employment = 'left')`;

/** A token that ends, and whom to tell: whoever made it, and those who administer the organisation. Null: it was withdrawn. */
export async function endingToken(tokenId: string, now: number) {
  const token = await row(TOKEN, [tokenId]);
  if (!token) return null;
  const maker = await row(MAKER, [tokenId]);
  const others = await administratorsOf(token.organisationId, dayOf(now, token.timeZone));
  return { ...token, tell: [...new Set([...(maker ? [maker.id] : []), ...others])] };
}
