import { takenCourse } from '../../../teaching/learning/path/taken-course.js';
import { steps } from '../../../teaching/learning/completion.js';
import { cyclesOf, findCycle } from '../../../teaching/learning/enrolments.js';
import { attemptGrants, grantAttempt } from '../../../teaching/quizzes/attempts/extra-attempts.js';
import { isLimited } from '../../../teaching/quizzes/attempts/limits.js';
import { attemptsAt } from '../../../teaching/quizzes/attempts/attempts.js';
import { standingAt } from '../../../teaching/quizzes/attempts/start/start.js';
import { quizOf } from '../../../teaching/quizzes/quiz.js';

/** A quiz with limited attempts, at which a person has made some. */
export interface LimitedQuiz {
  readonly cycleId: string;
  readonly quiz: string;
  readonly title: string;
  readonly course: string;
  readonly used: number;
  readonly granted: number;
  readonly left: number;
  /** Within how many days the tries are counted; null where all of a cycle are. */
  readonly days: number | null;
  /** When the next try opens by itself (epoch ms); null where it is open, or never will. */
  readonly from: number | null;
}

/** Every quiz in a person's latest cycles whose attempts can run out. */
export async function limitedQuizzes(userId: string, now: number): Promise<LimitedQuiz[]> {
  const found: LimitedQuiz[] = [];
  for (const cycle of await cyclesOf(userId)) {
    const { snapshot } = await takenCourse(cycle);
    const cycleId = cycle.id;
    for (const step of steps(snapshot)) {
      const quiz = step.kind === 'quiz' ? quizOf(snapshot, step.quiz) : null;
      if (quiz === null || !isLimited(quiz.policy)) continue;
      const attempts = await attemptsAt(cycleId, quiz.name);
      const { left, allowed, from } = await standingAt(cycleId, quiz, attempts, now);
      if (attempts.length === 0 || left === null || allowed === null) continue;
      const granted = (await attemptGrants(cycleId, quiz.name)).length;
      const { name, title, policy } = quiz;
      found.push({
        cycleId,
        quiz: name,
        title,
        course: snapshot.title,
        used: allowed - left,
        granted,
        left,
        days: policy.window?.days ?? null,
        from,
      });
    }
  }
  return found;
}

/**
 * Grant a person one more attempt at a limited quiz. `number` is the grant that the form offered: a form that is behind another
 * grant wants the same one, so nothing more is granted. Returns false where no attempts of the quiz can run out.
 */
export async function grantOneMore(
  { userId, cycleId, quiz, number }: { userId: string; cycleId: string; quiz: string; number: number },
  by: { actorId: string; now: number },
): Promise<boolean> {
  const cycle = await findCycle(cycleId);
  if (cycle?.userId !== userId) return false;
  const limited = await limitedQuizzes(userId, by.now);
  const asked = limited.find(each => each.cycleId === cycleId && each.quiz === quiz);
  if (!asked) return false;
  if (number === asked.granted + 1) await grantAttempt(cycle, { quiz, number }, by);
  return true;
}
