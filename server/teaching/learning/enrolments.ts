import type { PublishedCourse } from '../courses/catalogue.js';
import { organisationsFor } from '../courses/grants.js';
import { insert, insertOnce, row, rows } from '../../platform/db/rows.js';
import { columns, parameters, renamed, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction, toHold } from '../../platform/db/transaction.js';
import { Forbidden } from '../../errors.js';
import { record } from '../../platform/events/record.js';
import { isId, newId } from '../../platform/lib/ids.js';
import { joinToLearn } from '../../people/organisations/people/join-open.js';
import { pausedAmong, requireRunning } from '../../people/organisations/settings/suspension.js';
import { Organisation } from '../../people/organisations/tables.js';
import type { Actor } from '../../policy.js';
import { Cycle, Enrolment } from './tables.js';

/**
 * A cycle of learning, as verbs and routes pass it around. `job`: of its enrolment, `pausedSince` and `timeZone`: of its
 * organisation, as they were when the cycle was read.
 */
export type CycleFacts = Readonly<
  Omit<Row<typeof Cycle>, 'isCredited'> &
    Pick<Row<typeof Enrolment>, 'job'> &
    Pick<Row<typeof Organisation>, 'timeZone'> & { pausedSince: Row<typeof Organisation>['suspendedAt'] }
>;

/** The columns of `CycleFacts`, and the tables that they stand in. */
export const CYCLE_FACTS = sql`${columns(
  Cycle,
  'c',
  'id',
  'enrolmentId',
  'organisationId',
  'userId',
  'courseVersionId',
  'number',
  'openedAt',
  'completedAt',
  'because',
  'path',
  'leftAt',
  'leftBecause',
)}, ${columns(Enrolment, 'e', 'job')}, ${renamed(Organisation, 'o', { pausedSince: 'suspendedAt', timeZone: 'timeZone' })}`;
export const CYCLE_TABLES = sql`${Cycle} c join ${Enrolment} e on e.id = c.enrolment_id
  join ${Organisation} o on o.id = c.organisation_id`;

const CYCLE = sql`select ${CYCLE_FACTS} from ${CYCLE_TABLES}`;

/**
 * Start a course, or go on with it: whoever has begun keeps their cycle, also when the grant through which they came has
 * been revoked since. `wanted`: the organisation that they chose; whoever has one is not asked. Returns null where they have to
 * choose. Throws Forbidden where the course is not open to them.
 */
export function startCourse(
  actor: Actor,
  course: PublishedCourse,
  { wanted, now }: { wanted: string; now: number },
): Promise<CycleFacts | null> {
  return inTransaction(async () => {
    const begun = await cycleIn(actor.id, course.slug);
    if (begun) return begun;
    const [only, ...more] = await organisationsFor(actor, course, now);
    if (!only) throw new Forbidden();
    const chosen = more.length === 0 ? only : [only, ...more].find(({ id }) => id === wanted);
    return chosen ? enrol({ userId: actor.id, organisationId: chosen.id, course, now }) : null;
  });
}

/**
 * Enrol a person in the current version of a course. A person who is enrolled already keeps the cycle they
 * are in: of any number of clicks one makes a row. Returns the cycle to go on with.
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
    const begun = await latestCycle({ userId, organisationId, courseSlug: course.slug });
    if (begun) return begun;
    await requireRunning(organisationId, 'begin');
    const enrolment = { id: newId(), organisationId, userId, courseSlug: course.slug, createdAt: now };
    const isNew = await insertOnce(Enrolment, enrolment);
    if (isNew) {
      await joinToLearn({ userId, organisationId }, now);
      await openCycle({ enrolmentId: enrolment.id, userId, organisationId, course, now });
    }
    const cycle = await latestCycle({ userId, organisationId, courseSlug: course.slug });
    if (!cycle) throw new Error('An enrolment without a cycle');
    return cycle;
  });
}

/** One cycle by id, or null; a text that is no id is not looked for. */
export const findCycle = async (id: unknown): Promise<CycleFacts | null> =>
  isId(id) ? row(sql`${CYCLE} where c.id = $1`, [id]) : null;

/** The cycles of these ids, in no order. */
export const findCycles = (ids: readonly string[]): Promise<CycleFacts[]> =>
  rows(sql`${CYCLE} where c.id in (${parameters(ids.length)})`, ids);

/** One cycle by id, or null. Its row is locked until the transaction ends: a pass, its withdrawal and an award take turns. */
export const holdCycle = async (id: string): Promise<CycleFacts | null> =>
  (await holdCycles([id]))[0] ?? null;

/** Several cycles, locked in the order of their ids, so that nobody who does the same waits for one who waits. */
export const holdCycles = (ids: readonly string[]): Promise<CycleFacts[]> =>
  rows(sql`${CYCLE} where c.id in (${parameters(ids.length)}) order by c.id${toHold('c')}`, ids);

/** The newest cycle of an enrolment, or null; a text that is no id is not looked for. */
export const newestCycle = async (enrolmentId: unknown): Promise<CycleFacts | null> =>
  isId(enrolmentId)
    ? row(sql`${CYCLE} where c.enrolment_id = $1 order by c.number desc limit 1`, [enrolmentId])
    : null;

/** The newest cycle of the enrolment that a cycle belongs to, which may be that cycle; null for an unknown id. */
export const newestCycleAfter = (id: string): Promise<CycleFacts | null> =>
  row(
    sql`${CYCLE} where c.enrolment_id = (select enrolment_id from ${Cycle} where id = $1) order by c.number desc limit 1`,
    [id],
  );

/** The organisation of a cycle, if its training is paused. */
export const pausedFor = async ({
  organisationId,
  pausedSince,
}: CycleFacts): Promise<Awaited<ReturnType<typeof pausedAmong>>> =>
  pausedSince === null ? [] : pausedAmong([organisationId]);

/** Whether a later cycle of the same enrolment was completed. */
export const wasRenewed = async ({ enrolmentId, number }: CycleFacts): Promise<boolean> =>
  (await row(
    sql`select 1 as found from ${Cycle} where enrolment_id = $1 and number > $2 and completed_at is not null limit 1`,
    [enrolmentId, number],
  )) !== null;

/** A person's latest cycle in a course, in whichever organisation they take it; null when they never began. */
export const cycleIn = (userId: string, courseSlug: string): Promise<CycleFacts | null> =>
  row(sql`${CYCLE} where e.user_id = $1 and e.course_slug = $2 order by c.opened_at desc, c.id limit 1`, [
    userId,
    courseSlug,
  ]);

/** All cycles of a person, in no order. */
export const allCyclesOf = (userId: string): Promise<CycleFacts[]> =>
  rows(sql`${CYCLE} where c.user_id = $1`, [userId]);

/** The latest cycle of each of a person's enrolments, newest enrolment first. */
export const cyclesOf = (userId: string): Promise<CycleFacts[]> =>
  rows(
    sql`${CYCLE}
        where c.user_id = $1 and c.number = (select max(number) from ${Cycle} where enrolment_id = c.enrolment_id)
        order by c.opened_at desc`,
    [userId],
  );

/**
 * Open the cycle after one that was completed or left, at the current version of the course: the next number, once, of any
 * number of clicks. Returns the cycle to go on with. Joins the caller's transaction, which has seen that it may be opened.
 */
export async function openNextCycle(
  { enrolmentId, organisationId, userId, number }: CycleFacts,
  course: PublishedCourse,
  { because, path, now }: Pick<CycleFacts, 'because' | 'path'> & { now: number },
): Promise<CycleFacts> {
  await requireRunning(organisationId, 'begin');
  const next = number + 1;
  const cycleId = newId();
  const courseVersionId = course.versionId;
  const cycle = {
    id: cycleId,
    enrolmentId,
    organisationId,
    userId,
    courseVersionId,
    number: next,
    openedAt: now,
    because,
    path,
  };
  if (await insertOnce(Cycle, cycle)) {
    const payload = { userId, enrolmentId, cycleId, courseVersionId, number: next, because, path };
    await record('course.renewed', payload, { actorId: userId, organisationId, now });
  }
  const opened = await row(sql`${CYCLE} where c.enrolment_id = $1 and c.number = $2`, [enrolmentId, next]);
  if (!opened) throw new Error('A renewal without a cycle');
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
  const cycle = {
    id: cycleId,
    enrolmentId,
    organisationId,
    userId,
    courseVersionId,
    number: 1,
    openedAt: now,
  };
  await insert(Cycle, cycle);
  const payload = { userId, enrolmentId, cycleId, courseVersionId };
  await record('course.enrolled', payload, { actorId: userId, organisationId, now });
}

const latestCycle = (of: { userId: string; organisationId: string; courseSlug: string }) =>
  row(
    sql`${CYCLE}
        where e.user_id = $1 and e.organisation_id = $2 and e.course_slug = $3 order by c.number desc limit 1`,
    [of.userId, of.organisationId, of.courseSlug],
  );
