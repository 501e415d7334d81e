import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { integer, nullable, text, type Row } from '../../../platform/db/table.js';
import { toHold } from '../../../platform/db/transaction.js';
import { Cycle } from '../../learning/tables.js';
import { isId } from '../../../platform/lib/ids.js';
import type { Answer } from '../../questions/answer.js';
import type { CertificateEffect, RegradeChange } from './preview/impact.js';
import type { RulingScope } from './preview/submitted-attempts.js';
import { AttemptRegrade, ItemRuling, Regrade, RegradeLine } from './tables.js';

/** A regrade: proposed and previewed, running, or done. Times are epoch milliseconds. */
export type RegradeFacts = Readonly<
  Omit<Row<typeof Regrade>, 'answers' | 'createdBy'> & {
    answers: readonly Answer[];
    /** The number that the ruling was made under; null while it is a draft. */
    ruling: number | null;
  }
>;

/** How many attempts change in which way, and how many certificates. */
export interface RegradeTally {
  readonly changes: Readonly<Record<Exclude<RegradeChange, 'same'>, number>>;
  readonly certificates: Readonly<Record<Exclude<CertificateEffect, 'none'>, number>>;
}

const REGRADE = sql`select ${columns(
  Regrade,
  'r',
  'id',
  'courseSlug',
  'quiz',
  'itemId',
  'kind',
  'fromVersion',
  'toVersion',
  'keyVersion',
  'answers',
  'reason',
  'withdrawalReason',
  'state',
  'lastRuling',
  'lookedAt',
  'seenHash',
  'createdAt',
  'confirmedBy',
  'confirmedAt',
  'finishedAt',
)}, (select number from ${ItemRuling} where regrade_id = r.id) ${as('ruling', nullable(integer()))}
  from ${Regrade} r where r.id = $1`;

/** One regrade, or null; a text that is no id is not looked up. In a transaction `hold` locks it until its end. */
export async function findRegrade(id: unknown, { hold = false } = {}): Promise<RegradeFacts | null> {
  if (!isId(id)) return null;
  const found = await row(hold ? sql`${REGRADE}${toHold()}` : REGRADE, [id]);
  return found && { ...found, answers: JSON.parse(found.answers) as Answer[] };
}

const LAST_RULING = sql`select max(number) ${as('number', nullable(integer()))} from ${ItemRuling}
  where course_slug = $1 and quiz = $2`;

/** The number of the newest ruling on a quiz; 0 for none. */
export const lastRulingOn = async ({
  courseSlug,
  quiz,
}: Pick<RulingScope, 'courseSlug' | 'quiz'>): Promise<number> =>
  (await row(LAST_RULING, [courseSlug, quiz]))?.number ?? 0;

const RUNNING = sql`select id from ${Regrade} where course_slug = $1 and quiz = $2 and state = 'running'`;

/** Is another regrade of the quiz running? */
export const isBusy = async ({
  courseSlug,
  quiz,
}: Pick<RulingScope, 'courseSlug' | 'quiz'>): Promise<boolean> =>
  (await row(RUNNING, [courseSlug, quiz])) !== null;

const CHANGES_OF_PERSON = sql`select 1 as found from ${RegradeLine} l join ${Cycle} c on c.id = l.cycle_id
  where l.regrade_id = $1 and c.user_id = $2 and l.change <> 'kept' limit 1`;

/** Would a regrade change a result of this person's? One that keeps its pass stays as it is. */
export const changesResultOf = async (regradeId: string, userId: string): Promise<boolean> =>
  (await row(CHANGES_OF_PERSON, [regradeId, userId])) !== null;

const CHANGES = sql`select change ${as('key', text())}, count(*) ${as('count', integer())}
  from ${RegradeLine} where regrade_id = $1 group by change`;
const CERTIFICATES = sql`select certificate ${as('key', text())}, count(distinct cycle_id) ${as('count', integer())}
  from ${RegradeLine} where regrade_id = $1 group by certificate`;

/** Attempts and certificates that a regrade changes, counted from its lines. A certificate counts once for each cycle. */
export async function tallyOf(regradeId: string): Promise<RegradeTally> {
  const [changes, certificates] = [await rows(CHANGES, [regradeId]), await rows(CERTIFICATES, [regradeId])];
  const count = (found: typeof changes, key: string) =>
    Number(found.find(each => each.key === key)?.count ?? 0);
  return {
    changes: {
      passed: count(changes, 'passed'),
      points: count(changes, 'points'),
      kept: count(changes, 'kept'),
      withdrawn: count(changes, 'withdrawn'),
    },
    certificates: {
      issue: count(certificates, 'issue'),
      replace: count(certificates, 'replace'),
      suspend: count(certificates, 'suspend'),
    },
  };
}

const PROGRESS = sql`select
    (select count(*) from ${RegradeLine} where regrade_id = $1) ${as('lines', integer())},
    (select count(*) from ${AttemptRegrade} where regrade_id = $1) ${as('done', integer())},
    (select count(*) from ${AttemptRegrade} where regrade_id = $1 and change <> 'kept') ${as('changed', integer())}`;

/** How many lines a regrade has, how many are done, and how many of those changed a result. */
export async function progressOfRegrade(
  regradeId: string,
): Promise<{ lines: number; done: number; changed: number }> {
  const found = await row(PROGRESS, [regradeId]);
  return { lines: Number(found?.lines), done: Number(found?.done), changed: Number(found?.changed) };
}

const LAST_REGRADE = sql`select ${columns(AttemptRegrade, 'r', 'change')}, ${renamed(AttemptRegrade, 'r', { at: 'regradedAt' })}
  from ${AttemptRegrade} r where r.attempt_id = $1 order by r.regraded_at desc limit 1`;

/** What the last regrade did to an attempt, for its result page; null when none touched it. */
export const lastRegradeOf = (attemptId: string): Promise<{ change: RegradeChange; at: number } | null> =>
  row(LAST_REGRADE, [attemptId]);
