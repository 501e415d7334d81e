import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import type { EventPayloads } from '../../../platform/events/event-payloads.js';
import { eventOf } from '../../../platform/events/jobs/job-events.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import type { Addresses } from '../../open-badges/did.js';
import { checkEverything, type LedgerReport } from './check/check-everything.js';
import type { Discrepancy } from './check/discrepancy.js';
import type { Checkpoints } from './checkpoints.js';
import { keepProven } from './keep-proven.js';
import { LedgerCheck } from './tables.js';

/** A check as it is stored. */
export type StoredCheck = Readonly<Omit<Row<typeof LedgerCheck>, 'inTurn'>>;

const CHECKS = sql`select ${columns(LedgerCheck, 'c', ...(['id', 'askedBy', 'askedAt', 'isWhole', 'state', 'done', 'total'] as const), ...(['finishedAt', 'since', 'upTo', 'counted', 'faults', 'named'] as const))}
  from ${LedgerCheck} c`;

/** One check, or null. */
export const findCheck = (id: string): Promise<StoredCheck | null> =>
  row(sql`${CHECKS} where c.id = $1`, [id]);

/** The newest checks first. */
export const newestChecks = (limit: number): Promise<StoredCheck[]> =>
  rows(sql`${CHECKS} order by c.asked_at desc, c.id desc limit ${limit}`);

/** The check that ended last with a result, or null. */
export const lastResult = (): Promise<StoredCheck | null> =>
  row(sql`${CHECKS} where c.state in ('proven', 'broken') order by c.asked_at desc, c.id desc limit 1`);

/** The discrepancies that a check keeps: of very many, the first. */
export const namedBy = ({ named }: Pick<StoredCheck, 'named'>): Discrepancy[] =>
  named === null ? [] : (JSON.parse(named) as Discrepancy[]);
/** How many of them are kept. */
const MOST_NAMED = 200;

const IN_TURN = sql`${CHECKS} where c.in_turn = 1`;

/** Ask for a check, from the beginning on (`isWhole`) or of what came since the last one. While one waits or runs, it is that one. Returns its id. */
export const askForCheck = (
  isWhole: boolean,
  { actorId, now }: { actorId: string; now: number },
): Promise<string> =>
  inTransaction(async () => {
    const asked = {
      id: newId(),
      askedBy: actorId,
      askedAt: now,
      isWhole,
      state: 'asked' as const,
      inTurn: 1,
    };
    if (!(await insertOnce(LedgerCheck, asked))) return (await row(IN_TURN))?.id ?? asked.id;
    await record(
      'ledger.check-asked',
      { checkId: asked.id, isWhole },
      { actorId, organisationId: null, now },
    );
    return asked.id;
  });

const PROGRESS = sql`update ${LedgerCheck} set state = 'running', done = $2, total = $3 where id = $1 and in_turn = 1`;

/** Do a check that was asked for, and keep what came of it. Idempotent: one that was cut off begins again. */
export async function doCheck(
  id: string,
  { addresses, checkpoints, clock }: { addresses: Addresses; checkpoints: Checkpoints; clock: () => number },
): Promise<void> {
  const check = await findCheck(id);
  if (check?.state !== 'asked' && check?.state !== 'running') return;
  const report = await checkEverything({
    ...{ addresses, published: checkpoints.read(), goesOn: !check.isWhole },
    onStep: (done, total) => inTransaction(() => rows(PROGRESS, [id, done, total])),
  });
  const now = clock();
  if (await keepResult(id, report, now)) keepProven(report, checkpoints, now);
}

const RESULT = sql`update ${LedgerCheck} set state = $2, in_turn = null, finished_at = $3, since = $4, up_to = $5,
    counted = $6, faults = $7, named = $8
  where id = $1 and in_turn = 1 returning id`;

const keepResult = (id: string, report: LedgerReport, now: number): Promise<boolean> =>
  inTransaction(async () => {
    const { counted, discrepancies } = report;
    const [since, upTo, faults] = [
      report.since?.number ?? null,
      report.upTo?.number ?? null,
      discrepancies.length,
    ];
    const named = JSON.stringify(discrepancies.slice(0, MOST_NAMED));
    const state = faults > 0 ? 'broken' : 'proven';
    const kept = await row(RESULT, [id, state, now, since, upTo, JSON.stringify(counted), faults, named]);
    if (!kept) return false;
    const news = { checkId: id, since, upTo, discrepancies: faults };
    await record('ledger.checked', news, { actorId: null, organisationId: null, now });
    return true;
  });

const GIVEN_UP = sql`update ${LedgerCheck} set state = 'failed', in_turn = null, finished_at = $2 where id = $1 and in_turn = 1`;

/** An administrator gave up the job of a check: it has no result. Does nothing for any other job. */
export async function endGivenUpCheck(
  { jobId, reaction }: EventPayloads['job.given-up'],
  now: number,
): Promise<void> {
  if (reaction !== 'ledger.check') return;
  const asked = await eventOf({ id: jobId });
  if (!asked || !('checkId' in asked.payload)) return;
  const { checkId } = asked.payload;
  await inTransaction(() => rows(GIVEN_UP, [checkId, now]));
}
