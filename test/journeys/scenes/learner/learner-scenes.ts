import { courseVersion, forgetCatalogue } from '../../../../server/teaching/courses/catalogue.js';
import { requiredLessons } from '../../../../server/teaching/learning/completion.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { signedIn } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import {
  almostThrough,
  attemptWith,
  enrolled,
  quizIn,
  readLessons,
  takeQuiz,
  workThrough,
} from '../../../support/walk.js';
import { wrongAnswer } from '../../../support/answers.js';
import { seenBy, send, type Act, type Scene } from '../scene.js';

const COURSE = 'volunteers';

/** Somebody in the middle of a course: lessons, cases, questions, results. */
export async function learners(): Promise<Scene[]> {
  const learner = await signedIn();
  const cycle = await enrolled(learner, COURSE);
  const home = `/learning/${cycle.id}`;
  await readLessons(cycle, 'foundations');
  const failed = await takeQuiz(cycle, 'foundations', wrongAnswer);
  const passed = await takeQuiz(cycle, 'foundations');
  await readLessons(cycle, 'trafficking-routes');
  const open = await openAttempt(cycle, 'trafficking-routes');
  const question = (slot: number) => `/attempts/${open}/questions/${slot}`;
  const long = await longModule(cycle);
  const practice = `${home}/modules/foundations/case`;
  const see = seenBy(learner.browser);
  return [
    see('my-courses', '/learning'),
    see('course-midway', home),
    see('module', `${home}/modules/foundations`),
    see('module-long', long.module),
    see('case', practice),
    see('case-empty', `${practice}/outcome?path=`),
    see('case-midway', `${practice}?path=c.b`),
    see('case-outcome', `${practice}/outcome?path=c.b&choice=b`),
    see('case-outcome-best', `${practice}/outcome?path=c.b&choice=a`),
    see('case-end', `${practice}?path=d.c.d.a`),
    see('lesson', long.lesson),
    see('lesson-last', long.last),
    see('lesson-checked', long.lesson, async page => {
      const form = page.locator('form[action*="/checks/"]').first();
      await form.locator('.choice').first().click();
      await form.locator('button').click();
    }),
    see('lesson-check-empty', long.lesson, async page => {
      const form = page.locator('form[action*="/checks/"]').first();
      await Promise.all([page.waitForEvent('load'), form.locator('button').click()]);
    }),
    see('quiz-passed', `${home}/quizzes/foundations`),
    see('quiz-resume', `${home}/quizzes/trafficking-routes`),
    see('question', question(1)),
    see('question-empty', question(1), send),
    see('question-multiple', question(2)),
    see('question-true-false', question(3)),
    see('review', `/attempts/${open}/review`),
    see('result-failed', `/attempts/${failed.id}`),
    see('result-passed', `/attempts/${passed.id}`),
  ];
}

/** Make the decision that a case asks for: its first choice. */
const decide: Act = async page => {
  await page.locator('[name=choice]').first().check();
  await Promise.all([page.waitForEvent('load'), send(page)]);
};
/** Somebody at the final: one try failed, another one open, its case decided step by step. */
export async function examined(): Promise<Scene[]> {
  const learner = await signedIn();
  const cycle = await enrolled(learner, COURSE);
  await almostThrough(cycle, ['final']);
  const failed = await takeQuiz(cycle, 'final', wrongAnswer);
  await workThrough(cycle, await quizIn(cycle, 'final'));
  // The final's wait between two tries is over by then.
  const later = Date.now() + 3_600_000;
  const open = await startAttempt(cycle, await quizIn(cycle, 'final'), later);
  const last = `/attempts/${open.id}/questions/${open.form.length}`;
  const see = seenBy(learner.browser);
  return [
    see('final', `/learning/${cycle.id}/quizzes/final`),
    see('final-case', last),
    see('final-case-empty', last, send),
    see('final-case-midway', last, decide),
    see('final-case-over', last, async page => {
      while ((await page.locator('[name=choice]').count()) > 0) await decide(page);
    }),
    see('final-review', `/attempts/${open.id}/review`),
    see('final-failed', `/attempts/${failed.id}`),
  ];
}

/** An attempt with a question of each kind. */
async function openAttempt(cycle: CycleFacts, name: string): Promise<string> {
  const quiz = await quizIn(cycle, name);
  const kinds = ['single', 'multiple', 'true-false'];
  const items = kinds.flatMap(kind => quiz.items.find(({ type }) => type === kind) ?? []);
  return (await attemptWith(cycle, quiz, items)).id;
}

/** Somebody who began an earlier version of a course, with and without a quiz under way. */
export async function behind(): Promise<Scene[]> {
  const [free, busy] = [await signedIn(), await signedIn()];
  const own = await enrolled(free, COURSE);
  const other = await enrolled(busy, COURSE);
  await readLessons(other, 'foundations');
  await attemptWith(other, await quizIn(other, 'foundations'), []);
  await write(
    `insert into course_versions (id, course_slug, number, content_hash, content, published_at)
     select $1, course_slug, number + 1, content_hash, content, published_at from course_versions where id = $2`,
    [newId(), own.courseVersionId],
  );
  forgetCatalogue();
  return [
    seenBy(free.browser)('course-of-an-earlier-version', `/learning/${own.id}`),
    seenBy(free.browser)('newer-version', `/learning/${own.id}/newer-version`),
    seenBy(busy.browser)('newer-version-owed', `/learning/${other.id}/newer-version`),
  ];
}

/** A module taught in full, a lesson of it that asks something, and its last lesson. */
async function longModule(cycle: CycleFacts) {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const found = snapshot.modules.find(each => requiredLessons(each).length > 2);
  if (!found) throw new Error('No module of the course is taught in full');
  const lessons = requiredLessons(found);
  const asking = lessons.find(({ checks }) => checks.length > 0) ?? lessons[0];
  const module = `/learning/${cycle.id}/modules/${found.slug}`;
  const lesson = (name = '') => `${module}/lessons/${name}`;
  return { module, lesson: lesson(asking?.name), last: lesson(lessons.at(-1)?.name) };
}
