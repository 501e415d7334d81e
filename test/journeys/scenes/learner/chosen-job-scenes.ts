import { addresses } from '../../../../server/teaching/learning/cycle-addresses.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { quizOf } from '../../../../server/teaching/quizzes/quiz.js';
import { atJobCourse, jobCourse } from '../../../support/quizzes/job-course.js';
import { MODULE } from '../../../support/walk.js';
import { seenBy, send, type Scene } from '../scene.js';

/** A course that asks for its learners' job: on its page and the account's, before a quiz, without an answer, in an attempt. */
export async function chosenJobScenes(): Promise<Scene[]> {
  const version = await jobCourse();
  const [fresh, begun] = [await atJobCourse(version), await atJobCourse(version)];
  const quiz = quizOf(version.snapshot, MODULE, 'cabin');
  if (quiz) await startAttempt(begun.cycle, quiz, Date.now());
  const see = seenBy(fresh.browser);
  return [
    see('quiz-job', fresh.start),
    see('quiz-job-empty', fresh.start, send),
    see('course-job', addresses(fresh.cycle.id).course),
    see('account-job', '/account'),
    see('job', addresses(fresh.cycle.id).job),
    see('job-empty', addresses(fresh.cycle.id).job, send),
    seenBy(begun.browser)('quiz-job-fixed', begun.start),
  ];
}
