import { row, rows } from '../db/rows.js';
import type { CycleFacts } from '../learning/enrolments.js';
import { isId, newId } from '../lib/ids.js';
import type { DrawnSlot } from '../quizzes/drawing/draw-form.js';
import type { Answer } from '../questions/answer.js';
import type { Kind } from './kinds.js';

/** A measurement as verbs and routes pass it around. Times are epoch milliseconds. */
export interface MeasurementFacts {
  readonly id: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly cycleId: string;
  readonly courseVersionId: string;
  readonly kind: Kind;
  readonly form: readonly DrawnSlot[];
  readonly dueAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly skippedAt: number | null;
}

/** An answer that was kept; an empty one says "I do not know yet". */
export interface Given {
  readonly slot: number;
  readonly module: string;
  readonly points: number;
  readonly response: Answer;
}

const COLUMNS = `id, organisation_id as "organisationId", user_id as "userId", cycle_id as "cycleId",
  course_version_id as "courseVersionId", kind, form, due_at as "dueAt", started_at as "startedAt",
  finished_at as "finishedAt", skipped_at as "skippedAt"`;

type Row = Omit<MeasurementFacts, 'form'> & { form: string };
const fromRow = (found: Row): MeasurementFacts => ({ ...found, form: JSON.parse(found.form) as DrawnSlot[] });

/** All measurements of a round. */
export const measurementsOf = async (cycleId: string): Promise<MeasurementFacts[]> =>
  (await rows<Row>(`select ${COLUMNS} from measurements where cycle_id = $1`, [cycleId])).map(fromRow);

/** One measurement of a round, or null. */
export const measurementIn = async (cycleId: string, kind: Kind): Promise<MeasurementFacts | null> =>
  (await measurementsOf(cycleId)).find(each => each.kind === kind) ?? null;

/** One measurement by id, or null. */
export async function findMeasurement(id: unknown): Promise<MeasurementFacts | null> {
  const found = isId(id) ? await row<Row>(`select ${COLUMNS} from measurements where id = $1`, [id]) : null;
  return found && fromRow(found);
}

/** The answers of a measurement, in the order of its form. */
export async function givenIn(measurementId: string): Promise<Given[]> {
  const found = await rows<Omit<Given, 'response'> & { response: string }>(
    'select slot, module, points, response from measurement_answers where measurement_id = $1 order by slot',
    [measurementId],
  );
  return found.map(given => ({ ...given, response: JSON.parse(given.response) as Answer }));
}

interface Wishes {
  readonly kind: Kind;
  readonly form: readonly DrawnSlot[];
  readonly dueAt?: number;
  readonly startedAt?: number;
  readonly skippedAt?: number;
}

/** A new measurement of a round; nothing when there is one of its kind. Joins the transaction. */
export const keep = (cycle: CycleFacts, wishes: Wishes): Promise<{ id: string }[]> =>
  rows(
    `insert into measurements (id, organisation_id, user_id, cycle_id, course_version_id, kind, form, due_at, started_at, skipped_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (cycle_id, kind) do nothing returning id`,
    [
      newId(),
      cycle.organisationId,
      cycle.userId,
      cycle.id,
      cycle.courseVersionId,
      wishes.kind,
      JSON.stringify(wishes.form),
      wishes.dueAt ?? null,
      wishes.startedAt ?? null,
      wishes.skippedAt ?? null,
    ],
  );
