import { write } from '../support/rows.js';
import { andAll, chance, dayAfter, digits, idOf, numbers } from './dialect.js';
import { family, given } from './names.js';
import type { Seeded } from './seed.js';

/** The days on which people were hired: three years, from this one on. */
const FIRST_DAY = '2023-11-01';
const DAYS = 1_090;

const JOBS = ['Cabin crew', 'Gate agent', 'Check-in agent', 'Driver', 'Station staff'];

/** One in ten has no account yet, one in twenty has left. */
const HAS_ACCOUNT = 'i % 10 <> 0';
const EMPLOYMENT = `case when i % 20 = 7 then 'left' when i % 50 = 3 then 'on-leave' else 'active' end`;

const GIVEN = chance('i', 1, given.length);
const FAMILY = chance('i', 2, family.length);
const hired = () => dayAfter(FIRST_DAY, chance('i', 3, DAYS));
const EMAIL = `'p' || i || '@seed.example'`;

/** People with accounts, memberships, facts, placements with the units from which they are seen, and the words by which they are found. */
export async function fillPeople({ organisationId, people, units, now }: Seeded): Promise<void> {
  await write('create table seed_names (kind integer, at integer, text varchar(80), word varchar(80))');
  for (const [kind, list] of [given, family].entries())
    for (const [at, { text, word }] of list.entries())
      await write('insert into seed_names (kind, at, text, word) values ($1, $2, $3, $4)', [
        kind,
        at,
        text,
        word,
      ]);
  const named = `from n join seed_names g on g.kind = 0 and g.at = ${GIVEN} join seed_names f on f.kind = 1 and f.at = ${FAMILY}`;
  const name = `g.text || ' ' || f.text`;
  const all = numbers(people);
  await write(
    `insert into users (id, email, name, email_confirmed_at, words_due, created_at)
     ${all} select ${idOf('user', 'i')}, ${EMAIL}, ${name}, $1, $2, $1 ${named} where ${HAS_ACCOUNT}`,
    [now, false],
  );
  await write(
    `insert into memberships (id, organisation_id, user_id, employment, hired_on, sort_name, words_due, created_at)
     ${all} select ${idOf('membership', 'i')}, $1, case when ${HAS_ACCOUNT} then ${idOf('user', 'i')} end, ${EMPLOYMENT}, ${hired()},
       g.word || ' ' || f.word, $2, $3 ${named}`,
    [organisationId, false, now],
  );
  await write(
    `insert into membership_people (membership_id, organisation_id, name, email, staff_number)
     ${all} select ${idOf('membership', 'i')}, $1, ${name}, ${EMAIL}, ${digits('i', 7)} ${named}`,
    [organisationId],
  );
  for (const [kind, value] of [
    ['employment', EMPLOYMENT],
    ['hired', hired()],
  ] as const)
    await write(
      `insert into membership_facts (id, membership_id, organisation_id, kind, value, from_day, recorded_at)
       ${all} select ${idOf(kind, 'i')}, ${idOf('membership', 'i')}, $1, '${kind}', ${value}, ${hired()}, $2 from n`,
      [organisationId, now],
    );
  const job = `case (i % 5) ${JOBS.map((text, at) => `when ${at} then '${text}'`).join(' ')} end`;
  await write(
    `insert into placements (id, membership_id, organisation_id, unit_id, job, is_home, has_reach, from_day, to_day, recorded_at)
     ${all} select ${idOf('placement', 'i')}, ${idOf('membership', 'i')}, $1, ${idOf('unit', `(${chance('i', 4, units)} + 1)`)}, ${job}, $2, $2, ${hired()},
       case when i % 20 = 7 then '2026-11-01' end, $3 from n`,
    [organisationId, true, now],
  );
  await write(
    `insert into unit_members (ancestor_id, sort_name, membership_id)
     select a.ancestor_id, m.sort_name, m.id from placements p join unit_ancestors a on a.unit_id = p.unit_id
       join memberships m on m.id = p.membership_id order by 1, 2, 3`,
  );
  await write(
    `insert into member_words (organisation_id, word, membership_id)
     ${all} select $1, g.word, ${idOf('membership', 'i')} ${named}
     ${andAll()} select $1, f.word, ${idOf('membership', 'i')} ${named} where f.word <> g.word
     ${andAll()} select $1, 'p' || i, ${idOf('membership', 'i')} from n
     ${andAll()} select $1, ${EMAIL}, ${idOf('membership', 'i')} from n
     ${andAll()} select $1, ${digits('i', 7)}, ${idOf('membership', 'i')} from n`,
    [organisationId],
  );
  await write('drop table seed_names');
}
