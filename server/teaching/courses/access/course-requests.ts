import { User } from '../../../people/accounts/tables.js';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { isId, newId } from '../../../platform/lib/ids.js';
import { Organisation, RoleGrant, Unit } from '../../../people/organisations/tables.js';
import { CourseRequest } from '../tables.js';
import { settle } from './granting.js';

/** What somebody asks for: a course, for an organisation (`unitId` '') or a unit of it, and why. */
export interface AskedCourse {
  readonly organisationId: string;
  readonly courseSlug: string;
  readonly unitId: string;
  readonly reason: string;
}

/** Ask for a restricted course; a reaction tells those who decide. False: somebody has asked for the same already, and waits. */
export const askForCourse = (
  { organisationId, courseSlug, unitId, reason }: AskedCourse,
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> =>
  inTransaction(async () => {
    const id = newId();
    const asked = { id, organisationId, courseSlug, unitId, reason, askedBy: actorId, askedAt: now };
    if (!(await insertOnce(CourseRequest, asked))) return false;
    await record('course.requested', { requestId: id, courseSlug, unitId }, { actorId, organisationId, now });
    return true;
  });

const WITHDRAW = sql`update ${CourseRequest} set outcome = 'withdrawn', decided_by = $2, decided_at = $3
  where id = $1 and outcome is null returning ${columns(CourseRequest, CourseRequest.table, 'organisationId', 'courseSlug')}`;

/** Take one's own request back; nothing happens when it has been answered. */
export const withdrawRequest = (requestId: string, { actorId, now }: { actorId: string; now: number }) =>
  inTransaction(async () => {
    const withdrawn = await row(WITHDRAW, [requestId, actorId, now]);
    if (!withdrawn) return;
    const { organisationId, courseSlug } = withdrawn;
    const news = { requestId, courseSlug };
    await record('course.request-withdrawn', news, { actorId, organisationId, now });
  });

/** Decline a request, with words for whoever asked. False: it has been answered already. */
export const declineRequest = (
  request: Pick<RequestFacts, 'organisationId' | 'courseSlug' | 'unitId'>,
  by: { answer: string; actorId: string; now: number },
): Promise<boolean> => inTransaction(() => settle(request, { outcome: 'declined', isForAll: false, ...by }));

const REQUEST = sql`select ${columns(
  CourseRequest,
  'r',
  'id',
  'organisationId',
  'courseSlug',
  'unitId',
  'reason',
  'askedAt',
  'outcome',
  'answer',
  'decidedAt',
)},
    ${renamed(CourseRequest, 'r', { userId: 'askedBy' })}, ${renamed(User, 'u', { by: 'name' })},
    ${renamed(Organisation, 'o', { organisation: 'name', timeZone: 'timeZone' })},
    ${orNull(renamed(Unit, 'n', { unit: 'name' }))}
  from ${CourseRequest} r join ${User} u on u.id = r.asked_by join ${Organisation} o on o.id = r.organisation_id
    left join ${Unit} n on n.id = r.unit_id`;

/** A request with who asks and for whom. `userId`: of whoever asked. */
export type RequestFacts = NonNullable<Awaited<ReturnType<typeof findRequest>>>;

/** A request by its id, answered or not, or null; a text that is not an id is not looked up. */
export const findRequest = async (id: unknown) =>
  isId(id) ? row(sql`${REQUEST} where r.id = $1`, [id]) : null;

/** The requests of an organisation that wait for an answer, the oldest first. */
export const openRequestsOf = (organisationId: string) =>
  rows(sql`${REQUEST} where r.organisation_id = $1 and r.outcome is null order by r.asked_at, r.id`, [
    organisationId,
  ]);

/** Nobody in the organisation decides on it: it is for all of the organisation, or nobody administers that. */
const FOR_INSTALLATION = sql`r.outcome is null and (r.unit_id = '' or not exists (select 1 from ${RoleGrant} g
  where g.organisation_id = r.organisation_id and g.role = 'administrator' and g.ended_at is null and g.user_id <> r.asked_by))`;

/** The requests that wait for an administrator of the installation, the oldest first. */
export const requestsForInstallation = () =>
  rows(sql`${REQUEST} where ${FOR_INSTALLATION} order by r.asked_at, r.id`);
