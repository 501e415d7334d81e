import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { flag, moment } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { failingEvents, unfinishedEvents } from '../../../platform/events/jobs/job-events.js';
import { record } from '../../../platform/events/record.js';
import { Cycle } from '../../../teaching/learning/tables.js';
import { oneByOne } from '../../../platform/lib/lists/one-by-one.js';
import { Certificate, CertificateSearch } from '../tables.js';

/** The reactions that issue the certificate of a cycle: on completion, and after it was found to be missing. */
const ISSUE_JOBS = ['certificates.issue', 'certificates.issue-missing'] as const;

/** The reaction that signs the replacement of a certificate. */
const SIGN_REPLACEMENT_JOB = 'certificates.sign-replacement';

/** Cycles completed and awards made within this time (ms) are left to their own jobs. */
const GRACE = 120_000;

/** How far back each search goes (ms). Earlier searches covered older completions. */
const LOOK_BACK = 30 * 86_400_000;

/** Rows read by one query. */
const BATCH = 500;

interface MissingCertificate {
  /** The cycle. */
  readonly id: string;
  readonly userId: string;
  readonly organisationId: string;
}

/**
 * Find people who completed a course and have no signed certificate, and record `certificate.missing`, which leads to
 * the job that issues it. Safe to repeat: certificates that a job is working on, or that a person gave up, are left
 * alone. The first run searches every cycle in batches, later runs the last month, so the cost does not grow with the
 * history.
 */
export async function requestMissingCertificates(now: number): Promise<void> {
  await request(await unsignedAwards(now), now);
  let after: { at: number; id: string } | null = { at: await startOfSearch(now), id: '' };
  while (after) {
    const cycles: Completed[] = await completedAfter(after, now);
    const missing = cycles.filter(({ isCertified }) => !isCertified);
    await request(missing, now);
    const last = cycles.at(-1);
    after = last && cycles.length === BATCH ? { at: last.completedAt, id: last.id } : null;
  }
  await storeSearched(now - GRACE);
}

/** Whether the job that makes the certificate of a cycle has failed so far. Its holder is told that it takes longer. */
export async function isCertificateDelayed(cycleId: string): Promise<boolean> {
  const failing = await failingEvents(ISSUE_JOBS);
  return failing.some(({ payload }) => 'cycleId' in payload && payload.cycleId === cycleId);
}

const COMPLETED_AFTER = sql`select ${columns(Cycle, 'c', 'id', 'userId', 'organisationId')},
    c.completed_at ${as('completedAt', moment())},
    exists (select 1 from ${Certificate} x where x.cycle_id = c.id and x.superseded_at is null
      and x.issued_at is not null) ${as('isCertified', flag())}
  from ${Cycle} c where c.completed_at is not null and (c.completed_at, c.id) > ($1, $2) and c.completed_at <= $3
  order by c.completed_at, c.id limit ${BATCH}`;

type Completed = Awaited<ReturnType<typeof completedAfter>>[number];

const completedAfter = ({ at, id }: { at: number; id: string }, now: number) =>
  rows(COMPLETED_AFTER, [at, id, now - GRACE]);

const UNSIGNED = sql`select ${renamed(Certificate, 'c', {
  awardId: 'id',
  id: 'cycleId',
  userId: 'userId',
  organisationId: 'organisationId',
})} from ${Certificate} c
  where c.issued_at is null and c.superseded_at is null and c.created_at <= $1 order by c.created_at limit ${BATCH}`;

/** Awards without a signature, whenever their cycles were completed, except replacements with a job of their own. */
async function unsignedAwards(now: number): Promise<MissingCertificate[]> {
  const found = await rows(UNSIGNED, [now - GRACE]);
  const open = await unfinishedEvents(SIGN_REPLACEMENT_JOB);
  const queued = new Set(
    open.flatMap(({ payload }) => ('replacementId' in payload ? [payload.replacementId] : [])),
  );
  return found.filter(({ awardId }) => !queued.has(awardId));
}

/** Each batch is a transaction of its own. */
async function request(missing: readonly MissingCertificate[], now: number): Promise<void> {
  if (missing.length === 0) return;
  await inTransaction(async () => {
    const queued = await queuedCycles();
    for (const { id: cycleId, userId, organisationId } of missing) {
      if (queued.has(cycleId)) continue;
      await record('certificate.missing', { cycleId, userId }, { actorId: null, organisationId, now });
    }
  });
}

/** The cycles whose certificate has a job: one that runs, waits, or was given up. */
async function queuedCycles(): Promise<Set<string>> {
  const open = (await oneByOne(ISSUE_JOBS, name => unfinishedEvents(name))).flat();
  return new Set(open.flatMap(({ payload }) => ('cycleId' in payload ? [payload.cycleId] : [])));
}

const SEARCHED = sql`select ${columns(CertificateSearch, 's', 'completedUntil')} from ${CertificateSearch} s where s.id = 1`;

/** Where the search begins (epoch ms): a month ago, or earlier where nothing was searched yet. */
async function startOfSearch(now: number): Promise<number> {
  const searched = await row(SEARCHED);
  return Math.min(searched?.completedUntil ?? 0, now - LOOK_BACK);
}

const storeSearched = (until: number): Promise<unknown> =>
  inTransaction(() =>
    rows(
      sql`insert into ${CertificateSearch} (id, completed_until) values (1, $1)
          on conflict (id) do update set completed_until = excluded.completed_until`,
      [until],
    ),
  );
