import { row, rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { record } from '../../../server/platform/events/record.js';
import { newId } from '../../../server/platform/lib/ids.js';

/** Rows that are kept with one commit. */
const TOGETHER = 1000;

interface Model {
  readonly cycleId: string;
  readonly organisationId: string;
  readonly courseVersionId: string;
  readonly courseSlug: string;
}

/** So many people who finished the course of somebody, with the same results, a moment ago; past the verbs, to save hours. */
export async function finishAlike(email: string, count: number): Promise<void> {
  const model = await row<Model>(
    `select c.id as "cycleId", c.organisation_id as "organisationId", c.course_version_id as "courseVersionId",
       e.course_slug as "courseSlug"
     from cycles c join enrolments e on e.id = c.enrolment_id join users u on u.id = c.user_id where u.email = $1`,
    [email],
  );
  if (!model) throw new Error(`${email} takes no course`);
  for (let done = 0; done < count; done += TOGETHER)
    await inTransaction(async () => {
      for (let each = done; each < Math.min(done + TOGETHER, count); each += 1) await finishOne(model, each);
    });
}

async function finishOne(
  { cycleId, organisationId, courseVersionId, courseSlug }: Model,
  each: number,
): Promise<void> {
  const [user, enrolment, cycle, now] = [newId(), newId(), newId(), Date.now()];
  await rows(
    `insert into users (id, email, name, email_confirmed_at, created_at) values ($1, $2, $3, $4, $4)`,
    [user, `learner-${each}@example.org`, `Łukasz Nº ${each}`, now],
  );
  await rows(
    `insert into enrolments (id, organisation_id, user_id, course_slug, created_at) values ($1, $2, $3, $4, $5)`,
    [enrolment, organisationId, user, courseSlug, now],
  );
  await rows(
    `insert into cycles (id, enrolment_id, organisation_id, user_id, course_version_id, number, opened_at, completed_at)
     values ($1, $2, $3, $4, $5, 1, $6, $6)`,
    [cycle, enrolment, organisationId, user, courseVersionId, now],
  );
  await rows(
    `insert into quiz_passes (cycle_id, organisation_id, quiz, attempt_id, passed_at)
     select $1, organisation_id, quiz, attempt_id, passed_at from quiz_passes where cycle_id = $2`,
    [cycle, cycleId],
  );
  await record('course.completed', { cycleId: cycle, userId: user }, { actorId: null, organisationId, now });
}
