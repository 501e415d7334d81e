import { insertAllOnce, insertList, rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { isOn } from '../../../platform/lib/dated.js';
import { newOrderedId } from '../../../platform/lib/ids.js';
import { forEachOf } from '../../../people/organisations/many-rows.js';
import { Assignment, RequirementDay, StandingInterval } from '../tables.js';
import { addCounts, type CountedPeople } from './counts.js';
import { inReckoningLane, type ReckoningLane } from './lane.js';
import { FIRST_SIZE, nextSize, partOf } from './part-sizes.js';
import type { ReckonedInterval, StoredInterval } from './stored-intervals.js';

/** What differs between what is stored of an assignment and what was reckoned. */
export interface ChangedAssignment {
  readonly id: string;
  /** It is stored with its first interval. */
  readonly isNew: boolean;
  readonly requirementId: string;
  readonly membershipId: string;
  readonly retired: readonly StoredInterval[];
  readonly added: readonly ReckonedInterval[];
}

/** Write what changed, with the counts that follow, in short transactions; each leaves intervals and counts in agreement. */
export async function writeChanged(
  lane: ReckoningLane,
  changed: readonly ChangedAssignment[],
  { now, today }: { now: number; today: string },
): Promise<void> {
  let size = FIRST_SIZE;
  for (let done = 0; done < changed.length;) {
    const part = partOf(changed, done, size);
    const began = performance.now();
    await writePart(lane, part, { now, today });
    size = nextSize(size, performance.now() - began);
    done += part.length;
  }
}

const writePart = (
  lane: ReckoningLane,
  part: readonly ChangedAssignment[],
  { now, today }: { now: number; today: string },
): Promise<void> =>
  inReckoningLane(lane, async () => {
    const organisationId = lane.organisation.id;
    await insertList(
      Assignment,
      part
        .filter(({ isNew }) => isNew)
        .map(({ id, requirementId, membershipId }) => ({
          id,
          requirementId,
          membershipId,
          organisationId,
          createdAt: now,
        })),
    );
    const gone = part.flatMap(({ retired }) => retired.map(({ id }) => id));
    await forEachOf(
      gone,
      [now],
      list => sql`update ${StandingInterval} set retired_at = $1 where id in (${list})`,
    );
    await insertList(
      StandingInterval,
      part.flatMap(assignment =>
        assignment.added.map(added => rowOf(organisationId, assignment, added, now)),
      ),
    );
    await countChanged(organisationId, part, today);
  });

const rowOf = (
  organisationId: string,
  { id: assignmentId, requirementId, membershipId }: ChangedAssignment,
  interval: ReckonedInterval,
  now: number,
) => ({
  ...{
    id: newOrderedId(now),
    organisationId,
    requirementId,
    assignmentId,
    membershipId,
    unitId: interval.unitId,
  },
  ...{ standing: interval.standing, dueDay: interval.dueDay, because: interval.because },
  ...{ fromDay: interval.fromDay, toDay: interval.toDay, recordedAt: now },
});

/** Each requirement is counted up to a day of its own; a new one begins today. */
async function countChanged(
  organisationId: string,
  part: readonly ChangedAssignment[],
  today: string,
): Promise<void> {
  const ids = [...new Set(part.map(({ requirementId }) => requirementId))].sort();
  await insertAllOnce(
    RequirementDay,
    ids.map(requirementId => ({ requirementId, organisationId, day: today })),
  );
  const days = new Map((await rows(daysOf(ids.length), ids)).map(each => [each.requirementId, each.day]));
  const dayOf = ({ requirementId }: ChangedAssignment) => days.get(requirementId) ?? today;
  for (const day of new Set(part.map(dayOf))) {
    const counted = part.filter(each => dayOf(each) === day);
    await addCounts(
      organisationId,
      counted.flatMap(each => movedIn(each, day)),
      day,
    );
  }
}

const daysOf = (count: number) => sql`select ${columns(RequirementDay, 'd', 'requirementId', 'day')}
  from ${RequirementDay} d where d.requirement_id in (${parameters(count)})`;

/** Out of the count by what was said of the day, into it by what is said now. */
const movedIn = ({ requirementId, retired, added }: ChangedAssignment, day: string): CountedPeople[] => [
  ...retired
    .filter(each => isOn(each, day))
    .map(({ standing, unitId, dueDay }) => ({ requirementId, standing, unitId, dueDay, people: -1 })),
  ...added
    .filter(each => isOn(each, day))
    .map(({ standing, unitId, dueDay }) => ({ requirementId, standing, unitId, dueDay, people: 1 })),
];
