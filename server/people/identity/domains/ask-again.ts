import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { IdentityDomain } from '../tables.js';
import { proveDomain } from './domains.js';
import { askForRecord } from './name-system.js';

const [HOUR, DAY] = [3_600_000, 86_400_000];

/** How long a record that was seen counts before it is asked for again (ms). */
const SEEN_FOR = 90 * DAY;
/** A missing record is asked for once a day: after this long at the earliest (ms), whatever runs the routine twice. */
const NEXT_TRY = 20 * HOUR;
/** Misses that lie further apart (ms) are no row: so those that count lie within a week. */
const IN_A_ROW = 3 * DAY;
/** A domain lapses with so many misses in a row. */
const MISSES = 3;

/** How many records are asked for at once. */
const TOGETHER = 10;

const DUE = sql`select ${columns(IdentityDomain, 'd', 'id', 'organisationId', 'domain', 'proof', 'missedAt', 'misses', 'lapsedAt')}
  from ${IdentityDomain} d
  where d.proven_at is not null and d.seen_at <= $1 and (d.missed_at is null or d.missed_at <= $2) order by d.seen_at`;

/**
 * Ask again for the records of proven domains that have not been seen for 90 days. A domain whose record is missing three times
 * within a week lapses, and a reaction tells those who administer the organisation. It is asked for every day until it is back. A
 * question that no name server answers changes nothing.
 */
export async function askDomainsAgain(now: number): Promise<void> {
  const due = await rows(DUE, [now - SEEN_FOR, now - NEXT_TRY]);
  for (const some of chunks(due, TOGETHER)) await Promise.all(some.map(domain => askAgain(domain, now)));
}

type Due = Pick<
  Row<typeof IdentityDomain>,
  'id' | 'organisationId' | 'domain' | 'proof' | 'missedAt' | 'misses' | 'lapsedAt'
>;

async function askAgain(domain: Due, now: number): Promise<void> {
  const answer = await askForRecord(domain);
  if (answer === 'absent') await miss(domain, now);
  if (answer === 'there')
    await proveDomain(domain, 'record', { organisationId: domain.organisationId, actorId: null, now });
}

/** Only if nothing was seen or missed meanwhile: of two that ask at once, one counts. */
const MISS = sql`update ${IdentityDomain} set missed_at = $1, misses = $2, lapsed_at = $3
  where id = $4 and proven_at is not null and misses = $5 and coalesce(missed_at, 0) = $6 returning id`;

const miss = ({ id, organisationId, domain, missedAt, misses, lapsedAt }: Due, now: number): Promise<void> =>
  inTransaction(async () => {
    const inARow = missedAt !== null && now - missedAt <= IN_A_ROW ? Math.min(misses + 1, MISSES) : 1;
    const lapses = lapsedAt === null && inARow >= MISSES;
    const missed = [now, inARow, lapses ? now : lapsedAt, id, misses, missedAt ?? 0];
    if (!(await row(MISS, missed)) || !lapses) return;
    const news = { domainId: id, domain };
    await record('identity-domain.lapsed', news, { actorId: null, organisationId, now });
  });
