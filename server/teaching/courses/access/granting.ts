import type { RoleChangedBy } from '../../../people/accounts/administrators.js';
import { insertOnce, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { requireRunning } from '../../../people/organisations/settings/suspension.js';
import { forgetCatalogue } from '../catalogue.js';
import { CourseGrant, CourseRequest } from '../tables.js';

/**
 * How a course is granted to an organisation: to all of its people, for its administrators to grant to units (`isByUnit`), or to one
 * unit and below (`unitId` is not ''). Days are days in its zone ('': at once); it no longer counts on `untilDay`.
 */
export interface Terms {
  readonly unitId: string;
  readonly isByUnit: boolean;
  readonly fromDay: string;
  readonly untilDay: string | null;
}

/** To everybody there, at once and without an end. */
export const WHOLE: Terms = { unitId: '', isByUnit: false, fromDay: '', untilDay: null };

const CHANGE = sql`update ${CourseGrant}
  set is_by_unit = $4, from_day = $5, until_day = $6, granted_by = $7, granted_at = $8
  where organisation_id = $1 and course_slug = $2 and unit_id = $3
    and (is_by_unit <> $4 or from_day <> $5 or coalesce(until_day, '') <> coalesce($6, ''))
  returning course_slug`;

/**
 * Let people of an organisation take a restricted course; for the open organisation, everyone. Other terms take the place of those of
 * an earlier grant. Whoever waits for an answer has it with this: `answer` is what they are told. Returns false when the same grant
 * already exists.
 */
export async function grantCourse(
  courseSlug: string,
  organisationId: string,
  by: RoleChangedBy,
  { answer = '', ...terms }: Terms & { readonly answer?: string } = WHOLE,
): Promise<boolean> {
  const { unitId, isByUnit, fromDay, untilDay } = terms;
  const isNew = await inTransaction(async () => {
    if (unitId !== '') await requireRunning(organisationId, 'change');
    const { actorId, now } = by;
    const row = { organisationId, courseSlug, ...terms, grantedBy: actorId, grantedAt: now };
    const changed = [organisationId, courseSlug, unitId, isByUnit, fromDay, untilDay, actorId, now];
    const isGrant = (await insertOnce(CourseGrant, row)) || (await rows(CHANGE, changed)).length > 0;
    if (isGrant) await record('course.granted', { courseSlug, ...terms }, { ...by, organisationId });
    const isForAll = unitId === '' && !isByUnit;
    await settle({ organisationId, courseSlug, unitId }, { outcome: 'granted', answer, isForAll, ...by });
    return isGrant;
  });
  forgetCatalogue();
  return isNew;
}

/** What a request asks for: a course, for an organisation or a unit of it. */
interface Scope {
  readonly organisationId: string;
  readonly courseSlug: string;
  readonly unitId: string;
}

const SETTLE = sql`update ${CourseRequest} set outcome = $4, answer = $5, decided_by = $6, decided_at = $7
  where organisation_id = $1 and course_slug = $2 and (unit_id = $3 or $8 = 1) and outcome is null
  returning ${columns(CourseRequest, CourseRequest.table, 'id')}`;

/** What is said to a request. `isForAll`: to those for units of the organisation, too. */
interface Answer extends RoleChangedBy {
  readonly outcome: 'granted' | 'declined';
  readonly answer: string;
  readonly isForAll: boolean;
}

/** Answer the open requests; a reaction tells whoever asked. Joins the transaction. Returns whether there were any. */
export async function settle(
  { organisationId, courseSlug, unitId }: Scope,
  { outcome, answer, isForAll, actorId, now }: Answer,
): Promise<boolean> {
  const decision = [outcome, answer || null, actorId, now, Number(isForAll)];
  const settled = await rows(SETTLE, [organisationId, courseSlug, unitId, ...decision]);
  for (const { id: requestId } of settled)
    await record(
      'course.request-answered',
      { requestId, courseSlug, outcome },
      { actorId, organisationId, now },
    );
  return settled.length > 0;
}

const END = sql`delete from ${CourseGrant}
  where organisation_id = $1 and course_slug = $2 and ($3 = '' or unit_id = $3) returning course_slug`;

/**
 * Revoke a grant, of an organisation with those of all its units, or of one unit: nobody can start or renew the course through it any
 * more. People who have begun can finish, and certificates stay valid. Returns false when there is no such grant.
 */
export async function revokeGrant(
  courseSlug: string,
  organisationId: string,
  { actorId, now }: RoleChangedBy,
  unitId = '',
): Promise<boolean> {
  const wasThere = await inTransaction(async () => {
    const [ended] = await rows(END, [organisationId, courseSlug, unitId]);
    if (!ended) return false;
    await record('course.grant-revoked', { courseSlug, unitId }, { actorId, organisationId, now });
    return true;
  });
  forgetCatalogue();
  return wasThere;
}
