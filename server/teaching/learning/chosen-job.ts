import { courseVersion } from '../courses/catalogue.js';
import type { CourseSnapshot } from '../content/snapshot.js';
import { row } from '../../platform/db/rows.js';
import { sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import type { JobName } from '../questions/jobs.js';
import { cyclesOf, type CycleFacts } from './enrolments.js';
import { Enrolment } from './tables.js';

/** The question of a course what its learner works as, and their answer so far. */
export interface JobQuestion {
  readonly jobs: readonly JobName[];
  /** Null until one of these jobs is chosen: another version of the course may have asked about others. */
  readonly chosen: JobName | null;
}

/**
 * What a course asks about its learner's job; null where it does not ask. The answer belongs to the enrolment: whoever takes two
 * courses may take each for another job.
 */
export const jobQuestion = (
  { job }: Pick<CycleFacts, 'job'>,
  { jobs }: Pick<CourseSnapshot, 'jobs'>,
): JobQuestion | null => (jobs ? { jobs, chosen: jobs.find(each => each === job) ?? null } : null);

/** The courses of a person that ask about their job, the newest enrolment first. */
export async function jobQuestionsOf(
  userId: string,
): Promise<(JobQuestion & { cycle: CycleFacts; title: string })[]> {
  const asked = [];
  for (const cycle of await cyclesOf(userId)) {
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    const question = jobQuestion(cycle, snapshot);
    if (question) asked.push({ ...question, cycle, title: snapshot.title });
  }
  return asked;
}

const CHOOSE = sql`update ${Enrolment} set job = $1 where id = $2 and (job is null or job <> $1) returning id`;

/** Keep the learner's job. Attempts that start from now on use it; those before keep theirs. The same job again changes nothing. */
export function chooseJob(
  { enrolmentId, userId, organisationId }: CycleFacts,
  job: JobName,
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    if (!(await row(CHOOSE, [job, enrolmentId]))) return;
    const payload = { userId, enrolmentId, job };
    await record('course.job-chosen', payload, { actorId: userId, organisationId, now });
  });
}
