import { courseByNumber } from '../../../teaching/courses/catalogue.js';
import { CourseVersion } from '../../../teaching/courses/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { otherCreditsOf, type OtherCompletion } from '../../../teaching/learning/credits/credits.js';
import { dayOf } from '../../../platform/lib/days.js';
import { Membership } from '../../../people/organisations/tables.js';
import { Certificate, Revocation } from '../tables.js';
import { endOfValidity } from './validity.js';

/** Something that a member completed outside our courses: on which day, and as which version of the course. */
export type DatedCompletion = Pick<OtherCompletion, 'membershipId' | 'courseSlug' | 'completedOn'> & {
  readonly version: number;
};

/**
 * The last day on which it counts as a certificate of the course would: by the rule of that version, and with the anniversary of
 * what the person held before. Null where there is no such version, so that nothing says an end.
 */
export async function endOfCompletion(done: DatedCompletion, timeZone: string): Promise<string | null> {
  const course = await courseByNumber(done.courseSlug, done.version);
  if (!course) return null;
  const held = await endsOf(done, timeZone);
  const before = held.filter(({ on }) => on < done.completedOn).map(({ lastDay }) => lastDay);
  const previousEnd = before.toSorted().at(-1) ?? null;
  return endOfValidity(done.completedOn, previousEnd, course.snapshot.validity).lastDay;
}

const CERTIFICATES = sql`select ${columns(Certificate, 'c', 'awardedAt', 'validUntil')}
  from ${Certificate} c join ${CourseVersion} v on v.id = c.course_version_id
    join ${Membership} m on m.user_id = c.user_id and m.organisation_id = c.organisation_id
  where m.id = $1 and v.course_slug = $2 and c.superseded_at is null
    and not exists (select 1 from ${Revocation} where certificate_id = c.id)`;

async function endsOf(
  { membershipId, courseSlug }: DatedCompletion,
  timeZone: string,
): Promise<{ on: string; lastDay: string }[]> {
  const certificates = await rows(CERTIFICATES, [membershipId, courseSlug]);
  const others = await otherCreditsOf(membershipId, courseSlug);
  return [
    ...certificates.flatMap(({ awardedAt, validUntil }) =>
      validUntil === null ? [] : { on: dayOf(awardedAt, timeZone), lastDay: dayOf(validUntil, timeZone) },
    ),
    ...others.flatMap(({ completedOn: on, lastDay }) => (lastDay === null ? [] : { on, lastDay })),
  ];
}
