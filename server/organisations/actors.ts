import { findPerson, recallActor, recentActors } from '../accounts/people.js';
import { rows } from '../db/rows.js';
import { as, columns, sql } from '../db/sql.js';
import { text } from '../db/table.js';
import type { Actor } from '../policy.js';
import { Membership, RoleGrant } from './tables.js';

const CURRENT_MEMBERSHIPS = sql`
  select ${columns(Membership, 'm', 'organisationId')}, 'learner' ${as('role', text())} from ${Membership} m
  where m.user_id = $1 and m.employment <> 'left'
  union all select ${columns(RoleGrant, 'g', 'organisationId', 'role')} from ${RoleGrant} g
  where g.user_id = $1 and g.ended_at is null`;

/**
 * The person behind a session, with memberships; null when gone or blocked. One who was read within the last five seconds
 * is taken from the cache. `at`: now, in elapsed milliseconds.
 */
export async function loadActor(userId: string, at = performance.now()): Promise<Actor | null> {
  return recallActor(userId, at) ?? readActor(userId, at);
}

async function readActor(userId: string, at: number): Promise<Actor | null> {
  const keep = recentActors().reading(at);
  const person = await findPerson(userId);
  if (!person) return null;
  const actor = { id: userId, ...person, memberships: await rows(CURRENT_MEMBERSHIPS, [userId]) };
  // Administrators are read for each request: their role ends at once, whichever process ends it.
  if (!actor.isAdministrator) keep(userId, actor);
  return actor;
}
