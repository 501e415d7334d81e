import { recentActors } from '../../server/people/accounts/people.js';
import { inTransaction } from '../../server/platform/db/transaction.js';
import { daysAfter } from '../../server/platform/lib/days.js';
import { newId } from '../../server/platform/lib/ids.js';
import { insertMany } from '../../server/people/organisations/many-rows.js';
import { findOrganisation, type OrganisationFacts } from '../../server/people/organisations/memberships.js';
import { addMember, type MemberOutcome } from '../../server/people/organisations/people/members.js';
import type { MemberChange } from '../../server/people/organisations/people/member-changes.js';
import type { UnitOutcome } from '../../server/people/organisations/units/change-tree.js';
import { refreshUnitMembers } from '../../server/people/organisations/people/unit-members.js';
import { Unit, UnitAncestor, UnitFact } from '../../server/people/organisations/tables.js';
import { treeChanged } from '../../server/people/organisations/units/kept-trees.js';
import { openUnit } from '../../server/people/organisations/units/units.js';
import type { Person } from './people.js';
import { otherOrganisation } from './roles.js';
import { row, rows, write } from './rows.js';

/** The day on which verbs are called, in UTC, the zone of organisations that tests make. */
export const TODAY = '2026-06-15';
export const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);
export const inDays = (count: number): string => daysAfter(TODAY, count);

/** An organisation of its own, as verbs take it. */
export const employer = async (): Promise<OrganisationFacts> => factsOf(await otherOrganisation());

async function factsOf(id: string): Promise<OrganisationFacts> {
  const organisation = await findOrganisation(id);
  if (!organisation) throw new Error('The organisation is gone');
  return organisation;
}

/** Done by the system, today at noon. */
export const bySystem = () => ({ actorId: null, now: noon(TODAY) });

/** The id of a unit that is open since long ago. */
export async function unit(
  organisation: OrganisationFacts,
  name: string,
  {
    below = null,
    fromDay = '2020-01-01',
    code = null,
  }: { below?: string | null; fromDay?: string; code?: string | null } = {},
): Promise<string> {
  const opened = await openUnit({ organisation, ...bySystem() }, { name, code, parentId: below, fromDay });
  return idIn(opened);
}

/** The id of a unit of the organisation with this id, at its top or below another unit. */
export const unitIn = async (organisationId: string, below: string | null = null): Promise<string> =>
  unit(await factsOf(organisationId), `Unit ${newId()}`, { below });

/** Makes somebody with an account a member of an organisation. Returns the id of the membership. */
export async function memberOf({ id: userId }: Pick<Person, 'id'>, organisationId: string): Promise<string> {
  await write(
    `insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $3, 1) on conflict do nothing`,
    [newId(), organisationId, userId],
  );
  recentActors().remove(userId);
  const membership = await row<{ id: string }>(
    'select id from memberships where user_id = $1 and organisation_id = $2',
    [userId, organisationId],
  );
  return membership?.id ?? '';
}

/** Lets somebody with an account work in a unit, as a member of its organisation. Returns the id of the membership. */
export async function placeIn(somebody: Pick<Person, 'id'>, unitId: string): Promise<string> {
  const found = await row<{ id: string }>('select organisation_id as id from units where id = $1', [unitId]);
  const organisationId = found?.id ?? '';
  const membership = await memberOf(somebody, organisationId);
  await inTransaction(() =>
    refreshUnitMembers([membership], () =>
      rows(
        `insert into placements (id, membership_id, organisation_id, unit_id, from_day, has_reach, recorded_at)
         values ($1, $2, $3, $4, '2026-01-01', $5, 1)`,
        [newId(), membership, organisationId, unitId, true],
      ),
    ),
  );
  return membership;
}

/** So many units at the top, "Base 0" and so on, open since long ago. Returns their ids. */
export async function manyUnits(organisationId: string, count: number): Promise<string[]> {
  const units = Array.from({ length: count }, (_, at) => ({
    id: newId(),
    organisationId,
    name: `Base ${at}`,
  }));
  await inTransaction(async () => {
    await insertMany(
      Unit,
      units.map(unit => ({ ...unit, createdAt: 1 })),
    );
    await insertMany(
      UnitAncestor,
      units.map(({ id }) => ({ unitId: id, ancestorId: id, depth: 0 })),
    );
    const since = { fromDay: '2020-01-01', recordedAt: 1 };
    await insertMany(
      UnitFact,
      units.map(({ id: unitId, name }) => ({ id: newId(), unitId, organisationId, name, ...since })),
    );
    await treeChanged(organisationId);
  });
  return units.map(({ id }) => id);
}

/** The membership of somebody new, without a login. */
export async function member(
  organisation: OrganisationFacts,
  {
    name = 'Mara Lind',
    fromDay = '2024-01-01',
    staffNumber = null,
    ...added
  }: { name?: string; fromDay?: string; staffNumber?: string | null } & Pick<
    MemberChange,
    'hiredOn' | 'tags' | 'home'
  > = {},
): Promise<string> {
  const person = { name, email: null, staffNumber };
  const outcome = await addMember({ organisation, fromDay, ...bySystem() }, { person, ...added });
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.membershipId;
}

/** Links a membership to an account, as an accepted invitation does. */
export async function linked(membershipId: string, userId: string): Promise<void> {
  await write('update memberships set user_id = $1 where id = $2', [userId, membershipId]);
}

const idIn = (outcome: UnitOutcome): string => {
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.unitId;
};

export const reasonOf = (outcome: UnitOutcome | MemberOutcome): string | null =>
  outcome.kind === 'refused' ? outcome.reason : null;
