import { Certificate, Revocation, Suspension } from '../../../certificates/tables.js';
import { CourseVersion } from '../../../../teaching/courses/tables.js';
import type { Param } from '../../../../platform/db/lanes.js';
import { row, rows } from '../../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql, type Sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import {
  Membership,
  MembershipPerson,
  Placement,
  UnitAncestor,
} from '../../../../people/organisations/tables.js';

/** Which certificates are asked for: null is any. Moments are epoch ms, and `until` is exclusive. */
export interface AskedPapers {
  readonly organisationId: string;
  readonly knownAt: number;
  readonly unitId: string | null;
  readonly course: string | null;
  readonly since: number | null;
  readonly until: number | null;
}

/** Certificates read at once. */
const BATCH = 200;

/** How many certificates stand that are asked for. */
export async function countStanding(asked: AskedPapers): Promise<number> {
  const { fitting, params } = these(asked);
  return Number((await row(sql`select count(*) ${as('n', integer())} ${fitting}`, params))?.n);
}

/** The ids of those certificates, the oldest first, with whose they are. */
export async function* standingCertificates(asked: AskedPapers) {
  const { fitting, params } = these(asked);
  const [at, id] = [params.length + 1, params.length + 2];
  const query = sql`select ${columns(Certificate, 'c', 'id', 'awardedAt')}, ${renamed(Membership, 'm', { person: 'id' })},
      ${orNull(columns(MembershipPerson, 'p', 'staffNumber'))}, ${renamed(CourseVersion, 'v', { version: 'number' })} ${fitting}
      and (c.awarded_at, c.id) > ($${at}, $${id}) order by c.awarded_at, c.id limit ${BATCH}`;
  for (let after: readonly [number, string] = [-1, '']; ;) {
    const found = await rows(query, [...params, ...after]);
    yield* found;
    const last = found.at(-1);
    if (!last || found.length < BATCH) return;
    after = [Number(last.awardedAt), last.id];
  }
}

/** Those that had been issued and were neither replaced nor withdrawn at that moment. */
function these({ organisationId, knownAt, unitId, course, since, until }: AskedPapers): {
  fitting: Sql;
  params: Param[];
} {
  const params: Param[] = [organisationId, knownAt];
  const given = (value: Param, condition: (at: number) => Sql): Sql =>
    value === null ? sql`` : sql`and ${condition(params.push(value))}`;
  const fitting = sql`from ${Certificate} c join ${CourseVersion} v on v.id = c.course_version_id
      left join ${Membership} m on m.organisation_id = c.organisation_id and m.user_id = c.user_id
      left join ${MembershipPerson} p on p.membership_id = m.id
    where c.organisation_id = $1 and c.issued_at <= $2 and c.credential is not null
      and (c.superseded_at is null or c.superseded_at > $2)
      and not exists (select 1 from ${Revocation} r where r.certificate_id = c.id and r.revoked_at <= $2)
      and not exists (select 1 from ${Suspension} s where s.certificate_id = c.id and s.suspended_at <= $2)
      ${given(
        unitId,
        at => sql`m.id in (select w.membership_id from ${Placement} w
        join ${UnitAncestor} a on a.unit_id = w.unit_id where w.has_reach and a.ancestor_id = $${at})`,
      )}
      ${given(course, at => sql`v.course_slug = $${at}`)}
      ${given(since, at => sql`c.awarded_at >= $${at}`)} ${given(until, at => sql`c.awarded_at < $${at}`)}`;
  return { fitting, params };
}
