import { OWN_ACCOUNTS } from '../../../people/accounts/merged-accounts.js';
import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { id, integer, moment, nullable, text } from '../../../platform/db/table.js';
import { Session } from '../../../platform/http/tables.js';
import { Cycle, Enrolment, LessonReading, PracticeRun, QuizPass } from '../../../teaching/learning/tables.js';
import { MailRecord } from '../../../people/mails/tables.js';
import { Membership, Organisation, RoleGrant } from '../../../people/organisations/tables.js';
import { Attempt } from '../../../teaching/quizzes/tables.js';

/** Whose record: what was done in one organisation, or (null) in all; with accounts that were merged into theirs, too. */
export interface RecordOf {
  readonly userId: string;
  readonly organisationId: string | null;
}

const CYCLES = sql`select ${columns(Cycle, 'c', 'id', 'number', 'courseVersionId', 'path', 'openedAt', 'completedAt')},
    ${renamed(Organisation, 'o', { organisation: 'name' })}, ${columns(Enrolment, 'e', 'job')}
  from ${Cycle} c join ${Organisation} o on o.id = c.organisation_id join ${Enrolment} e on e.id = c.enrolment_id
  where c.user_id in ${OWN_ACCOUNTS} and c.organisation_id = coalesce($3, c.organisation_id)
  order by c.opened_at desc, c.id limit $2`;

/** The newest cycles of a person, at most `limit`. */
export const cyclesOfPerson = ({ userId, organisationId }: RecordOf, limit: number) =>
  rows(CYCLES, [userId, limit, organisationId]);

/** A cycle of a course that a person took or takes. */
export type CycleRow = Awaited<ReturnType<typeof cyclesOfPerson>>[number];

/** What a person has done in one cycle: lessons as `module/lesson`, quizzes passed, practice taken, and quizzes attempted. */
export interface DoneRow {
  readonly cycleId: string;
  readonly kind: 'lesson' | 'pass' | 'practice' | 'attempt';
  readonly what: string;
}

/** What was done in these cycles, in one query for all of them. */
export function doneIn(cycleIds: readonly string[]): Promise<DoneRow[]> {
  if (cycleIds.length === 0) return Promise.resolve([]);
  const these = parameters(cycleIds.length);
  return rows(
    sql`select cycle_id ${as('cycleId', id())}, 'lesson' ${as('kind', text<DoneRow['kind']>())},
          module_slug || '/' || lesson_slug ${as('what', text())}
        from ${LessonReading} where cycle_id in (${these})
        union all select cycle_id, 'pass', quiz from ${QuizPass} where cycle_id in (${these})
        union all select cycle_id, 'practice', quiz from ${PracticeRun} where cycle_id in (${these})
        union all select distinct cycle_id, 'attempt', quiz from ${Attempt} where cycle_id in (${these})`,
    cycleIds,
  );
}

const ATTEMPTS = sql`select
    ${columns(Attempt, 'a', 'quiz', 'courseVersionId', 'number', 'startedAt', 'submittedAt', 'points', 'maxPoints', 'passed', 'job')}
  from ${Cycle} c join ${Attempt} a on a.cycle_id = c.id
  where c.user_id in ${OWN_ACCOUNTS} and c.organisation_id = coalesce($3, c.organisation_id)
  order by a.started_at desc, a.id limit $2`;

/** The newest attempts of a person at any quiz, at most `limit`. */
export const attemptsOfPerson = ({ userId, organisationId }: RecordOf, limit: number) =>
  rows(ATTEMPTS, [userId, limit, organisationId]);

/** An attempt at a quiz; its points are null until it is submitted. */
export type AttemptRow = Awaited<ReturnType<typeof attemptsOfPerson>>[number];

const MAILS = sql`select ${columns(MailRecord, 'm', 'kind', 'state')},
    coalesce(m.sent_at, m.created_at) ${as('at', moment())}
  from ${MailRecord} m where m.user_id in ${OWN_ACCOUNTS}`;
const NEWEST = sql`order by m.created_at desc, m.id limit $2`;

/**
 * The newest mails to a person, at most `limit`. Their texts are not stored anywhere. An organisation sees those about
 * itself, and none about the account.
 */
export const mailsOfPerson = ({ userId, organisationId }: RecordOf, limit: number) =>
  organisationId === null
    ? rows(sql`${MAILS} ${NEWEST}`, [userId, limit])
    : rows(sql`${MAILS} and m.organisation_id = $3 ${NEWEST}`, [userId, limit, organisationId]);

const ROLES = sql`select ${renamed(Organisation, 'o', { organisation: 'name' })}, 'learner' ${as('role', text())},
    null ${as('endedAt', nullable(moment()))}, ${renamed(Membership, 'm', { since: 'createdAt' })}
  from ${Membership} m join ${Organisation} o on o.id = m.organisation_id where m.user_id = $1
  union all select ${renamed(Organisation, 'o', { organisation: 'name' })}, ${columns(RoleGrant, 'g', 'role', 'endedAt')},
    ${renamed(RoleGrant, 'g', { since: 'grantedAt' })}
  from ${RoleGrant} g join ${Organisation} o on o.id = g.organisation_id where g.user_id = $1
  order by 4, 2`;

/** The organisations that a person belongs to or belonged to, and in which role. */
export const rolesOfPerson = (userId: string) => rows(ROLES, [userId]);

const PRESENCE = sql`select count(*) ${as('count', integer())}, max(touched_at) ${as('lastAt', nullable(moment()))}
  from ${Session} where user_id = $1 and expires_at > $2`;

/** On how many devices a person is signed in, and when one was last used (ms), to about a quarter of an hour. */
export const presenceOf = async (
  userId: string,
  now: number,
): Promise<{ count: number; lastAt: number | null }> =>
  (await row(PRESENCE, [userId, now])) ?? { count: 0, lastAt: null };
