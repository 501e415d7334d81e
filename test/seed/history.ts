import { dayOf, daysAfter } from '../../server/platform/lib/days.js';
import { write } from '../support/rows.js';
import { chance, dayAfter, idOf, numbers } from './dialect.js';
import type { Seeded } from './seed.js';

const DAY = 86_400_000;

/** Nobody began longer ago (days). */
const LONGEST = 1100;

/**
 * A cycle of one course for everybody with an account, begun in the last three years; four in five completed it, and have a credit for
 * it. Nobody has a certificate: each would have to be signed. So the search for missing ones is told that it has looked already.
 */
export async function fillHistory(
  { organisationId, people, now }: Seeded,
  course: { slug: string; versionId: string; number: number },
): Promise<void> {
  const daysAgo = `${chance('i', 5, 1000)} + 40`;
  const begun = `$3 - cast(${daysAgo} as bigint) * ${DAY}`;
  const all = `${numbers(people)} select`;
  const taken = 'from n where i % 10 <> 0';
  await write(
    `insert into enrolments (id, organisation_id, user_id, course_slug, created_at)
     ${all} ${idOf('enrolment', 'i')}, $1, ${idOf('user', 'i')}, $2, ${begun} ${taken}`,
    [organisationId, course.slug, now],
  );
  await write(
    `insert into cycles (id, enrolment_id, organisation_id, user_id, course_version_id, number, opened_at, completed_at, is_credited)
     ${all} ${idOf('cycle', 'i')}, ${idOf('enrolment', 'i')}, $1, ${idOf('user', 'i')}, $2, 1, ${begun},
       case when i % 5 <> 4 then ${begun} + ${3 * DAY} end, i % 5 <> 4 ${taken}`,
    [organisationId, course.versionId, now],
  );
  const first = daysAfter(dayOf(now, 'Europe/Oslo'), -LONGEST);
  await write(
    `insert into credits (id, organisation_id, membership_id, course_slug, version, completed_on, source, source_id, recorded_at)
     ${all} ${idOf('credit', '(i * 100)')}, $1, ${idOf('membership', 'i')}, $2, $3, ${dayAfter(first, `${LONGEST + 3} - (${daysAgo})`)},
       'cycle', ${idOf('cycle', 'i')}, $4 ${taken} and i % 5 <> 4`,
    [organisationId, course.slug, course.number, now],
  );
  await write(
    `insert into certificate_searches (id, completed_until) values (1, $1)
     on conflict (id) do update set completed_until = excluded.completed_until`,
    [now],
  );
}
