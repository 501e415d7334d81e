import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { retryAll } from '../../../platform/events/jobs/job-decisions.js';
import { JUMP, jumpsBack } from '../../../platform/events/routines/clock-hold.js';
import { holdCycle } from '../../../teaching/learning/enrolments.js';
import { redateCompletion } from '../../../teaching/learning/redate-completion.js';
import { Cycle } from '../../../teaching/learning/tables.js';
import type { AwardFacts } from '../../open-badges/credential.js';
import { Certificate, Revocation } from '../tables.js';
import { supersede } from './supersede.js';
import { computeExpiry } from './validity.js';

/** A completion that is dated ahead of the clock. `code`: of its certificate; null where there is none yet. */
export interface DatedAhead {
  readonly cycleId: string;
  readonly code: string | null;
  readonly isSigned: boolean;
  readonly from: number;
  /** When it is known to have been over. */
  readonly to: number;
}

const AHEAD = sql`select ${renamed(Cycle, 'y', { cycleId: 'id', from: 'completedAt' })},
    ${orNull(columns(Certificate, 'c', 'code', 'issuedAt'))}
  from ${Cycle} y left join ${Certificate} c on c.cycle_id = y.id and c.superseded_at is null
  where y.completed_at > $1 order by y.completed_at, y.id`;

/** The completions that lie ahead of a clock that is right at `now` (epoch ms): they were written while it was fast. */
export async function datedAhead(now: number): Promise<DatedAhead[]> {
  const jumps = await jumpsBack();
  const found = await rows(AHEAD, [now + JUMP]);
  return found.map(({ issuedAt, from, ...each }) => ({
    ...{ ...each, from: Number(from), isSigned: issuedAt !== null },
    to: overBy(Number(from), jumps, now),
  }));
}

/**
 * Whatever a fast clock dated was over when it was set right: that moment if a server noticed it, or now. It is never earlier than what
 * happened, so nobody gets a certificate for a day on which they had not passed; and seldom more than seconds later.
 */
function overBy(from: number, jumps: Awaited<ReturnType<typeof jumpsBack>>, now: number): number {
  const back = jumps.find(jump => jump.from >= from && jump.to <= now);
  return back?.to ?? now;
}

const COUNT = sql`select count(*) ${as('count', integer())} from ${Cycle} y where y.completed_at > $1`;

/** How many there are. */
export const certificatesAhead = async (now: number): Promise<number> =>
  Number((await row(COUNT, [now + JUMP]))?.count);

/** The jobs that cannot sign what is dated ahead, and wait longer each time. */
const WAITING = ['certificates.issue', 'certificates.issue-missing', 'certificates.sign-replacement'];

/**
 * Date a completion as it is known to have been over, with its certificate: one that is not signed is changed, one that is signed is
 * replaced on record, under the same number. One that is revoked stays. Where it cannot be replaced, since it is suspended or its record was
 * edited, all stays as it is.
 */
export async function redate({ cycleId, to }: DatedAhead, now: number): Promise<void> {
  const redating = inTransaction(async () => {
    const cycle = await holdCycle(cycleId);
    if (!cycle || Number(cycle.completedAt) <= to) return;
    await redateCompletion(cycle, to, now);
    const current = await row(CURRENT, [cycleId]);
    if (current) await redateCertificate(current, to, now);
  });
  await redating.catch((fault: unknown) => {
    if (!(fault instanceof Conflict)) throw fault;
  });
}

/** Have what failed because of its date tried again at once. */
export async function retryDated(now: number): Promise<void> {
  for (const reaction of WAITING) await retryAll(reaction, now);
}

const CURRENT = sql`select ${columns(Certificate, 'c', 'id', 'facts', 'issuedAt')} from ${Certificate} c
  where c.cycle_id = $1 and c.superseded_at is null
    and not exists (select 1 from ${Revocation} where certificate_id = c.id)`;

const CHANGE = sql`update ${Certificate} set facts = $2, awarded_at = $3, valid_until = $4
  where id = $1 and issued_at is null`;

async function redateCertificate(
  { id, facts: text, issuedAt }: { id: string; facts: string; issuedAt: number | null },
  awardedAt: number,
  now: number,
): Promise<void> {
  const facts = JSON.parse(text) as AwardFacts;
  const dates = { awardedAt, validUntil: validUntil(facts, awardedAt) };
  if (issuedAt === null) {
    await rows(CHANGE, [id, JSON.stringify({ ...facts, ...dates }), awardedAt, dates.validUntil]);
    return;
  }
  const change = { facts: dates, reason: 'date-corrected', key: `date-corrected:${id}` } as const;
  await supersede(id, change, { actorId: null, now });
}

/** As the award reckoned it. An old award, from before its rule was kept, keeps its end. */
function validUntil({ validity, timeZone, validUntil: before }: AwardFacts, completedAt: number) {
  if (!validity || timeZone === undefined) return before;
  return computeExpiry({ completedAt, timeZone, ...validity }).validUntil;
}
