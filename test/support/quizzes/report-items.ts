import { enrol } from '../../../server/teaching/learning/enrolments.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { reportItems } from '../../teaching/questions/report-samples.js';
import { signedIn } from '../people.js';
import { courseWith } from './row-items.js';
import { attemptWith, MODULE, quizIn, readLessons } from '../walk.js';

/** Somebody signed in, on an attempt whose questions are the two sample reports: the gate, then the desk. */
export async function atReports() {
  const learner = await signedIn();
  const { id: organisationId } = await openOrganisation();
  const version = await courseWith(objective => Object.values(reportItems(objective)));
  const cycle = await enrol({ userId: learner.id, organisationId, course: version, now: Date.now() });
  await readLessons(cycle, MODULE);
  const quiz = await quizIn(cycle, MODULE);
  const items = Object.values(reportItems());
  return { learner, browser: learner.browser, cycle, quiz, attempt: await attemptWith(cycle, quiz, items) };
}
