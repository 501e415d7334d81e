import { setImmediate as breathe } from 'node:timers/promises';
import { dayOf } from '../../../platform/lib/days.js';
import { newOrderedId } from '../../../platform/lib/ids.js';
import type { Zoned } from '../../../people/organisations/people/stored-members.js';
import type { Interval } from '../standing-interval.js';
import { timeline } from '../timeline/timeline.js';
import type { ReckoningLane } from './lane.js';
import { keyOf, loadAssignments } from './load-assignments.js';
import { assignmentsOf, differences, storedIntervals, type Reckoned } from './stored-intervals.js';
import { writeChanged, type ChangedAssignment } from './write-intervals.js';

/** Reckon the standings of some memberships, at most 500, and write what differs. Returns how many assignments differed. */
export async function reckon(lane: ReckoningLane, of: Reckoned, now: number): Promise<number> {
  const changed = await changedAssignments(lane.organisation, of, now);
  await writeChanged(lane, changed, { now, today: dayOf(now, lane.organisation.timeZone) });
  return changed.length;
}

/** What is stored differently from what is reckoned. Writes nothing. */
export async function changedAssignments(
  organisation: Zoned,
  of: Reckoned,
  now: number,
): Promise<ChangedAssignment[]> {
  if (of.membershipIds.length === 0) return [];
  const loaded = await loadAssignments(organisation, of);
  const ids = new Map((await assignmentsOf(of)).map(each => [keyOf(each), each.id]));
  const stored = await storedIntervals(of);
  const changed: ChangedAssignment[] = [];
  for (const [at, { requirementId, membershipId, facts }] of loaded.entries()) {
    if (at % BREATH === 0) await breathe();
    const known = ids.get(keyOf({ requirementId, membershipId }));
    const { retired, added } = differences(known ? (stored.get(known) ?? []) : [], timeline(facts));
    if (retired.length === 0 && added.length === 0) continue;
    changed.push({
      id: known ?? newOrderedId(now),
      isNew: known === undefined,
      requirementId,
      membershipId,
      retired,
      added,
    });
  }
  return changed;
}

/** After so many timelines whoever waits for this process has a turn. */
const BREATH = 20;

/**
 * How one person stands with each requirement that ever meant them, by the function and not by what is stored: a learner's page
 * waits for nobody. In the order of the requirements' ids. `until`: the last day that is asked for; null: every day.
 */
export async function reckonMember(
  organisation: Zoned,
  membershipId: string,
  until: string | null = null,
): Promise<{ requirementId: string; intervals: Interval[] }[]> {
  const loaded = await loadAssignments(organisation, { membershipIds: [membershipId] });
  return loaded
    .map(({ requirementId, facts }) => ({ requirementId, intervals: timeline(facts, until) }))
    .filter(({ intervals }) => intervals.length > 0);
}
