import { User } from '../../../../people/accounts/tables.js';
import type { Param } from '../../../../platform/db/lanes.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../../../platform/db/sql.js';
import { Credit, CreditVoid } from '../../../../teaching/learning/credits/tables.js';
import { ClassroomSession } from '../../../requirements/classroom/tables.js';
import { Cycle, Enrolment } from '../../../../teaching/learning/tables.js';
import { Certificate } from '../../../certificates/tables.js';
import { Erasure } from '../../../certificates/erasure/tables.js';
import { Attempt } from '../../../../teaching/quizzes/tables.js';

const CREDIT = sql`${columns(Credit, 'c', 'id', 'courseSlug', 'version', 'completedOn', 'source', 'sourceId', 'recordedAt', 'actorId')},
  ${orNull(renamed(User, 'u', { actorName: 'name' }))},
  ${orNull(columns(ClassroomSession, 's', 'place', 'minutes', 'controlNumber', 'instructorId', 'visitorName', 'visitorLicence'))},
  ${orNull(renamed(User, 'i', { instructorName: 'name' }))}`;

/** What somebody completed, of these courses: each credit, with who entered it, and the classroom session that it rests on. */
export const creditsOfMember = (membershipId: string, courses: readonly string[]) =>
  courses.length === 0
    ? []
    : rows(
        sql`select ${CREDIT} from ${Credit} c left join ${User} u on u.id = c.actor_id
              left join ${ClassroomSession} s on c.source = 'session' and s.id = c.source_id
              left join ${User} i on i.id = s.instructor_id
            where c.membership_id = $1 and c.course_slug in (${parameters(courses.length, 2)})
            order by c.completed_on desc, c.id`,
        [membershipId, ...courses],
      );

/** A credit with all that says who stands behind it. */
export type CreditOfMember = Awaited<ReturnType<typeof creditsOfMember>>[number];

/** Which of these credits do not cover, why and from which day on; what was lifted is left out. */
export const voidsNow = (creditIds: readonly string[]) =>
  creditIds.length === 0
    ? []
    : rows(
        sql`select ${columns(CreditVoid, 'v', 'creditId', 'because', 'fromDay', 'toDay')} from ${CreditVoid} v
            where v.credit_id in (${parameters(creditIds.length)}) and v.retired_at is null`,
        creditIds,
      );

/** The cycles of an account in an organisation, of these courses, the newest first. */
export const cyclesIn = (organisationId: string, userId: string, courses: readonly string[]) =>
  courses.length === 0
    ? []
    : rows(
        sql`select ${columns(Cycle, 'y', 'id', 'number', 'courseVersionId', 'openedAt', 'completedAt', 'because', 'path', 'leftBecause')}
            from ${Cycle} y join ${Enrolment} e on e.id = y.enrolment_id
            where y.user_id = $1 and y.organisation_id = $2 and e.course_slug in (${parameters(courses.length, 3)})
            order by y.opened_at desc, y.id`,
        [userId, organisationId, ...courses],
      );

export type CycleIn = Awaited<ReturnType<typeof cyclesIn>>[number];

/** The attempts of these cycles, the oldest first. Nothing of their answers. */
export const attemptsIn = (cycleIds: readonly string[]) =>
  ofCycles(
    cycleIds,
    list =>
      sql`select ${columns(Attempt, 'a', 'id', 'cycleId', 'courseVersionId', 'quiz', 'number', 'startedAt', 'submittedAt', 'closedBy', 'points', 'maxPoints', 'passed')}
        from ${Attempt} a where a.cycle_id in (${list}) order by a.started_at, a.id`,
  );

/** Every signed certificate of these cycles, the newest first, by id. */
export const signedOfCycles = (cycleIds: readonly string[]) =>
  ofCycles(
    cycleIds,
    list =>
      sql`select ${columns(Certificate, 'c', 'id', 'cycleId', 'sha256')}, ${orNull(renamed(Erasure, 'x', { erasedSha256: 'sha256' }))}
        from ${Certificate} c left join ${Erasure} x on x.certificate_id = c.id
        where c.cycle_id in (${list}) and c.issued_at is not null order by c.awarded_at desc, c.id`,
  );

const ofCycles = <R>(
  ids: readonly string[],
  select: (list: ReturnType<typeof parameters>) => { text: string; row?: R },
) => (ids.length === 0 ? [] : rows(select(parameters(ids.length)), ids as readonly Param[]));
