import { courseVersion, forgetCatalogue } from '../../../server/courses/catalogue.js';
import { usualPolicy, type QuizPolicy } from '../../../server/courses/content/schema/policy-schema.js';
import { inTransaction } from '../../../server/db/transaction.js';
import { enrol } from '../../../server/learning/enrolments.js';
import { canonicalJson } from '../../../server/lib/canonical-json.js';
import { newId } from '../../../server/lib/ids.js';
import { sha256 } from '../../../server/lib/tokens.js';
import { openOrganisation } from '../../../server/organisations/memberships.js';
import { signedIn } from '../people.js';
import { course, MODULE, quizIn, readLessons } from '../walk.js';
import { write } from '../rows.js';

/**
 * Somebody signed in, lessons read, in a version of the course whose quizzes follow this policy and that nobody else
 * is on: the version that is current comes after it again at once. They learn with the open organisation unless another is named.
 */
export async function under(policy: Partial<QuizPolicy>, module = MODULE, organisation?: string) {
  const learner = await signedIn();
  const organisationId = organisation ?? (await openOrganisation()).id;
  const { slug, number, snapshot } = await course();
  const own = { ...usualPolicy, ...policy };
  const id = newId();
  await inTransaction(async () => {
    const ruled = { ...snapshot, policy: { quizzes: own, final: own } };
    await publish(id, { slug, number: number + 1, content: canonicalJson(ruled) });
    await publish(newId(), { slug, number: number + 2, content: canonicalJson(snapshot) });
  });
  forgetCatalogue();
  const version = await courseVersion(id);
  const cycle = await enrol({ userId: learner.id, organisationId, course: version, now: Date.now() });
  await readLessons(cycle, module);
  const start = `/learning/${cycle.id}/quizzes/${module}`;
  return { learner, browser: learner.browser, cycle, start, quiz: await quizIn(cycle, module) };
}

const publish = (id: string, { slug, number, content }: { slug: string; number: number; content: string }) =>
  write(
    `insert into course_versions (id, course_slug, number, content_hash, content, published_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, slug, number, sha256(content), content, Date.now()],
  );
