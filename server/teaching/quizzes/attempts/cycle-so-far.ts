import { row } from '../../../platform/db/rows.js';
import { as, sql } from '../../../platform/db/sql.js';
import { flag, nullable, text } from '../../../platform/db/table.js';
import type { Progress } from '../../learning/completion.js';
import { CYCLE_FACTS, CYCLE_TABLES, type CycleFacts } from '../../learning/enrolments.js';
import { allDoneIn, progressIn } from '../../learning/progress.js';
import { Cycle, PracticeRun } from '../../learning/tables.js';
import { isId } from '../../../platform/lib/ids.js';
import { Attempt } from '../tables.js';

/** A cycle, and what its learner has done in it so far. */
export interface CycleSoFar {
  readonly cycle: CycleFacts;
  readonly progress: Progress;
  /** It is complete, and the newest of its enrolment. */
  readonly isNewest: boolean;
  /** The quizzes that were attempted: at no other there is anything to look for. */
  readonly attempted: ReadonlySet<string>;
  /** Those of them whose only attempt so far is open: there is nothing else to know of it. */
  readonly justBegun: ReadonlySet<string>;
  /** A practice quiz was submitted and not passed, so that safety rules may have been missed in it. */
  readonly failedPractice: boolean;
}

const SO_FAR = sql`select ${CYCLE_FACTS}, ${allDoneIn(sql`c.id`)},
    (select string_agg(quiz || ' ' || newest, ',') from
      (select quiz, max(number) as newest from ${Attempt} where cycle_id = c.id group by quiz) q)
      ${as('attempted', nullable(text()))},
    (select string_agg(quiz, ',') from ${Attempt} where cycle_id = c.id and submitted_at is null)
      ${as('open', nullable(text()))},
    exists (select 1 from ${PracticeRun} p join ${Attempt} a on a.cycle_id = p.cycle_id and a.quiz = p.quiz
      where p.cycle_id = c.id and a.submitted_at is not null and not a.passed) ${as('failedPractice', flag())},
    case when c.completed_at is null or exists
      (select 1 from ${Cycle} n where n.enrolment_id = c.enrolment_id and n.number > c.number)
      then 0 else 1 end ${as('isNewest', flag())}
  from ${CYCLE_TABLES} where c.id = $1`;

/** What the pages of a course are made from, read with one statement; null for an unknown id. A text that is no id is not looked for. */
export async function findCycleSoFar(id: unknown): Promise<CycleSoFar | null> {
  const found = isId(id) ? await row(SO_FAR, [id]) : null;
  if (!found) return null;
  const { done, attempted, open, failedPractice, isNewest, ...cycle } = found;
  const newest = (attempted?.split(',') ?? []).map(each => each.split(' '));
  const first = newest.flatMap(([quiz = '', number]) => (number === '1' ? [quiz] : []));
  const isOpen = new Set(open?.split(','));
  return {
    cycle,
    progress: progressIn(done),
    isNewest: Boolean(isNewest),
    attempted: new Set(newest.map(([quiz = '']) => quiz)),
    justBegun: new Set(first.filter(quiz => isOpen.has(quiz))),
    failedPractice: Boolean(failedPractice),
  };
}
