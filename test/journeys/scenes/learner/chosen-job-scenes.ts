import { startAttempt } from '../../../../server/quizzes/attempts/start/start.js';
import { quizOf } from '../../../../server/quizzes/quiz.js';
import { atJobCourse, jobCourse } from '../../../support/quizzes/job-course.js';
import { MODULE } from '../../../support/walk.js';
import { seenBy, send, type Scene } from '../scene.js';

/** A course that asks for its learners' job: before a quiz, without an answer, in an attempt, on the account page. */
export async function chosenJobScenes(): Promise<Scene[]> {
  const version = await jobCourse();
  const [fresh, begun] = [await atJobCourse(version), await atJobCourse(version)];
  const quiz = quizOf(version.snapshot, MODULE, 'cabin');
  if (quiz) await startAttempt(begun.cycle, quiz, Date.now());
  const see = seenBy(fresh.browser);
  return [
    see('quiz-job', fresh.start),
    see('quiz-job-empty', fresh.start, send),
    see('account-job', '/account'),
    see('account-job-empty', '/account', page =>
      Promise.all([
        page.waitForEvent('load'),
        page.locator('form[action^="/account/jobs/"] .button').click(),
      ]),
    ),
    seenBy(begun.browser)('quiz-job-fixed', begun.start),
  ];
}
