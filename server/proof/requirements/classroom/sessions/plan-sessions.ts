import { randomInt } from 'node:crypto';
import { insertOnce, row, rows } from '../../../../platform/db/rows.js';
import { sql } from '../../../../platform/db/sql.js';
import type { NewRow } from '../../../../platform/db/table.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { newId } from '../../../../platform/lib/ids.js';
import { holdOrganisation } from '../../../../people/organisations/hold-organisation.js';
import { CODE_LENGTH, CODE_LETTERS } from '../../../../people/organisations/joining/code-text.js';
import { ClassroomSession } from '../tables.js';

/** In which organisation something is done, by whom, and when (epoch ms). */
export interface TaughtBy {
  readonly organisation: { readonly id: string; readonly timeZone: string };
  readonly actorId: string;
  readonly now: number;
}

/** What somebody plans. Either `instructorId` (an account) or a visitor's name and the number of their licence. */
export interface PlannedSession extends Pick<
  NewRow<typeof ClassroomSession>,
  'courseSlug' | 'place' | 'day' | 'time' | 'minutes'
> {
  readonly unitId: string | null;
  readonly capacity: number | null;
  readonly controlNumber: string | null;
  readonly instructorId: string | null;
  readonly visitorName: string | null;
  readonly visitorLicence: string | null;
  readonly points: readonly string[];
}

/** Plan a classroom session. Returns its id. */
export const planSession = (
  asked: PlannedSession,
  { organisation, actorId, now }: TaughtBy,
): Promise<string> =>
  inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const { points, ...facts } = asked;
    const planned = { id: newId(), organisationId: organisation.id, ...facts };
    const made = { ...planned, points: JSON.stringify(points), plannedBy: actorId, plannedAt: now };
    while (!(await insertOnce(ClassroomSession, { ...made, code: anyCode() })));
    const { id: sessionId } = planned;
    const news = { sessionId, courseSlug: asked.courseSlug, day: asked.day, time: asked.time };
    await record('classroom.planned', news, { actorId, organisationId: organisation.id, now });
    return sessionId;
  });

const anyCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');

const CHANGE = sql`update ${ClassroomSession} set course_slug = $1, unit_id = $2, place = $3, day = $4, time = $5,
    minutes = $6, capacity = $7, control_number = $8, instructor_id = $9, visitor_name = $10, visitor_licence = $11,
    points = $12, revision = revision + 1
  where id = $13 and organisation_id = $14 and signed_at is null and ended_at is null returning id`;

/** Change a session that nobody has signed. Those on its list are told. Returns false where it was signed or cancelled meanwhile. */
export const changeSession = (
  sessionId: string,
  asked: PlannedSession,
  { organisation, actorId, now }: TaughtBy,
): Promise<boolean> =>
  inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const { courseSlug, unitId, place, day, time, minutes, capacity, controlNumber } = asked;
    const changed = await row(CHANGE, [
      ...[courseSlug, unitId, place, day, time, minutes, capacity, controlNumber],
      ...[asked.instructorId, asked.visitorName, asked.visitorLicence, JSON.stringify(asked.points)],
      ...[sessionId, organisation.id],
    ]);
    if (!changed) return false;
    const news = { sessionId, courseSlug, day, time };
    await record('classroom.changed', news, { actorId, organisationId: organisation.id, now });
    return true;
  });

const CANCEL = sql`update ${ClassroomSession} set ended_at = $1
  where id = $2 and organisation_id = $3 and signed_at is null and ended_at is null returning id`;

/** Cancel a session that nobody has signed. Those on its list are told. Returns whether it was still on. */
export const cancelSession = (
  sessionId: string,
  { organisation, actorId, now }: TaughtBy,
): Promise<boolean> =>
  inTransaction(async () => {
    await holdOrganisation(organisation.id);
    if ((await rows(CANCEL, [now, sessionId, organisation.id])).length === 0) return false;
    await record('classroom.cancelled', { sessionId }, { actorId, organisationId: organisation.id, now });
    return true;
  });
