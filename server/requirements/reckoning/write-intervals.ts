import { insertOnce, rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { isOn } from '../../lib/dated.js';
import { newId } from '../../lib/ids.js';
import { forEachOf, insertMany } from '../../organisations/many-rows.js';
import type { Interval } from '../standing-interval.js';
import { Assignment, RequirementDay, StandingInterval } from '../tables.js';
import { addCounts, type CountedPeople } from './counts.js';
import { inReckoningLane, type ReckoningLane } from './lane.js';
import { becauseOf, type StoredInterval } from './stored-intervals.js';

/** What differs between what is stored of an assignment and what was reckoned. */
export interface ChangedAssignment {
  readonly id: string;
  /** It is stored with its first interval. */
  readonly isNew: boolean;
  readonly requirementId: string;
  readonly membershipId: string;
  readonly retired: readonly StoredInterval[];
  readonly added: readonly Interval[];
}

/** Rows of one transaction: nobody else who writes waits longer than these take. */
const MOST_ROWS = 400;

/** Write what changed, with the counts that follow, in short transactions; each leaves intervals and counts in agreement. */
export async function writeChanged(
  lane: ReckoningLane,
  changed: readonly ChangedAssignment[],
  { now, today }: { now: number; today: string },
): Promise<void> {
  let part: ChangedAssignment[] = [];
  let size = 0;
  for (const each of changed) {
    part.push(each);
    size += each.retired.length + each.added.length;
    if (size < MOST_ROWS) continue;
    await writePart(lane, part, { now, today });
    [part, size] = [[], 0];
  }
  if (part.length > 0) await writePart(lane, part, { now, today });
}

const writePart = (
  lane: ReckoningLane,
  part: readonly ChangedAssignment[],
  { now, today }: { now: number; today: string },
): Promise<void> =>
  inReckoningLane(lane, async () => {
    const organisationId = lane.organisation.id;
    await insertMany(
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
    await insertMany(
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
  interval: Interval,
  now: number,
) => ({
  ...{ id: newId(), organisationId, requirementId, assignmentId, membershipId, unitId: interval.unitId },
  ...{ standing: interval.standing, dueDay: interval.dueDay, because: becauseOf(interval) },
  ...{ fromDay: interval.fromDay, toDay: interval.toDay, recordedAt: now },
});

/** Each requirement is counted up to a day of its own; a new one begins today. */
async function countChanged(
  organisationId: string,
  part: readonly ChangedAssignment[],
  today: string,
): Promise<void> {
  for (const requirementId of new Set(part.map(each => each.requirementId))) {
    await insertOnce(RequirementDay, { requirementId, organisationId, day: today });
    const [counted] = await rows(DAY, [requirementId]);
    const day = counted?.day ?? today;
    const own = part.filter(each => each.requirementId === requirementId);
    await addCounts(
      organisationId,
      own.flatMap(each => movedIn(each, day)),
      day,
    );
  }
}

const DAY = sql`select ${columns(RequirementDay, 'd', 'day')} from ${RequirementDay} d where d.requirement_id = $1`;

/** Out of the count by what was said of the day, into it by what is said now. */
const movedIn = ({ requirementId, retired, added }: ChangedAssignment, day: string): CountedPeople[] => [
  ...retired
    .filter(each => isOn(each, day))
    .map(({ standing, unitId }) => ({ requirementId, standing, unitId, people: -1 })),
  ...added
    .filter(each => isOn(each, day))
    .map(({ standing, unitId }) => ({ requirementId, standing, unitId, people: 1 })),
];
