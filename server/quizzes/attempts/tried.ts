import type { CourseSnapshot } from '../../courses/content/snapshot.js';
import { rows } from '../../db/rows.js';
import { waitUntil } from '../../i18n/waits.js';
import type { Tried } from '../../learning/completion.js';
import { addresses } from '../../learning/course-page.js';
import type { Standing } from './limits.js';
import { attemptsAt, type AttemptFacts } from './attempts.js';
import { attemptAddresses } from './question-page.js';
import { quizOf } from '../quiz.js';
import type { Words } from './start-page.js';
import { standingAt } from './start.js';

/** Where a learner stands at each quiz of a cycle that was tried and is not passed; by the name of the quiz. */
export async function triedQuizzes(
  cycleId: string,
  course: CourseSnapshot,
  { now, ...words }: Words & { now: number },
): Promise<Map<string, Tried>> {
  const found = await rows<{ quiz: string }>(
    `select distinct quiz from attempts a where cycle_id = $1
       and not exists (select 1 from quiz_passes p where p.cycle_id = a.cycle_id and p.quiz = a.quiz)`,
    [cycleId],
  );
  const tried = new Map<string, Tried>();
  for (const { quiz: name } of found) {
    const quiz = quizOf(course, name);
    const attempts = await attemptsAt(cycleId, name);
    const last = attempts.at(-1);
    if (!quiz || !last) continue;
    tried.set(name, triedAs(last, await standingAt(cycleId, quiz, attempts, now), { now, ...words }));
  }
  return tried;
}

/** What can be done first, while an attempt that was not passed is the last one. */
function triedAs(
  { id, cycleId, quiz }: AttemptFacts,
  { isOpen, left, from, rules }: Standing,
  { now, place, t }: Words & { now: number },
): Tried {
  const [quizHref, to] = [addresses(cycleId).quiz(quiz), attemptAddresses(id)];
  const wait = isOpen || left === 0 || from === null ? null : waitUntil(from, now, place, t);
  const state = { rules: rules.length, wait };
  if (isOpen) return { ...state, kind: 'open', href: quizHref };
  if (left === 0) return { ...state, kind: 'spent', href: to.result };
  if (rules.length > 0) return { ...state, kind: 'rules', href: to.remediation };
  return wait ? { ...state, kind: 'wait', href: to.result } : { ...state, kind: 'again', href: quizHref };
}
