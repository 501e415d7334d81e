import { loadConfig } from '../../server/config.js';
import { database } from '../../server/platform/db/connect.js';
import { inLane } from '../../server/platform/db/lanes.js';
import { openInstallation } from '../../server/installation.js';
import { createLogger } from '../../server/platform/lib/log.js';
import { membersPage } from '../../server/office/management/people/members-page.js';
import type { Actor, Grant } from '../../server/policy.js';
import { idOf, numbers } from '../seed/dialect.js';
import { inBulk } from '../seed/in-bulk.js';
import { seed } from '../seed/seed.js';
import type { Figure } from '../bench/measured/figure.js';
import { keep } from '../bench/measured/keep.js';
import { count, row, rows, write } from '../support/rows.js';

// `tsx test/scale/person-search.ts 100000`: fills an empty installation (DATA_DIR, DATABASE_URL) with so many people and, of every
// third, a certificate that nobody signed; then looks for somebody in every way in which a manager does. Keeps the
// milliseconds of the fastest of five in `test/measured/`; a first time warms up. An installation that has people is asked as it is.

const people = Number(process.argv[2] ?? 100_000);
const installation = await openInstallation(loadConfig(process.env), createLogger('error'));
const say = (line: string) => process.stdout.write(`${line}\n`);
try {
  const { queries, readers } = await inLane('jobs', prepared);
  const figures: Figure[] = [];
  for (const [who, grant] of Object.entries(readers))
    for (const [what, query] of Object.entries(queries))
      figures.push({ what: `${who}: ${what}`, value: await msOf(grant, query), unit: 'ms', target: 5 });
  keep('search', figures);
} finally {
  await installation.close();
}

/** The people, where there are none yet; what is looked for, and by whom. Takes longer than a page may. */
async function prepared() {
  if ((await count('memberships')) === 0) await fill(Date.now());
  const [organisation] = await rows<{ id: string }>(`select id from organisations where kind = 'customer'`);
  return { queries: await lookedFor(), readers: await managers(organisation?.id ?? '') };
}

async function fill(now: number): Promise<void> {
  await seed({ people, requirements: 0, now }, say);
  await inBulk(['certificates'], () => addCertificates(now));
}

/** A certificate for every third cycle, with a number that looks like chance. */
async function addCertificates(now: number): Promise<void> {
  // A folder (DATA_DIR) from an earlier run has the list published, and with a new database it is taken over from there.
  await write('insert into status_lists (id, created_at) values (900, $1) on conflict do nothing', [now]);
  await write(
    `insert into certificates (id, code, organisation_id, user_id, cycle_id, course_version_id, holder_name, facts, status_list_id,
       status_index, awarded_at, created_at)
     ${numbers(people)} select ${idOf('cycle', 'i')}, upper(substr(replace(${idOf('credit', 'i')}, '-', ''), 1, 8)) || 'SEED', c.organisation_id,
       c.user_id, c.id, c.course_version_id, '', '{}', 900, i, $1, $1
     from n join cycles c on c.id = ${idOf('cycle', 'i')} where i % 3 = 0`,
    [now],
  );
  // SQLite has no statistics: with some, it would ask in other ways than for anybody else.
  if (database().dialect === 'postgres') await write('analyze certificates');
}

/** What a manager types to find somebody in the middle, and what finds many. */
async function lookedFor(): Promise<Record<string, string>> {
  const somebody = await row<{ name: string; email: string; staff: string; code: string }>(
    `select p.name, p.email, p.staff_number as staff, c.code from certificates c join memberships m on m.user_id = c.user_id
     join membership_people p on p.membership_id = m.id where c.id > '8' order by c.id limit 1`,
  );
  if (!somebody) throw new Error('Nobody has a certificate');
  const { name, email, staff, code } = somebody;
  const [first = '', last = ''] = name.split(' ');
  return {
    ...{ everybody: '', 'two letters': first.slice(0, 2), 'a first name': first, 'a family name': last },
    ...{ 'a full name': name, 'parts of two words': `${first.slice(0, 2)} ${last.slice(0, 2)}` },
    ...{ 'a staff number': staff, 'its beginning': staff.slice(0, 4), 'an address': email },
    ...{ 'a certificate': code, nobody: 'zzqx' },
  };
}

/** Somebody who manages all of the organisation, and managers of units of several sizes. */
async function managers(organisationId: string): Promise<Record<string, Grant>> {
  const units = await rows<{ id: string; held: number }>(
    `select a.ancestor_id as id, sum(p.held) as held from unit_ancestors a join (
       select unit_id, count(*) as held from placements where has_reach and organisation_id = $1 group by unit_id) p
     on p.unit_id = a.unit_id group by a.ancestor_id order by 2`,
    [organisationId],
  );
  const whole = { organisationId, role: 'manager', unitId: null } as const;
  const found: Record<string, Grant> = { 'the whole organisation': whole };
  for (const share of [0.0005, 0.005, 0.04, 0.3]) {
    const unit = units.find(({ held }) => Number(held) >= share * people);
    if (unit) found[`a unit of ${unit.held}`] = { ...whole, unitId: unit.id };
  }
  return found;
}

async function msOf(grant: Grant, query: string): Promise<number> {
  const actor: Actor = { id: '', name: '', isAdministrator: false, memberships: [], grants: [grant] };
  const times: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    const began = performance.now();
    await membersPage(actor, { organisationId: grant.organisationId, query, after: '' });
    times.push(performance.now() - began);
  }
  return Math.min(...times.slice(1));
}
