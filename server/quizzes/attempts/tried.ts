import type { CourseSnapshot } from '../../courses/content/snapshot.js';
import { rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { waitUntil } from '../../i18n/waits.js';
import { FINAL, type Tried } from '../../learning/completion.js';
import { addresses } from '../../learning/cycle-addresses.js';
import { QuizPass } from '../../learning/tables.js';
import { attemptsAt, type AttemptFacts } from './attempts.js';
import { attemptAddresses } from './question-page.js';
import { countedIn, quizOf } from '../quiz.js';
import type { Quiz } from '../quiz-model.js';
import { Attempt } from '../tables.js';
import type { PageWords } from './start/start-notices.js';
import { standingAt, type QuizStanding } from './start/start.js';

const NOT_PASSED = sql`select distinct ${columns(Attempt, 'a', 'quiz')} from ${Attempt} a where a.cycle_id = $1
  and not exists (select 1 from ${QuizPass} p where p.cycle_id = a.cycle_id and p.quiz = a.quiz)`;

/** Where a learner stands at each quiz of a cycle that was attempted but not passed, by the quiz's name. */
export async function triedQuizzes(
  cycleId: string,
  course: CourseSnapshot,
  { now, ...words }: PageWords & { now: number },
): Promise<Map<string, Tried>> {
  const tried = new Map<string, Tried>();
  const names = (await rows(NOT_PASSED, [cycleId])).map(({ quiz }) => quiz);
  for (const name of new Set([...names, ...(hasPractice(course) ? [FINAL] : [])])) {
    const quiz = quizOf(course, name);
    if (!quiz) continue;
    const attempts = await attemptsAt(cycleId, name);
    const standing = await standingAt(cycleId, quiz, attempts, now);
    const found = triedAs(cycleId, quiz, attempts, standing, { now, ...words });
    if (found && names.includes(name) === attempts.length > 0) tried.set(name, found);
  }
  return tried;
}

/** Then the final may wait for what practice missed, before it was tried. */
const hasPractice = ({ modules }: CourseSnapshot): boolean => modules.some(({ quiz }) => quiz.practice);

/** What the learner can do next at a quiz that is not passed; null where nothing stands before a first attempt. */
function triedAs(
  cycleId: string,
  quiz: Quiz,
  attempts: readonly AttemptFacts[],
  { isOpen, left, from, rules, rulesOf }: QuizStanding,
  { now, place, t }: PageWords & { now: number },
): Tried | null {
  const last = attempts.at(-1);
  const quizHref = addresses(cycleId).quiz(quiz.name);
  const wait = isOpen || from === null ? null : waitUntil(from, now, place, t);
  const state = { rules: rules.length, wait, practice: quiz.practice ? practiceOf(quiz, attempts) : null };
  const rulesHref = rulesOf === null ? null : attemptAddresses(rulesOf).remediation;
  if (!last) return rulesHref === null ? null : { ...state, kind: 'practised-rules', href: rulesHref };
  const { result } = attemptAddresses(last.id);
  if (isOpen) return { ...state, kind: 'open', href: quizHref };
  if (quiz.practice) return { ...state, kind: 'practised', href: quizHref };
  if (left === 0 && !wait) return { ...state, kind: 'spent', href: result };
  if (rulesHref !== null) return { ...state, kind: 'rules', href: rulesHref };
  return wait ? { ...state, kind: 'wait', href: result } : { ...state, kind: 'again', href: quizHref };
}

/** What came of the last attempt that was submitted. */
function practiceOf(quiz: Quiz, attempts: readonly AttemptFacts[]): Tried['practice'] {
  const last = attempts.findLast(({ submittedAt }) => submittedAt !== null);
  return last ? { right: last.rightAnswers ?? 0, count: countedIn(quiz, last.form) } : null;
}
