import { toHold } from '../../db/transaction.js';
import { row, rows } from '../../db/rows.js';
import { isId } from '../../lib/ids.js';
import type { Answer } from '../../questions/answer.js';
import type { CertificateEffect, Change } from './impact.js';
import type { Scope } from './submitted-attempts.js';
import type { RulingTerms } from './rulings.js';

/** A ruling on its way: proposed and previewed, being carried out, or done. Times are epoch milliseconds. */
export interface Regrade extends Scope, RulingTerms {
  readonly id: string;
  readonly reason: string;
  /** Why passes are withdrawn; null where they are kept. */
  readonly withdrawalReason: string | null;
  readonly state: 'draft' | 'running' | 'done';
  /** The newest ruling on the quiz when the preview was made; 0 for none. */
  readonly lastRuling: number;
  /** How many attempts the preview looked at; null until it has seen them all. */
  readonly lookedAt: number | null;
  readonly seenHash: string | null;
  readonly createdAt: number;
  readonly confirmedBy: string | null;
  readonly confirmedAt: number | null;
  readonly finishedAt: number | null;
  /** The number that the ruling was made under; null while it is a draft. */
  readonly ruling: number | null;
}

/** How many attempts change in which way, and how many certificates. */
export interface Tally {
  readonly changes: Readonly<Record<Exclude<Change, 'same'>, number>>;
  readonly certificates: Readonly<Record<Exclude<CertificateEffect, 'none'>, number>>;
}

type Row = Omit<Regrade, 'answers'> & { answers: string };

/** One regrade, or null; a text that is no id is not looked for. In a transaction `hold` keeps it until its end. */
export async function findRegrade(id: unknown, { hold = false } = {}): Promise<Regrade | null> {
  if (!isId(id)) return null;
  const found = await row<Row>(
    `select r.id, r.course_slug as "courseSlug", r.quiz, r.item_id as "itemId", r.kind, r.from_version as "fromVersion",
       r.to_version as "toVersion", r.key_version as "keyVersion", r.answers, r.reason,
       r.withdrawal_reason as "withdrawalReason", r.state, r.last_ruling as "lastRuling", r.looked_at as "lookedAt",
       r.seen_hash as "seenHash", r.created_at as "createdAt", r.confirmed_by as "confirmedBy",
       r.confirmed_at as "confirmedAt", r.finished_at as "finishedAt",
       (select number from item_rulings where regrade_id = r.id) as ruling
     from regrades r where r.id = $1${hold ? toHold().text : ''}`,
    [id],
  );
  return found && { ...found, answers: JSON.parse(found.answers) as Answer[] };
}

/** The number of the newest ruling on a quiz; 0 for none. */
export async function lastRulingOn({
  courseSlug,
  quiz,
}: Pick<Scope, 'courseSlug' | 'quiz'>): Promise<number> {
  const found = await row<{ n: number | null }>(
    'select max(number) as n from item_rulings where course_slug = $1 and quiz = $2',
    [courseSlug, quiz],
  );
  return found?.n ?? 0;
}

/** Is another regrade of the quiz being carried out? */
export const isBusy = async ({ courseSlug, quiz }: Pick<Scope, 'courseSlug' | 'quiz'>): Promise<boolean> =>
  (await row(`select id from regrades where course_slug = $1 and quiz = $2 and state = 'running'`, [
    courseSlug,
    quiz,
  ])) !== null;

/** Whether a regrade would change a result of this person's. One that keeps its pass stays as it is. */
export const changesResultOf = async (regradeId: string, userId: string): Promise<boolean> =>
  (await row(
    `select 1 as found from regrade_lines l join cycles c on c.id = l.cycle_id
     where l.regrade_id = $1 and c.user_id = $2 and l.change <> 'kept' limit 1`,
    [regradeId, userId],
  )) !== null;

/** Attempts and rounds that a regrade changes, counted from its lines. A certificate counts once a round. */
export async function tallyOf(regradeId: string): Promise<Tally> {
  const [changes, certificates] = [
    await rows<{ key: string; n: number }>(
      'select change as key, count(*) as n from regrade_lines where regrade_id = $1 group by change',
      [regradeId],
    ),
    await rows<{ key: string; n: number }>(
      `select certificate as key, count(distinct cycle_id) as n from regrade_lines where regrade_id = $1
       group by certificate`,
      [regradeId],
    ),
  ];
  const count = (found: typeof changes, key: string) => Number(found.find(each => each.key === key)?.n ?? 0);
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

/** How many lines of a regrade there are, how many are done, and how many of those changed a result. */
export async function progressOfRegrade(
  regradeId: string,
): Promise<{ lines: number; done: number; changed: number }> {
  const found = await row<{ lines: number; done: number; changed: number }>(
    `select (select count(*) from regrade_lines where regrade_id = $1) as lines,
       (select count(*) from attempt_regrades where regrade_id = $1) as done,
       (select count(*) from attempt_regrades where regrade_id = $1 and change <> 'kept') as changed`,
    [regradeId],
  );
  return { lines: Number(found?.lines), done: Number(found?.done), changed: Number(found?.changed) };
}

/** The last regrade that said something about an attempt, for its result page; null when none did. */
export const lastRegradeOf = (attemptId: string): Promise<{ change: Change; at: number } | null> =>
  row(
    `select change, regraded_at as at from attempt_regrades where attempt_id = $1
     order by regraded_at desc limit 1`,
    [attemptId],
  );
