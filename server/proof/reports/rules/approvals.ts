import { insert, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { ContentApproval } from './tables.js';

/** An approval as it is read. `toDay`: the first day on which it is over; null: it names none. */
export type ApprovalRow = Readonly<
  Pick<
    Row<typeof ContentApproval>,
    'id' | 'ruleId' | 'authority' | 'number' | 'courseSlug' | 'version' | 'fromDay' | 'toDay' | 'recordedAt'
  >
>;

export type NewApproval = Omit<ApprovalRow, 'id' | 'recordedAt'>;

/** Whose approval it is, who records it, and when (epoch ms). */
interface RecordedFor {
  readonly organisationId: string;
  readonly actorId: string;
  readonly now: number;
}

/** Record that an authority approved a version of a course. */
export const recordApproval = (
  approval: NewApproval,
  { organisationId, actorId, now }: RecordedFor,
): Promise<void> =>
  inTransaction(async () => {
    const id = newId();
    await insert(ContentApproval, { id, organisationId, ...approval, recordedAt: now, actorId });
    const { ruleId, courseSlug, version, fromDay, toDay } = approval;
    const news = { approvalId: id, ruleId, courseSlug, version, fromDay, toDay };
    await record('content-approval.recorded', news, { organisationId, actorId, now });
  });

const RETIRE = sql`update ${ContentApproval} set retired_at = $1, retired_by = $2
  where id = $3 and organisation_id = $4 and retired_at is null
  returning ${columns(ContentApproval, ContentApproval.table, 'ruleId')}`;

/** Take an approval back that was entered in error. Returns whether there was one. */
export const removeApproval = (
  approvalId: string,
  { organisationId, actorId, now }: RecordedFor,
): Promise<boolean> =>
  inTransaction(async () => {
    const [found] = await rows(RETIRE, [now, actorId, approvalId, organisationId]);
    if (!found) return false;
    const news = { approvalId, ruleId: found.ruleId };
    await record('content-approval.removed', news, { organisationId, actorId, now });
    return true;
  });

const APPROVALS = sql`select ${columns(ContentApproval, 'a', 'id', 'ruleId', 'authority', 'number')},
    ${columns(ContentApproval, 'a', 'courseSlug', 'version', 'fromDay', 'toDay', 'recordedAt')}
  from ${ContentApproval} a where a.organisation_id = $1`;

/** The approvals that an organisation has recorded for a rule and not taken back, the newest first. */
export const approvalsFor = (organisationId: string, ruleId: string): Promise<ApprovalRow[]> =>
  rows(sql`${APPROVALS} and a.rule_id = $2 and a.retired_at is null order by a.from_day desc, a.id`, [
    organisationId,
    ruleId,
  ]);

/**
 * All approvals of an organisation, as we said it at `knownAt` (epoch ms): for packs and rooms. Which of them were in force for a
 * version of a course on a day says `isInForce`.
 */
export const approvalsKnownAt = (organisationId: string, knownAt: number): Promise<ApprovalRow[]> =>
  rows(
    sql`${APPROVALS} and a.recorded_at <= $2 and (a.retired_at is null or a.retired_at > $2)
        order by a.course_slug, a.version, a.from_day, a.id`,
    [organisationId, knownAt],
  );

/** Whether an approval was in force for a version of a course on a day. */
export const isInForce = (
  { courseSlug, version, ...days }: Pick<ApprovalRow, 'courseSlug' | 'version' | 'fromDay' | 'toDay'>,
  on: { readonly courseSlug: string; readonly version: number | null; readonly day: string },
): boolean => courseSlug === on.courseSlug && version === on.version && covers(days, on.day);

/** Whether an approval covers a day, whatever it approves. */
export const covers = ({ fromDay, toDay }: Pick<ApprovalRow, 'fromDay' | 'toDay'>, day: string): boolean =>
  fromDay <= day && (toDay === null || day < toDay);
