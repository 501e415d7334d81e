import { rows, write } from '../support/rows.js';
import { chance, dayAfter, idOf, numbers } from './dialect.js';
import type { Seeded } from './seed.js';

/** Requirements share so many courses. */
const COURSES = 10;

/** The first of three years. */
const FIRST_YEAR = 2024;

/** Requirements of whole organisations, of a job and of a unit in turn; and credits of three years, which most people have. */
export async function fillRequirements({ organisationId, people, requirements, now }: Seeded): Promise<void> {
  for (let at = 1; at <= requirements; at += 1) await addRequirement(organisationId, at, now);
  for (let course = 1; course <= Math.min(COURSES, requirements); course += 1)
    for (let year = 0; year < 3; year += 1) await addCredits({ organisationId, people, now }, course, year);
}

async function addRequirement(organisationId: string, at: number, now: number): Promise<void> {
  const id = `5eed0000-5eed-4000-9000-${String(at).padStart(12, '0')}`;
  const [unit] = await rows<{ id: string }>(
    `select id from units where organisation_id = $1 and code = 'U00001'`,
    [organisationId],
  );
  const everybody = { units: [], jobs: [], tags: [], hiredSince: null, holds: null };
  const audience = [
    everybody,
    { ...everybody, jobs: ['cabin crew'] },
    { ...everybody, units: [unit?.id ?? ''] },
  ][at % 3];
  const rule = {
    ...{
      inForce: true,
      audience,
      mode: 'follow',
      courses: [`seed-${at % COURSES || COURSES}`],
      noticeDays: 30,
    },
    ...{ firstDue: { after: 'hired', days: 60 }, bringForward: false, graceDays: 30, graceCounts: true },
    renewal: {
      kind: 'own',
      validity: { months: 12, snap: 'month-end', counts: 'from-previous-end', opens: 90, grace: 30 },
    },
    ...{ reminders: [90, 60, 30, 7, 1], leave: { due: 'stays' }, material: [], source: 'Seeded' },
  };
  await write('insert into requirements (id, organisation_id, created_at) values ($1, $2, $3)', [
    id,
    organisationId,
    now,
  ]);
  await write(
    `insert into requirement_versions (id, requirement_id, organisation_id, number, title, from_day, rule, recorded_at)
     values ($1, $1, $2, 1, $3, '2024-01-01', $4, $5)`,
    [id, organisationId, `Seeded requirement ${at}`, JSON.stringify(rule), now],
  );
}

/** Nine in ten complete a course each year, on some day of it. */
async function addCredits(
  { organisationId, people, now }: Pick<Seeded, 'organisationId' | 'people' | 'now'>,
  course: number,
  year: number,
): Promise<void> {
  const number = `(i * 100 + ${course * 3 + year})`;
  const days = year === 2 ? 320 : 360;
  await write(
    `insert into credits (id, organisation_id, membership_id, course_slug, completed_on, source, source_id, recorded_at)
     ${numbers(people)} select ${idOf('credit', number)}, $1, ${idOf('membership', 'i')}, $2,
       ${dayAfter(`${FIRST_YEAR + year}-01-01`, chance('i', 10 + course, days))}, 'session', ${idOf('credit', number)}, $3
     from n where (i + ${course} + ${year}) % 10 <> 0`,
    [organisationId, `seed-${course}`, now],
  );
}
