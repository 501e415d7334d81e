import { usualPolicy, type QuizPolicy } from '../../../server/teaching/content/schema/policy-schema.js';
import { enrol } from '../../../server/teaching/learning/enrolments.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { signedIn } from '../people.js';
import { ownVersion } from './own-version.js';
import { MODULE, quizIn, readLessons } from '../walk.js';

/**
 * Somebody signed in, lessons read, in a version of the course whose quizzes follow this policy and that nobody else
 * is on: the version that is current comes after it again at once. They learn with the open organisation unless another is named.
 */
export async function under(policy: Partial<QuizPolicy>, module = MODULE, organisation?: string) {
  const learner = await signedIn();
  const organisationId = organisation ?? (await openOrganisation()).id;
  const own = { ...usualPolicy, ...policy };
  const version = await ownVersion(snapshot => ({ ...snapshot, policy: { quizzes: own, final: own } }));
  const cycle = await enrol({ userId: learner.id, organisationId, course: version, now: Date.now() });
  await readLessons(cycle, module);
  const start = `/learning/${cycle.id}/quizzes/${module}`;
  return { learner, browser: learner.browser, cycle, start, quiz: await quizIn(cycle, module) };
}
