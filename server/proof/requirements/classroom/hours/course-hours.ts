import { row, rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { holdOrganisation } from '../../../../people/organisations/hold-organisation.js';
import type { TaughtBy } from '../sessions/plan-sessions.js';
import { CourseHours } from '../tables.js';

const SET = sql`insert into ${CourseHours} (organisation_id, course_slug, minutes, set_by, set_at)
  values ($1, $2, $3, $4, $5)
  on conflict (organisation_id, course_slug) do update set minutes = $3, set_by = $4, set_at = $5
  where course_hours.minutes <> $3 returning course_slug as slug`;
const UNSET = sql`delete from ${CourseHours} where organisation_id = $1 and course_slug = $2 returning course_slug as slug`;

/**
 * Say how long a course takes in a room (minutes; null: each session stands for itself). Sessions that are signed keep what was
 * asked when they were. Returns whether that changed anything.
 */
export const setCourseHours = (
  courseSlug: string,
  minutes: number | null,
  { organisation, actorId, now }: TaughtBy,
): Promise<boolean> =>
  inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const of = [organisation.id, courseSlug];
    const changed = minutes === null ? await row(UNSET, of) : await row(SET, [...of, minutes, actorId, now]);
    if (!changed) return false;
    const news = { courseSlug, minutes };
    await record('classroom.hours-set', news, { actorId, organisationId: organisation.id, now });
    return true;
  });

const HOURS = sql`select ${columns(CourseHours, 'h', 'courseSlug', 'minutes')} from ${CourseHours} h
  where h.organisation_id = $1`;

/** How many minutes an organisation asks for in a room, by course. */
export const courseHoursOf = async (organisationId: string): Promise<ReadonlyMap<string, number>> =>
  new Map((await rows(HOURS, [organisationId])).map(({ courseSlug, minutes }) => [courseSlug, minutes]));
