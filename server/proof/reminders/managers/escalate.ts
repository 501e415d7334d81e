import { insertAllOnce, rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { newId } from '../../../platform/lib/ids.js';
import { nearestManagers } from '../../../people/organisations/grants/nearest-managers.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { Membership } from '../../../people/organisations/tables.js';
import { StandingInterval } from '../../requirements/tables.js';
import { BATCH, requirementsInForce } from '../duties/due-reminders.js';
import { countMailed, ESCALATED } from '../duties/mail-counts.js';
import { lastingDuties, notEscalated } from './lasting-duties.js';
import { DutyEscalation } from './tables.js';

/** A day in the zone of an organisation, and the moment at which it is gone through (epoch ms). */
interface GoneThrough {
  readonly organisationId: string;
  readonly day: string;
  readonly now: number;
}

/**
 * Tell whoever manages a person that a duty of theirs stays overdue, once for each due day, and in one mail a day to each manager.
 * Where nobody manages somebody yet, it is tried again the next day.
 */
export async function escalate(of: GoneThrough): Promise<void> {
  for (const { requirementId } of await requirementsInForce(of.organisationId, of.day))
    for (let after: string | null = ''; after !== null;) after = await escalateSome(requirementId, after, of);
  for (let count = BATCH; count === BATCH;) count = await announceSome(of);
}

/** Of `BATCH` duties at most, after the assignment `after`. Returns after which it goes on; null: all are done. */
const escalateSome = (requirementId: string, after: string, of: GoneThrough): Promise<string | null> =>
  inTransaction(async () => {
    await holdOrganisation(of.organisationId);
    const due = await lastingAfter(requirementId, after, of.day);
    const managers = await nearestManagers(of.organisationId, due, of.day);
    const told = due.flatMap(({ userId: _own, dueDay, ...duty }) =>
      (managers.get(duty.membershipId) ?? []).map(userId => ({
        ...{ id: newId(), ...duty, dueDay: dueDay ?? '', userId },
        ...{ organisationId: of.organisationId, day: of.day, recordedAt: of.now },
      })),
    );
    for (const part of chunks(told, 20)) await insertAllOnce(DutyEscalation, part);
    const duties = new Set(told.map(({ assignmentId }) => assignmentId)).size;
    await countMailed({ ...of, stage: ESCALATED, outcome: 'due', duties });
    return due.length < BATCH ? null : (due.at(-1)?.assignmentId ?? null);
  });

function lastingAfter(requirementId: string, after: string, day: string) {
  const { from, params, next } = lastingDuties(requirementId, day);
  return rows(
    sql`select ${columns(StandingInterval, 'i', 'assignmentId', 'membershipId', 'requirementId', 'dueDay')},
          ${columns(Membership, 'm', 'userId')}
        ${from} and ${notEscalated(sql`i`)} and i.assignment_id > $${next} order by i.assignment_id limit ${BATCH}`,
    [...params, after],
  );
}

const UNANNOUNCED = sql`select distinct ${columns(DutyEscalation, 'e', 'userId')} from ${DutyEscalation} e
  where e.organisation_id = $1 and e.announced_at is null order by e.user_id limit ${BATCH}`;

const announceSome = ({ organisationId, day, now }: GoneThrough): Promise<number> =>
  inTransaction(async () => {
    await holdOrganisation(organisationId);
    const ids = (await rows(UNANNOUNCED, [organisationId])).map(({ userId }) => userId);
    if (ids.length === 0) return 0;
    await rows(
      sql`update ${DutyEscalation} set announced_at = $1
          where announced_at is null and organisation_id = $2 and user_id in (${parameters(ids.length, 3)})`,
      [now, organisationId, ...ids],
    );
    for (const userId of ids)
      await record(
        'duties.escalated',
        { userId, day, announcedAt: now },
        { actorId: null, organisationId, now },
      );
    return ids.length;
  });
