import { rows } from '../../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../../platform/db/sql.js';
import type { SignedRecord } from '../signing/signed-record.js';
import { ClassroomSession, ClassroomSignature } from '../tables.js';

/** Sessions of these courses from one day to another, both included, as they were signed by a moment (epoch ms). */
interface TaughtInPeriod {
  readonly organisationId: string;
  readonly courses: readonly string[];
  readonly from: string;
  readonly last: string;
  readonly knownAt: number;
}

/** What was served in signed classroom sessions. `minutes`: of each person, by membership. */
export interface ServedInPeriod {
  readonly sessions: number;
  readonly minutes: ReadonlyMap<string, number>;
}

/** What counted under each session at that moment: the last signature until then. */
const SIGNED = (courses: number) => sql`select ${columns(ClassroomSignature, 'g', 'kind', 'record')}
  from ${ClassroomSession} s join ${ClassroomSignature} g on g.session_id = s.id
  where s.organisation_id = $1 and s.day >= $2 and s.day <= $3 and g.signed_at <= $4
    and s.course_slug in (${parameters(courses, 5)})
    and not exists (select 1 from ${ClassroomSignature} x
      where x.session_id = g.session_id and x.number > g.number and x.signed_at <= $4)`;

/** What was served in a room. As for a credit, a session counts only for whoever did all that is practised in it. */
export async function servedInPeriod({
  organisationId,
  courses,
  from,
  last,
  knownAt,
}: TaughtInPeriod): Promise<ServedInPeriod> {
  if (courses.length === 0) return { sessions: 0, minutes: new Map() };
  const found = await rows(SIGNED(courses.length), [organisationId, from, last, knownAt, ...courses]);
  const signed = found.flatMap(({ kind, record }) =>
    kind === 'withdrawn' ? [] : (JSON.parse(record) as SignedRecord),
  );
  const minutes = new Map<string, number>();
  for (const { points, people } of signed)
    for (const { membershipId, minutes: served, points: done } of people)
      if (done.length >= points.length) minutes.set(membershipId, (minutes.get(membershipId) ?? 0) + served);
  return { sessions: signed.length, minutes };
}
