import { personChanged } from '../../accounts/people.js';
import { sql } from '../../../platform/db/sql.js';
import { dayOf } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import { endRolesOfLeavers } from '../grants/leavers-roles.js';
import { forEachOf, insertMany } from '../many-rows.js';
import { Membership, MembershipFact, Placement } from '../tables.js';
import { noteChanged } from './changed-members.js';
import { endSessionsOfLeavers } from './leavers.js';
import { factsOn, placesWithReach, type MemberFacts, type MemberPlace } from './member-facts.js';
import type { StoredMember, Zoned } from './stored-members.js';
import { refreshUnitMembers } from './unit-members.js';

/** What is said of a membership before and after a change; `isNew`: it is not stored yet, and is listed by this name. */
export interface ChangedMember {
  readonly before: StoredMember;
  readonly after: MemberFacts;
  readonly isNew?: boolean;
  readonly sortName?: string;
}

/** Who changes it, and when (epoch ms). */
export interface SaidBy {
  readonly actorId: string | null;
  readonly now: number;
}

/** As who and when, in which organisation, and which day it is there. */
interface Saying extends SaidBy {
  readonly organisationId: string;
  readonly today: string;
}

/**
 * Store what changed, with about as few statements for many as for one: rows that are no longer said are retired, new ones
 * are inserted, and today's views follow. Joins the transaction of whoever holds the organisation.
 */
export async function writeMembers(
  { id: organisationId, timeZone }: Zoned,
  members: readonly ChangedMember[],
  by: SaidBy,
): Promise<void> {
  const saying = { ...by, organisationId, today: dayOf(by.now, timeZone) };
  await writeMemberships(members, saying);
  await writeFacts(members, saying);
  await writePlaces(members, saying);
  await noteChanged(members.filter(isChanged).map(idOf), saying);
}

const idOf = ({ before }: ChangedMember): string => before.id;

/** Whether anything is said of a member that was not said before, or no more. */
const isChanged = ({ before, after, isNew }: ChangedMember): boolean =>
  isNew === true ||
  [...after.facts, ...after.places].some(isUnstored) ||
  gone(before.facts, after.facts).length + gone(before.places, after.places).length > 0;

async function writeMemberships(
  all: readonly ChangedMember[],
  { organisationId, today, now, actorId }: Saying,
) {
  const views = all.map(({ after, ...member }) => ({ ...member, view: factsOn(after, today) }));
  const added = views.filter(({ isNew }) => isNew);
  await insertMany(
    Membership,
    added.map(({ before: { id, userId }, sortName = '', view }) => ({
      ...{ id, organisationId, userId, ...view, sortName, createdAt: now },
    })),
  );
  const moved = views.filter(
    ({ before, isNew, view }) =>
      !isNew &&
      (before.employment !== view.employment ||
        before.hiredOn !== view.hiredOn ||
        before.lacksJob !== view.lacksJob),
  );
  for (const [{ employment, hiredOn, lacksJob }, ids] of byView(moved))
    await forEachOf(
      ids,
      [employment, hiredOn, lacksJob],
      list =>
        sql`update ${Membership} set employment = $1, hired_on = $2, lacks_job = $3 where id in (${list})`,
    );
  const left = moved.filter(({ before, view }) => before.employment !== 'left' && view.employment === 'left');
  const leavers = left.flatMap(({ before }) => before.userId ?? []);
  await endSessionsOfLeavers(leavers, organisationId);
  await endRolesOfLeavers(leavers, { organisationId, today, now, actorId });
  for (const { before } of moved) if (before.userId) personChanged(before.userId);
}

type View = ReturnType<typeof factsOn>;

/** The ids for each view, so that one statement writes all that are alike. */
function byView(moved: readonly { before: StoredMember; view: View }[]): Iterable<[View, string[]]> {
  const alike = new Map<string, [View, string[]]>();
  for (const { before, view } of moved) {
    const key = `${view.employment} ${view.hiredOn} ${view.lacksJob}`;
    const known = alike.get(key) ?? [view, []];
    known[1].push(before.id);
    alike.set(key, known);
  }
  return alike.values();
}

async function writeFacts(all: readonly ChangedMember[], { organisationId, now, actorId }: Saying) {
  const retired = all.flatMap(({ before, after }) => gone(before.facts, after.facts));
  await forEachOf(
    retired,
    [now],
    list => sql`update ${MembershipFact} set retired_at = $1 where id in (${list})`,
  );
  const added = all.flatMap(({ before, after }) =>
    after.facts.filter(isUnstored).map(({ kind, value, fromDay, toDay }) => ({
      ...{ id: newId(), membershipId: before.id, organisationId, kind, value, fromDay, toDay },
      ...{ recordedAt: now, actorId },
    })),
  );
  await insertMany(MembershipFact, added);
}

const writePlaces = (all: readonly ChangedMember[], saying: Saying): Promise<void> =>
  refreshUnitMembers(all.filter(member => isSeenElsewhere(member, saying.today)).map(idOf), () =>
    writePlacements(all, saying),
  );

async function writePlacements(all: readonly ChangedMember[], saying: Saying) {
  const retired = all.flatMap(({ before, after }) => gone(before.places, after.places));
  await forEachOf(
    retired,
    [saying.now, false],
    list => sql`update ${Placement} set retired_at = $1, has_reach = $2 where id in (${list})`,
  );
  await insertMany(
    Placement,
    all.flatMap(member => newPlaces(member, saying)),
  );
  for (const hasReach of [true, false]) {
    const turned = all.flatMap(member => turnedReach(member, saying.today, hasReach));
    await forEachOf(
      turned,
      [hasReach],
      list => sql`update ${Placement} set has_reach = $1 where id in (${list})`,
    );
  }
}

/** Whether other placements have reach than before. */
const isSeenElsewhere = ({ before, after }: ChangedMember, today: string): boolean => {
  const reach = [...placesWithReach(after.places, today)];
  return reach.length !== before.reach.size || reach.some(({ id }) => id === null || !before.reach.has(id));
};

function newPlaces({ before, after }: ChangedMember, { organisationId, now, actorId, today }: Saying) {
  const reach = placesWithReach(after.places, today);
  return after.places.filter(isUnstored).map(place => ({
    ...{ id: newId(), membershipId: before.id, organisationId, ...place.value, isHome: place.isHome },
    ...{ fromDay: place.fromDay, toDay: place.toDay, hasReach: reach.has(place) },
    ...{ recordedAt: now, actorId },
  }));
}

/** The ids of the stored placements that gain reach, or lose it. */
function turnedReach({ before, after }: ChangedMember, today: string, gains: boolean): string[] {
  const reach = placesWithReach(after.places, today);
  const has = (place: MemberPlace) => reach.has(place) === gains;
  return after.places.flatMap(place =>
    place.id !== null && has(place) && before.reach.has(place.id) !== gains ? place.id : [],
  );
}

const isUnstored = ({ id }: { readonly id: string | null }): boolean => id === null;

const gone = <R extends { readonly id: string | null }>(
  before: readonly R[],
  after: readonly R[],
): string[] => before.flatMap(row => (row.id !== null && !after.includes(row) ? row.id : []));
