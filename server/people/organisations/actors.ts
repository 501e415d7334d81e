import { CAN_SIGN_IN, PERSON_COLUMNS, personIn, recallActor, recentActors } from '../accounts/people.js';
import { User } from '../accounts/tables.js';
import { rows } from '../../platform/db/rows.js';
import { as, columns, orNull, sql, type Sql } from '../../platform/db/sql.js';
import { moment, text, type Row } from '../../platform/db/table.js';
import { dayOf } from '../../platform/lib/days.js';
import type { Actor } from '../../policy.js';
import { Membership, Organisation, RoleGrant } from './tables.js';

interface Held extends Pick<Row<typeof RoleGrant>, 'organisationId' | 'unitId' | 'untilDay' | 'grantedAt'> {
  /** Null: a membership. `former`: an account that was merged into this one, by its id in place of an organisation's. `past`: a role that has ended. */
  readonly role: Row<typeof RoleGrant>['role'] | 'former' | 'past' | null;
  readonly fromDay: string;
  readonly timeZone: string;
}

const HELD: Sql<Held> = sql`
  select ${columns(Membership, 'm', 'organisationId')}, null ${as('role', text())}, null ${as('unitId', text())},
    '' ${as('fromDay', text())}, null ${as('untilDay', text())}, 0 ${as('grantedAt', moment())}, '' ${as('timeZone', text())}
  from ${Membership} m where m.user_id = $1 and m.employment <> 'left'
  union all select ${columns(RoleGrant, 'g', 'organisationId', 'role', 'unitId', 'fromDay', 'untilDay', 'grantedAt')},
    ${columns(Organisation, 'o', 'timeZone')}
  from ${RoleGrant} g join ${Organisation} o on o.id = g.organisation_id
  where g.user_id = $1 and g.ended_at is null and not exists (
    select 1 from ${Membership} m
    where m.organisation_id = g.organisation_id and m.user_id = g.user_id and m.employment = 'left')
  union all select g.organisation_id, 'past', null, '', null, g.granted_at, '' from ${RoleGrant} g
  where g.user_id = $1 and g.ended_at > $2 and g.role <> 'instructor'
  union all select f.id, 'former', null, '', null, 0, '' from ${User} f where f.merged_into = $1`;

// In one statement, which runs with each visit of somebody who was not here a moment ago: the person, once for each thing that they hold.
const HOLDERS = sql`select ${PERSON_COLUMNS}, ${orNull<Held>({ text: 'h.*' })} from ${User} u left join (${HELD}) h on true
  where u.id = $1 and ${CAN_SIGN_IN}`;

/** For how long (ms) a role that has ended is counted among those that ask for a second factor: giving it again puts nothing off. */
const REMEMBERED = 365 * 86_400_000;

/**
 * The person behind a session, with the memberships and the grants that count at `now` (epoch ms); null when gone or
 * blocked. One who was read within the last five seconds is taken from the cache. `at`: now, in elapsed milliseconds.
 */
export async function loadActor(userId: string, now: number, at = performance.now()): Promise<Actor | null> {
  return recallActor(userId, at) ?? readActor(userId, now, at);
}

async function readActor(userId: string, now: number, at: number): Promise<Actor | null> {
  const keep = recentActors().reading(at);
  const found = await rows(HOLDERS, [userId, now - REMEMBERED]);
  const [first] = found;
  if (!first) return null;
  const person = personIn(first);
  const held = found.filter(isHeld);
  const rights = rightsAmong(held, now);
  const actor = { id: userId, ...person, ...rights, factorAskedFrom: askedFrom(person, held) };
  // Administrators are read for each request: their role ends at once, whichever process ends it.
  if (!actor.isAdministrator) keep(userId, actor);
  return actor;
}

/** A person who holds nothing is one row without it. */
const isHeld = (found: { organisationId: string | null }): found is Held => found.organisationId !== null;

function rightsAmong(held: readonly Held[], now: number): Pick<Actor, 'memberships' | 'grants' | 'former'> {
  const former = held.flatMap(({ role, organisationId }) => (role === 'former' ? organisationId : []));
  return {
    ...(former.length > 0 && { former }),
    memberships: held.flatMap(({ role, organisationId }) => (role === null ? organisationId : [])),
    grants: held.flatMap(({ role, organisationId, unitId, ...days }) =>
      role !== null && role !== 'former' && role !== 'past' && countsAt(days, now)
        ? { role, organisationId, unitId }
        : [],
    ),
  };
}

/** From when a role asks for a second factor: the first that was given and held in the last twelve months, unless the person administers the installation. */
function askedFrom(
  { isAdministrator, factorAskedFrom = 0 }: Pick<Actor, 'isAdministrator' | 'factorAskedFrom'>,
  held: readonly Held[],
): number {
  const given = held
    .filter(({ grantedAt, role }) => grantedAt > 0 && role !== 'instructor')
    .map(each => each.grantedAt);
  return isAdministrator || given.length === 0
    ? factorAskedFrom
    : Math.max(factorAskedFrom, Math.min(...given));
}

/** Whether a grant counts: days are days in its organisation's zone, and it no longer does on its `untilDay`. */
function countsAt(
  { fromDay, untilDay, timeZone }: Pick<Held, 'fromDay' | 'untilDay' | 'timeZone'>,
  now: number,
) {
  const today = dayOf(now, timeZone);
  return fromDay <= today && (untilDay === null || today < untilDay);
}
