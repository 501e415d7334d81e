import { hashPassword } from '../../server/people/accounts/sign-in/passwords.js';
import { indexPeople } from '../../server/people/accounts/search-words.js';
import { published } from './published.js';
import { database } from '../../server/platform/db/connect.js';
import { inTransaction } from '../../server/platform/db/transaction.js';
import { dayOf } from '../../server/platform/lib/days.js';
import { newId } from '../../server/platform/lib/ids.js';
import { makeOrganisation } from '../../server/people/organisations/settings/keep-organisations.js';
import { count, rows, write } from '../support/rows.js';
import { fillHistory } from './history.js';
import { inBulk } from './in-bulk.js';
import { fillPeople } from './people.js';
import { fillRequirements } from './requirements.js';
import { fillUnits } from './units.js';

/** How many people an organisation has, how much it requires of them, and the present (epoch ms). */
export interface Size {
  readonly people: number;
  readonly requirements: number;
  readonly now: number;
}

/** An organisation that is being filled. */
export interface Seeded extends Size {
  readonly organisationId: string;
  readonly units: number;
}

const TIME_ZONE = 'Europe/Oslo';

/** Who can sign in, with which role; in the first unit alone where `isOfUnit`. */
const ACCOUNTS = [
  { name: 'Dina Aziz', email: 'dina@seed.example', role: null, isOfUnit: false },
  { name: 'Otto Vik', email: 'otto@seed.example', role: 'administrator', isOfUnit: false },
  { name: 'Ben Okafor', email: 'ben@seed.example', role: 'manager', isOfUnit: false },
  { name: 'Luc Moreau', email: 'luc@seed.example', role: 'manager', isOfUnit: true },
] as const;

const OF_PEOPLE = [
  ...['users', 'memberships', 'membership_people'],
  ...['membership_facts', 'placements', 'unit_members', 'member_words'],
];

/** One of the people, with a history like everybody. */
const LEARNER = 'p1@seed.example';

/**
 * Fill an empty installation. Throws where it has people already: nothing that was made up may come among real people. The
 * statements work on whole tables, since a million people one by one would take hours.
 */
export async function seed({ people, requirements, now }: Size, say: (line: string) => void): Promise<void> {
  if ((await count('memberships')) > 0)
    throw new Error('This installation has people already: use an empty one.');
  const organisationId = await makeOrganisation(
    {
      name: 'Northern Lights Airways',
      sector: 'airline',
      country: 'NO',
      timeZone: TIME_ZONE,
      locale: 'en',
      contact: 'training@seed.example',
      hotlineCountry: 'GB',
      retentionMonths: 24,
    },
    { actorId: null, now },
  );
  const seeded = {
    organisationId,
    people,
    requirements,
    now,
    units: Math.min(2000, Math.max(5, Math.ceil(people / 50))),
  };
  for (const [what, tables, fill] of [
    ['units', ['unit_facts'], () => fillUnits(seeded)],
    ['people', OF_PEOPLE, () => fillPeople(seeded)],
    ['history', ['enrolments', 'cycles', 'credits'], () => fillPast(seeded)],
  ] as const) {
    const began = Date.now();
    await inBulk(tables, fill);
    say(`${what}: ${Date.now() - began} ms`);
  }
  // What was said of people is so today: the worker would look at each of them to find that out.
  await write('insert into organisation_days (organisation_id, day) values ($1, $2)', [
    organisationId,
    dayOf(now, TIME_ZONE),
  ]);
  if (database().dialect === 'postgres') await write('analyze');
  await makeAccounts(seeded, say);
}

async function fillPast(seeded: Seeded): Promise<void> {
  await fillHistory(seeded, await published());
  await fillRequirements(seeded);
}

async function makeAccounts({ organisationId, now }: Seeded, say: (line: string) => void): Promise<void> {
  const password = `seed ${newId().slice(0, 18)}`;
  const hash = await hashPassword(password);
  await inTransaction(async () => {
    for (const { name, email, role, isOfUnit } of ACCOUNTS) {
      const id = newId();
      await rows(
        `insert into users (id, email, name, password_hash, email_confirmed_at, is_administrator, created_at)
         values ($1, $2, $3, $4, $5, $6, $5)`,
        [id, email, name, hash, now, role === null],
      );
      await rows(
        'insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $3, $4)',
        [newId(), organisationId, id, now],
      );
      if (role === null) continue;
      await rows(
        `insert into role_grants (id, organisation_id, user_id, role, unit_id, from_day, granted_at)
         values ($1, $2, $3, $4, ${isOfUnit ? `(select id from units where code = 'U00006')` : 'null'}, '2026-01-01', $5)`,
        [newId(), organisationId, id, role, now],
      );
    }
  });
  await write('update users set password_hash = $1 where email = $2', [hash, LEARNER]);
  await indexPeople();
  const addresses = [...ACCOUNTS.map(({ email }) => email), LEARNER];
  say(`Sign in with ${addresses.join(', ')} and the password: ${password}`);
}
