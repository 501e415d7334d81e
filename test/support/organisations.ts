import { daysAfter } from '../../server/lib/days.js';
import { findOrganisation, type OrganisationFacts } from '../../server/organisations/memberships.js';
import { addMember, type MemberOutcome } from '../../server/organisations/people/members.js';
import type { MemberChange } from '../../server/organisations/people/member-changes.js';
import type { UnitOutcome } from '../../server/organisations/units/change-tree.js';
import { openUnit } from '../../server/organisations/units/units.js';
import { otherOrganisation } from './roles.js';
import { write } from './rows.js';

/** The day on which verbs are called, in UTC, the zone of organisations that tests make. */
export const TODAY = '2026-06-15';
export const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);
export const inDays = (count: number): string => daysAfter(TODAY, count);

/** An organisation of its own, as verbs take it. */
export async function employer(): Promise<OrganisationFacts> {
  const organisation = await findOrganisation(await otherOrganisation());
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
