import { endOfCompletion } from '../../../certificates/lifecycle/end-of-completion.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, notNull, parameters, renamed, sql } from '../../../../platform/db/sql.js';
import { creditMember } from '../../../../teaching/learning/credits/credits.js';
import { Credit, CreditVoid } from '../../../../teaching/learning/credits/tables.js';
import { voidCredit } from '../../../../teaching/learning/credits/voids.js';
import { earnedBy, type Earned, type ServedSession } from './earned.js';
import type { TaughtBy } from '../sessions/plan-sessions.js';
import { ClassroomPerson, ClassroomSession } from '../tables.js';

const SERVED = (members: number) => sql`select
    ${columns(ClassroomSession, 's', 'id', 'day', 'time', 'minutes', 'neededMinutes', 'points')},
    ${notNull(columns(ClassroomSession, 's', 'version'))},
    ${columns(ClassroomPerson, 'p', 'membershipId', 'state', 'pointsDone')},
    ${renamed(ClassroomPerson, 'p', { own: 'minutes' })}
  from ${ClassroomPerson} p join ${ClassroomSession} s on s.id = p.session_id
  where s.signed_at is not null and s.ended_at is null and s.organisation_id = $1 and s.course_slug = $2
    and p.membership_id in (${parameters(members, 3)})`;

/** A signed session of a course, as somebody served it. */
export interface MembersSession extends ServedSession {
  readonly membershipId: string;
  readonly version: number;
}

/** The signed sessions of one course in which these members are listed. */
export async function servedSessions(
  organisationId: string,
  courseSlug: string,
  membershipIds: readonly string[],
): Promise<MembersSession[]> {
  if (membershipIds.length === 0) return [];
  const found = await rows(SERVED(membershipIds.length), [organisationId, courseSlug, ...membershipIds]);
  return found.map(({ points, pointsDone, state, own, ...session }) => ({
    ...session,
    served: state === 'present' ? (own ?? session.minutes) : 0,
    hasAllPoints: listIn(pointsDone).length >= listIn(points).length,
  }));
}

const listIn = (json: string): readonly unknown[] => JSON.parse(json) as unknown[];

/** What came of each session of each of these members, by membership and session. */
export async function earnedIn(
  organisationId: string,
  courseSlug: string,
  membershipIds: readonly string[],
): Promise<Map<string, Map<string, Earned>>> {
  const served = await servedSessions(organisationId, courseSlug, membershipIds);
  return new Map(
    membershipIds.map(id => [id, earnedBy(served.filter(({ membershipId }) => membershipId === id))]),
  );
}

const CREDITED = (
  members: number,
) => sql`select ${columns(Credit, 'c', 'id', 'membershipId', 'sourceId')} from ${Credit} c
  where c.source = 'session' and c.organisation_id = $1 and c.course_slug = $2 and c.membership_id in (${parameters(members, 3)})
    and not exists (select 1 from ${CreditVoid} v where v.credit_id = c.id and v.because = 'undone' and v.retired_at is null)`;

/**
 * Make the credits of these members' sessions of a course what their signed sessions say: those that are missing are recorded, or
 * counted again, and those that are not earned are taken back. Twice is once. Joins the transaction of the signature.
 */
export async function creditSessions(
  courseSlug: string,
  membershipIds: readonly string[],
  { organisation, actorId, now }: TaughtBy,
): Promise<void> {
  if (membershipIds.length === 0) return;
  const of = [organisation.id, courseSlug, ...membershipIds];
  const held = await rows(CREDITED(membershipIds.length), of);
  const served = await servedSessions(organisation.id, courseSlug, membershipIds);
  const isHeld = (one: MembersSession) =>
    held.some(({ membershipId, sourceId }) => membershipId === one.membershipId && sourceId === one.id);
  const earned = served.filter(isEarnedAmong(served));
  const isEarned = ({ membershipId, sourceId }: { membershipId: string; sourceId: string }) =>
    earned.some(each => each.membershipId === membershipId && each.id === sourceId);
  for (const credit of held.filter(each => !isEarned(each)))
    await voidCredit({ creditId: credit.id, because: 'undone' }, { actorId, now });
  for (const session of earned.filter(each => !isHeld(each))) {
    const { membershipId, id: sourceId, version, day: completedOn } = session;
    const done = { membershipId, courseSlug, version, completedOn };
    const lastDay = await endOfCompletion(done, organisation.timeZone);
    const credit = {
      organisationId: organisation.id,
      ...done,
      lastDay,
      sourceId,
      source: 'session' as const,
    };
    await creditMember(credit, { actorId, now });
  }
}

function isEarnedAmong(served: readonly MembersSession[]): (session: MembersSession) => boolean {
  const ids = [...new Set(served.map(({ membershipId }) => membershipId))];
  const earned = new Map(ids.map(id => [id, earnedBy(served.filter(each => each.membershipId === id))]));
  return ({ membershipId, id }) => earned.get(membershipId)?.get(id)?.isCredited ?? false;
}
