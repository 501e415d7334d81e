import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { failingEvents, unfinishedEvents } from '../../events/job-events.js';
import { record } from '../../events/record.js';

/** The reactions that issue the certificate of a cycle: when it is completed, and when that was found to be missing. */
export const ISSUE_JOBS = ['certificates.issue', 'certificates.issue-missing'] as const;

/** The reaction that signs what takes the place of another certificate. */
export const SIGN_REPLACEMENT_JOB = 'certificates.sign-replacement';

/** What was completed or awarded a moment ago is left to its own job (ms). */
const GRACE = 120_000;

/** Completions this recent are looked at each time (ms). Older ones were looked at before. */
const LOOK_BACK = 30 * 86_400_000;

/** So many cycles are looked at in one go. */
const BATCH = 500;

interface Found {
  /** The cycle. */
  readonly id: string;
  readonly userId: string;
  readonly organisationId: string;
}

/**
 * Find who passed and has no signed certificate, and record `certificate.missing`, which leads to the job that issues
 * it. Safe to repeat: what a job is working on, or what a person gave up, is left alone. The first run looks at every
 * cycle in batches, later ones at the last month: the cost does not grow with the history.
 */
export async function requestMissingCertificates(now: number): Promise<void> {
  await askFor(await unsignedAwards(now), now);
  let from: { at: number; id: string } | null = { at: await startOfSearch(now), id: '' };
  while (from) {
    const cycles: Completed[] = await completedAfter(from, now);
    await askFor(
      cycles.filter(({ isCertified }) => !isCertified),
      now,
    );
    const last = cycles.at(-1);
    from = last && cycles.length === BATCH ? { at: last.completedAt, id: last.id } : null;
  }
  await keepSearched(now - GRACE);
}

/** Has the certificate of a cycle failed to be made? Then its holder is told that it takes longer. */
export async function isCertificateDelayed(cycleId: string): Promise<boolean> {
  const failing = (await Promise.all(ISSUE_JOBS.map(name => failingEvents(name)))).flat();
  return failing.some(({ payload }) => 'cycleId' in payload && payload.cycleId === cycleId);
}

interface Completed extends Found {
  readonly completedAt: number;
  readonly isCertified: boolean | number;
}

const completedAfter = ({ at, id }: { at: number; id: string }, now: number): Promise<Completed[]> =>
  rows<Completed>(
    `select c.id, c.user_id as "userId", c.organisation_id as "organisationId", c.completed_at as "completedAt",
       exists (select 1 from certificates x where x.cycle_id = c.id and x.superseded_at is null
         and x.issued_at is not null) as "isCertified"
     from cycles c where c.completed_at is not null and (c.completed_at, c.id) > ($1, $2) and c.completed_at <= $3
     order by c.completed_at, c.id limit ${BATCH}`,
    [at, id, now - GRACE],
  );

/** Awards without a signature, whenever their cycles were completed, but for those that a job of their own will sign. */
async function unsignedAwards(now: number): Promise<Found[]> {
  const found = await rows<Found & { awardId: string }>(
    `select id as "awardId", cycle_id as id, user_id as "userId", organisation_id as "organisationId" from certificates
     where issued_at is null and superseded_at is null and created_at <= $1 order by created_at limit ${BATCH}`,
    [now - GRACE],
  );
  const open = await unfinishedEvents(SIGN_REPLACEMENT_JOB);
  const inHand = new Set(
    open.flatMap(({ payload }) => ('replacementId' in payload ? [payload.replacementId] : [])),
  );
  return found.filter(({ awardId }) => !inHand.has(awardId));
}

/** Joins no transaction: each batch is one of its own. */
async function askFor(missing: readonly Found[], now: number): Promise<void> {
  if (missing.length === 0) return;
  await inTransaction(async () => {
    const inHand = await cyclesInHand();
    for (const { id: cycleId, userId, organisationId } of missing) {
      if (inHand.has(cycleId)) continue;
      await record('certificate.missing', { cycleId, userId }, { actorId: null, organisationId, now });
    }
  });
}

/** The cycles whose certificates a job works on, waits for, or was given up on. */
async function cyclesInHand(): Promise<Set<string>> {
  const open = (await Promise.all(ISSUE_JOBS.map(name => unfinishedEvents(name)))).flat();
  return new Set(open.flatMap(({ payload }) => ('cycleId' in payload ? [payload.cycleId] : [])));
}

/** Where the search begins: at what was never looked at, and a month ago at the latest. */
async function startOfSearch(now: number): Promise<number> {
  const kept = await row<{ until: number }>(
    'select completed_until as "until" from certificate_searches where id = 1',
  );
  return Math.min(kept?.until ?? 0, now - LOOK_BACK);
}

const keepSearched = (until: number): Promise<unknown> =>
  inTransaction(() =>
    rows(
      `insert into certificate_searches (id, completed_until) values (1, $1)
       on conflict (id) do update set completed_until = excluded.completed_until`,
      [until],
    ),
  );
