import { enrol, type CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { finishLesson } from '../../../../server/teaching/learning/progress.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { signedIn } from '../../../support/people.js';
import { ownVersion } from '../../../support/quizzes/own-version.js';
import { withRenewal } from '../../../support/quizzes/renewal-course.js';
import { write } from '../../../support/rows.js';
import { quizIn } from '../../../support/walk.js';
import { seenBy, type Scene } from '../scene.js';

/** Somebody on the shorter path of those who renew: its course, its quiz, and the whole course instead. */
export async function renewers(): Promise<Scene[]> {
  const course = await ownVersion(withRenewal);
  const { id: organisationId } = await openOrganisation();
  const [part] = course.snapshot.renewal?.modules ?? [];
  const [lesson] = part?.lessons ?? [];
  if (!part || !lesson) throw new Error('The shorter path has no lesson');
  const begun = async () => {
    const learner = await signedIn();
    const cycle = await enrol({ userId: learner.id, organisationId, course, now: Date.now() });
    await write("update cycles set path = 'renewal', because = 'window' where id = $1", [cycle.id]);
    return { see: seenBy(learner.browser), cycle };
  };
  const read = async (cycle: CycleFacts) =>
    finishLesson(cycle, { module: part.module, lesson: lesson.name }, Date.now());
  const [fresh, free, busy] = [await begun(), await begun(), await begun()];
  await read(free.cycle);
  await read(busy.cycle);
  await startAttempt(busy.cycle, await quizIn(busy.cycle, 'renewal'), Date.now());
  const home = (of: typeof fresh) => `/learning/${of.cycle.id}`;
  return [
    fresh.see('course-renewal', home(fresh)),
    fresh.see('module-renewal', `${home(fresh)}/modules/${part.module}`),
    fresh.see('renewal-quiz-locked', `${home(fresh)}/quizzes/renewal`),
    free.see('renewal-quiz', `${home(free)}/quizzes/renewal`),
    free.see('whole-course', `${home(free)}/whole-course`),
    busy.see('whole-course-owed', `${home(busy)}/whole-course`),
    fresh.see('achievement-renewal', `/achievements/${course.slug}/v${course.number}/renewal`),
  ];
}
