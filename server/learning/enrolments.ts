import type { PublishedCourse } from '../courses/catalogue.js';
import { organisationFor } from '../courses/grants.js';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { Forbidden } from '../errors.js';
import { record } from '../events/record.js';
import { isId, newId } from '../lib/ids.js';
import type { Actor } from '../policy.js';
import { Cycle } from './models.js';

/** A round of learning, as verbs and routes pass it around. */
export interface CycleFacts {
  readonly id: string;
  readonly enrolmentId: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly courseVersionId: string;
  readonly number: number;
  readonly openedAt: number;
  readonly completedAt: number | null;
}

const COLUMNS = `c.id, c.enrolment_id as "enrolmentId", c.organisation_id as "organisationId", c.user_id as "userId",
  c.course_version_id as "courseVersionId", c.number, c.opened_at as "openedAt", c.completed_at as "completedAt"`;

/**
 * Start a course, or go on with it: whoever has begun keeps their round, also when the grant through which they came has
 * been revoked since. Throws Forbidden where the course is not open to them.
 */
export function startCourse(actor: Actor, course: PublishedCourse, now: number): Promise<CycleFacts> {
  return inTransaction(async () => {
    const begun = await cycleIn(actor.id, course.slug);
    if (begun) return begun;
    const organisationId = await organisationFor(actor, course);
    if (organisationId === null) throw new Forbidden();
    return enrol({ userId: actor.id, organisationId, course, now });
  });
}

/**
 * Enrol a person in the current version of a course. A person who is enrolled already keeps the round they
 * are in: of any number of clicks one makes a row. Returns the round to go on with.
 */
export function enrol({
  userId,
  organisationId,
  course,
  now,
}: {
  userId: string;
  organisationId: string;
  course: PublishedCourse;
  now: number;
}): Promise<CycleFacts> {
  return inTransaction(async () => {
    const [made] = await rows<{ id: string }>(
      `insert into enrolments (id, organisation_id, user_id, course_slug, created_at) values ($1, $2, $3, $4, $5)
       on conflict (organisation_id, user_id, course_slug) do nothing returning id`,
      [newId(), organisationId, userId, course.slug, now],
    );
    if (made) await openCycle({ enrolmentId: made.id, userId, organisationId, course, now });
    const cycle = await latestCycle({ userId, organisationId, courseSlug: course.slug });
    if (!cycle) throw new Error('An enrolment without a round');
    return cycle;
  });
}

/** One round by id, or null; a text that is no id is not looked for. */
export const findCycle = async (id: unknown): Promise<CycleFacts | null> =>
  isId(id) ? row<CycleFacts>(`select ${COLUMNS} from cycles c where c.id = $1`, [id]) : null;

/** The newest round of an enrolment, or null; a text that is no id is not looked for. */
export const newestCycle = async (enrolmentId: unknown): Promise<CycleFacts | null> =>
  isId(enrolmentId)
    ? row<CycleFacts>(
        `select ${COLUMNS} from cycles c where c.enrolment_id = $1 order by c.number desc limit 1`,
        [enrolmentId],
      )
    : null;

/** A person's latest round in a course, in whichever organisation they take it; null when they never began. */
export const cycleIn = (userId: string, courseSlug: string): Promise<CycleFacts | null> =>
  row<CycleFacts>(
    `select ${COLUMNS} from cycles c join enrolments e on e.id = c.enrolment_id
     where e.user_id = $1 and e.course_slug = $2 order by c.opened_at desc, c.id limit 1`,
    [userId, courseSlug],
  );

/** The latest round of each of a person's enrolments, newest enrolment first. */
export const cyclesOf = (userId: string): Promise<CycleFacts[]> =>
  rows<CycleFacts>(
    `select ${COLUMNS} from cycles c
     where c.user_id = $1 and c.number = (select max(number) from cycles where enrolment_id = c.enrolment_id)
     order by c.opened_at desc`,
    [userId],
  );

/**
 * Open the round after a completed one, at the current version of the course: the next number, once, of any number of
 * clicks. Returns the round to go on with. Joins the caller's transaction, which has seen that it may be renewed.
 */
export async function openNextCycle(
  { enrolmentId, organisationId, userId, number }: CycleFacts,
  course: PublishedCourse,
  now: number,
): Promise<CycleFacts> {
  const next = number + 1;
  const cycleId = newId();
  const [made] = await rows(
    `insert into cycles (id, enrolment_id, organisation_id, user_id, course_version_id, number, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (enrolment_id, number) do nothing returning id`,
    [cycleId, enrolmentId, organisationId, userId, course.versionId, next, now],
  );
  if (made) {
    const payload = { userId, enrolmentId, cycleId, courseVersionId: course.versionId, number: next };
    await record('course.renewed', payload, { actorId: userId, organisationId, now });
  }
  const opened = await row<CycleFacts>(
    `select ${COLUMNS} from cycles c where c.enrolment_id = $1 and c.number = $2`,
    [enrolmentId, next],
  );
  if (!opened) throw new Error('A renewal without a round');
  return opened;
}

async function openCycle({
  enrolmentId,
  userId,
  organisationId,
  course,
  now,
}: {
  enrolmentId: string;
  userId: string;
  organisationId: string;
  course: PublishedCourse;
  now: number;
}): Promise<void> {
  const cycleId = newId();
  const courseVersionId = course.versionId;
  await Cycle.create({
    id: cycleId,
    enrolmentId,
    organisationId,
    userId,
    courseVersionId,
    number: 1,
    openedAt: now,
  });
  const payload = { userId, enrolmentId, cycleId, courseVersionId };
  await record('course.enrolled', payload, { actorId: userId, organisationId, now });
}

const latestCycle = (of: { userId: string; organisationId: string; courseSlug: string }) =>
  row<CycleFacts>(
    `select ${COLUMNS} from cycles c join enrolments e on e.id = c.enrolment_id
     where e.user_id = $1 and e.organisation_id = $2 and e.course_slug = $3 order by c.number desc limit 1`,
    [of.userId, of.organisationId, of.courseSlug],
  );
