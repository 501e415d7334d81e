import { forgetPerson } from '../../server/accounts/people.js';
import { newId } from '../../server/lib/ids.js';
import type { Person } from './people.js';
import { row, write } from './rows.js';

/** Makes a unit of an organisation, at its top or below another unit. */
export async function unitIn(organisationId: string, above: string | null = null): Promise<string> {
  const id = newId();
  await write(
    `insert into units (id, organisation_id, parent_id, name, created_at) values ($1, $2, $3, 'A unit', 1)`,
    [id, organisationId, above],
  );
  await write('insert into unit_ancestors (unit_id, ancestor_id, depth) values ($1, $1, 0)', [id]);
  await write(
    `insert into unit_ancestors (unit_id, ancestor_id, depth)
     select u.id, a.ancestor_id, a.depth + 1 from units u join unit_ancestors a on a.unit_id = u.parent_id where u.id = $1`,
    [id],
  );
  return id;
}

/** Makes a person a member of an organisation. Returns the id of the membership. */
export async function memberOf({ id: userId }: Pick<Person, 'id'>, organisationId: string): Promise<string> {
  await write(
    `insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $3, 1) on conflict do nothing`,
    [newId(), organisationId, userId],
  );
  forgetPerson(userId);
  const membership = await row<{ id: string }>(
    'select id from memberships where user_id = $1 and organisation_id = $2',
    [userId, organisationId],
  );
  return membership?.id ?? '';
}

/** Lets a person work in a unit, as a member of its organisation. Returns the id of the membership. */
export async function placeIn(somebody: Pick<Person, 'id'>, unit: string): Promise<string> {
  const found = await row<{ id: string }>('select organisation_id as id from units where id = $1', [unit]);
  const organisationId = found?.id ?? '';
  const membership = await memberOf(somebody, organisationId);
  await write(
    `insert into placements (id, membership_id, organisation_id, unit_id, from_day, has_reach, recorded_at)
     values ($1, $2, $3, $4, '2026-01-01', $5, 1)`,
    [newId(), membership, organisationId, unit, true],
  );
  return membership;
}
