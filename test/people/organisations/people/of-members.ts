import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { bySystem, TODAY } from '../../../support/organisations.js';
import { row, rows } from '../../../support/rows.js';

/** A change of a membership as the verbs take it, from today unless another day is named. */
export const of = (organisation: OrganisationFacts, membershipId: string, fromDay = TODAY) => ({
  organisation,
  membershipId,
  fromDay,
  ...bySystem(),
});

/** Where somebody is placed on a day, as it is said now or was said at a moment. */
export const placesOn = (membershipId: string, day: string, saidAt = Number.MAX_SAFE_INTEGER) =>
  rows<{ unit: string; job: string | null; home: boolean }>(
    `select unit_id as unit, job from placements where membership_id = $1 and from_day <= $2 and (to_day is null or to_day > $2)
     and recorded_at <= $3 and (retired_at is null or retired_at > $3) order by is_home desc, unit_id`,
    [membershipId, day, saidAt],
  );

/** The units from which somebody is seen. */
export async function reachOf(membershipId: string): Promise<string[]> {
  const found = await rows<{ unit: string }>(
    'select unit_id as unit from placements where membership_id = $1 and has_reach order by is_home desc',
    [membershipId],
  );
  return found.map(each => each.unit);
}

export async function employmentOf(membershipId: string): Promise<string | undefined> {
  const found = await row<{ employment: string }>('select employment from memberships where id = $1', [
    membershipId,
  ]);
  return found?.employment;
}
