import type { CourseSnapshot } from '../../courses/content/snapshot.js';
import { rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { waitUntil } from '../../i18n/waits.js';
import type { Tried } from '../../learning/completion.js';
import { addresses } from '../../learning/cycle-addresses.js';
import { QuizPass } from '../../learning/tables.js';
import type { Standing } from './limits.js';
import { attemptsAt, type AttemptFacts } from './attempts.js';
import { attemptAddresses } from './question-page.js';
import { quizOf } from '../quiz.js';
import { Attempt } from '../tables.js';
import type { PageWords } from './start/start-notices.js';
import { standingAt } from './start/start.js';

const NOT_PASSED = sql`select distinct ${columns(Attempt, 'a', 'quiz')} from ${Attempt} a where a.cycle_id = $1
  and not exists (select 1 from ${QuizPass} p where p.cycle_id = a.cycle_id and p.quiz = a.quiz)`;

/** Where a learner stands at each quiz of a cycle that was attempted but not passed, by the quiz's name. */
export async function triedQuizzes(
  cycleId: string,
  course: CourseSnapshot,
  { now, ...words }: PageWords & { now: number },
): Promise<Map<string, Tried>> {
  const tried = new Map<string, Tried>();
  for (const { quiz: name } of await rows(NOT_PASSED, [cycleId])) {
    const quiz = quizOf(course, name);
    const attempts = await attemptsAt(cycleId, name);
    const last = attempts.at(-1);
    if (!quiz || !last) continue;
    tried.set(name, triedAs(last, await standingAt(cycleId, quiz, attempts, now), { now, ...words }));
  }
  return tried;
}

/** What the learner can do next after an attempt that did not pass. */
function triedAs(
  { id, cycleId, quiz }: AttemptFacts,
  { isOpen, left, from, rules }: Standing,
  { now, place, t }: PageWords & { now: number },
): Tried {
  const [quizHref, to] = [addresses(cycleId).quiz(quiz), attemptAddresses(id)];
  const wait = isOpen || from === null ? null : waitUntil(from, now, place, t);
  const state = { rules: rules.length, wait };
  if (isOpen) return { ...state, kind: 'open', href: quizHref };
  if (left === 0 && !wait) return { ...state, kind: 'spent', href: to.result };
  if (rules.length > 0) return { ...state, kind: 'rules', href: to.remediation };
  return wait ? { ...state, kind: 'wait', href: to.result } : { ...state, kind: 'again', href: quizHref };
}
