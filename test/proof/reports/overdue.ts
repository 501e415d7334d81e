import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { remindOfDuties } from '../../../server/proof/reminders/duties/remind.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { linked, member } from '../../support/organisations.js';
import { person, type Person } from '../../support/people.js';
import { row, rows, write } from '../../support/rows.js';
import { world } from '../../support/world.js';

/** So many days ago, where the organisation is. */
export const daysAgo = ({ timeZone }: Pick<OrganisationFacts, 'timeZone'>, count: number): string =>
  daysAfter(dayOf(Date.now(), timeZone), -count);

/** Somebody who was hired long ago, with an account: overdue with all that is required of them and that they have not done. */
export async function hiredLongAgo(
  organisation: OrganisationFacts,
  { name, unitId }: { name: string; unitId?: string },
): Promise<Person & { membershipId: string }> {
  const somebody = await person({ name });
  const home = unitId === undefined ? {} : { home: { unitId, job: null } };
  const membershipId = await member(organisation, { name, hiredOn: daysAgo(organisation, 300), ...home });
  await linked(membershipId, somebody.id);
  return { ...somebody, membershipId };
}

/** The reminders of yesterday and of today went out, all those that were due by yesterday. */
export async function remindersAreOut(organisation: OrganisationFacts): Promise<void> {
  for (const days of [1, 0]) await remindOfDuties(Date.parse(`${daysAgo(organisation, days)}T23:00:00Z`));
  await world().worker.drain();
}

/** So many more people with accounts who stand as this one does. */
export async function crowdLike(membershipId: string, count: number): Promise<void> {
  const one = (table: string, key: string, id: string) =>
    row<Row>(`select * from ${table} where ${key} = $1`, [id]);
  const member = await one('memberships', 'id', membershipId);
  const user = await one('users', 'id', String(member?.user_id));
  const assignment = await one('assignments', 'membership_id', membershipId);
  const standings = await rows<Row>('select * from standing_intervals where membership_id = $1', [
    membershipId,
  ]);
  const ids = Array.from({ length: count }, () => ({ user: newId(), member: newId(), assignment: newId() }));
  const of = (each: (typeof ids)[number]) => ({ membership_id: each.member, assignment_id: each.assignment });
  await copies(
    'users',
    ids.map(each => ({ ...user, id: each.user, email: `${each.user}@example.com` })),
  );
  await copies(
    'memberships',
    ids.map(each => ({ ...member, id: each.member, user_id: each.user })),
  );
  await copies(
    'assignments',
    ids.map(each => ({ ...assignment, id: each.assignment, membership_id: each.member })),
  );
  await copies(
    'standing_intervals',
    ids.flatMap(each => standings.map(row => ({ ...row, id: newId(), ...of(each) }))),
  );
}

type Row = Record<string, string | number | null>;

async function copies(table: string, all: readonly Row[]): Promise<void> {
  const names = Object.keys(all[0] ?? {});
  const at = (row: number) => names.map((_, column) => `$${row * names.length + column + 1}`).join(', ');
  for (let from = 0; from < all.length; from += 20) {
    const part = all.slice(from, from + 20);
    await write(
      `insert into ${table} (${names.join(', ')}) values ${part.map((_, row) => `(${at(row)})`).join(', ')}`,
      part.flatMap(row => names.map(name => row[name] ?? null)),
    );
  }
}
