import { rows } from '../../../../platform/db/rows.js';
import { as, columns, orNull, parameters, renamed, sql, type Sql } from '../../../../platform/db/sql.js';
import { text } from '../../../../platform/db/table.js';
import { inParts } from '../../../certificates/audit-pack/shared-files.js';
import { Certificate, Revocation, Supersession, Suspension } from '../../../certificates/tables.js';
import { CourseVersion } from '../../../../teaching/courses/tables.js';
import { chunks } from '../../../../platform/lib/lists/chunks.js';
import type { PackFile } from '../../../../platform/lib/zip.js';
import { Membership } from '../../../../people/organisations/tables.js';
import type { PackScope } from './pack-scope.js';
import type { PeopleTable } from './pack-tables.js';
import { inUtc } from './standing-tables.js';

/** Every certificate of the courses that was issued, also those that were withdrawn or replaced. */
export const certificateTable: PeopleTable = {
  path: 'certificates.csv',
  columns: [
    ...['certificate', 'person', 'course', 'version', 'awarded_at', 'ends_at', 'sha256', 'log_row'],
    ...['revoked_at', 'revoked_because', 'suspended_at', 'suspended_because'],
    ...['replaced_at', 'replaced_because', 'replaced_by'],
  ],
  async recordsOf(scope, ids) {
    const found = await issued(CERTIFICATES, scope, ids);
    const { knownAt } = scope.period;
    const known = (at: number | null, ...values: (string | null)[]) =>
      at === null || Number(at) > knownAt ? [null, ...values.map(() => null)] : [inUtc(at), ...values];
    return found.map(each => [
      ...[each.id, each.person, each.courseSlug, each.version, inUtc(each.awardedAt)],
      ...[inUtc(each.validUntil), each.sha256, each.ledgerSeq === null ? null : Number(each.ledgerSeq)],
      ...known(each.revokedAt, each.revokedBecause),
      ...known(each.suspendedAt, each.suspendedBecause),
      ...known(each.replacedAt, each.replacedBecause, each.replacementId),
    ]);
  },
};

/** People read at once: a credential has some 3 000 letters. */
const CHUNK = 100;

/** The very bytes that were signed, in parts of lines, in the order of `certificates.csv`. */
export const credentialFiles = (scope: PackScope): AsyncIterable<PackFile> =>
  inParts('certificates', credentials(scope));

async function* credentials(scope: PackScope): AsyncGenerator<string> {
  for (const ids of chunks(scope.people, CHUNK))
    for (const { credential } of await issued(CREDENTIALS, scope, ids)) yield `${credential}\n`;
}

const issued = async <R>(query: Sql<R>, { courses, period }: PackScope, ids: readonly string[]) =>
  courses.length === 0
    ? []
    : rows(sql`${query} ${issuedTo(ids.length, courses.length)}`, [period.knownAt, ...ids, ...courses]);

/**
 * The certificates `c` of so many people `m` in so many courses. $1: until when they were issued; then the people and the courses.
 * SQLite would otherwise go through all certificates of the organisation, the newest first, for each person.
 */
export const issuedTo = (people: number, courses: number): Sql => sql`from ${Certificate} c
    join ${Membership} m on m.organisation_id = c.organisation_id || '' and m.user_id = c.user_id
    join ${CourseVersion} v on v.id = c.course_version_id
    left join ${Revocation} r on r.certificate_id = c.id left join ${Suspension} s on s.certificate_id = c.id
    left join ${Supersession} p on p.certificate_id = c.id
  where c.issued_at <= $1 and c.credential is not null and m.id in (${parameters(people, 2)})
    and v.course_slug in (${parameters(courses, people + 2)})
  order by m.id, c.awarded_at, c.id`;

const CERTIFICATES = sql`select
    ${columns(Certificate, 'c', 'id', 'awardedAt', 'validUntil', 'sha256', 'ledgerSeq')},
    ${renamed(Membership, 'm', { person: 'id' })}, ${renamed(CourseVersion, 'v', { courseSlug: 'courseSlug', version: 'number' })},
    ${orNull(renamed(Revocation, 'r', { revokedAt: 'revokedAt', revokedBecause: 'reason' }))},
    ${orNull(renamed(Suspension, 's', { suspendedAt: 'suspendedAt', suspendedBecause: 'reason' }))},
    ${orNull(renamed(Supersession, 'p', { replacedAt: 'supersededAt', replacedBecause: 'reason', replacementId: 'replacementId' }))}`;

const CREDENTIALS = sql`select c.credential ${as('credential', text())}`;
