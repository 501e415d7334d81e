import { insertAll, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { amend, type Span } from '../../../platform/lib/dated.js';
import { newId } from '../../../platform/lib/ids.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { forEachOf } from '../../../people/organisations/many-rows.js';
import { AssignmentMark } from '../tables.js';
import type { OfAssignment } from './of-assignment.js';

/** `none`: the audience decides again. */
export type HandMark = 'added' | 'removed' | 'none';

interface MarkSpan extends Span<'added' | 'removed'> {
  readonly id: string;
}

const MARKS = sql`select ${columns(AssignmentMark, 'k', 'id', 'mark', 'fromDay', 'toDay')} from ${AssignmentMark} k
  where k.membership_id = $1 and k.requirement_id = $2 and k.retired_at is null`;

/**
 * Add somebody to a requirement or take them out of it by hand, from a day on and for good, whatever its audience says.
 * Returns whether anything changed.
 */
export function markPerson(of: OfAssignment, mark: HandMark, fromDay: string): Promise<boolean> {
  return inTransaction(async () => {
    const { organisation, requirementId, membershipId, actorId, now } = of;
    await holdOrganisation(organisation.id);
    const stored = await storedMarks(of);
    const value = mark === 'none' ? null : mark;
    const { retired, added } = amend(stored, { fromDay, toDay: null, value });
    if (retired.length === 0 && added.length === 0) return false;
    await retire(retired, now);
    const own = { requirementId, membershipId, organisationId: organisation.id };
    await insertAll(
      AssignmentMark,
      added.map(({ value: each, ...days }) => ({
        id: newId(),
        ...own,
        mark: each,
        ...days,
        recordedAt: now,
        actorId,
      })),
    );
    const news = { requirementId, membershipId, mark, fromDay };
    await record('assignment.marked', news, { organisationId: organisation.id, actorId, now });
    return true;
  });
}

const storedMarks = async ({ membershipId, requirementId }: OfAssignment): Promise<MarkSpan[]> =>
  (await rows(MARKS, [membershipId, requirementId])).map(({ mark, ...span }) => ({ ...span, value: mark }));

const retire = (marks: readonly MarkSpan[], now: number): Promise<void> =>
  forEachOf(
    marks.map(({ id }) => id),
    [now],
    list => sql`update ${AssignmentMark} set retired_at = $1 where id in (${list})`,
  );
