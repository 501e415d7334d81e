import { insertAllOnce, insertOnce, row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import type { CycleFacts } from '../learning/enrolments.js';
import { isId, newId } from '../../platform/lib/ids.js';
import type { Answer } from '../questions/answer.js';
import type { DrawnSlot } from '../quizzes/drawing/draw-form.js';
import type { MeasurementKind } from './kinds.js';
import { Measurement, MeasurementAnswer } from './tables.js';

const MEASUREMENT = sql`select ${columns(
  Measurement,
  'm',
  'id',
  'organisationId',
  'userId',
  'cycleId',
  'courseVersionId',
  'kind',
  'form',
  'dueAt',
  'startedAt',
  'finishedAt',
  'skippedAt',
)} from ${Measurement} m`;

/** A measurement as verbs and routes pass it around. Times are epoch milliseconds. */
export interface MeasurementFacts extends Readonly<Omit<Row<typeof Measurement>, 'form' | 'announcedAt'>> {
  readonly form: readonly DrawnSlot[];
}

/** An answer that was saved; an empty response means "I do not know yet". */
export interface MeasuredAnswer extends Readonly<
  Pick<Row<typeof MeasurementAnswer>, 'slot' | 'module' | 'points'>
> {
  readonly response: Answer;
}

const IN_CYCLE = sql`${MEASUREMENT} where m.cycle_id = $1`;
const BY_ID = sql`${MEASUREMENT} where m.id = $1`;

/** All measurements of a cycle. */
export const measurementsOf = async (cycleId: string): Promise<MeasurementFacts[]> =>
  (await rows(IN_CYCLE, [cycleId])).map(parsed);

/** The measurement of this kind in a cycle, or null. */
export const measurementIn = async (
  cycleId: string,
  kind: MeasurementKind,
): Promise<MeasurementFacts | null> =>
  (await measurementsOf(cycleId)).find(each => each.kind === kind) ?? null;

/** One measurement by id, or null; a text that is no id is not looked for. */
export async function findMeasurement(id: unknown): Promise<MeasurementFacts | null> {
  const found = isId(id) ? await row(BY_ID, [id]) : null;
  return found && parsed(found);
}

const parsed = (found: Omit<MeasurementFacts, 'form'> & { form: string }): MeasurementFacts => ({
  ...found,
  form: JSON.parse(found.form) as DrawnSlot[],
});

const ANSWERS = sql`select ${columns(MeasurementAnswer, 'a', 'slot', 'module', 'points', 'response')}
  from ${MeasurementAnswer} a where a.measurement_id = $1 order by a.slot`;

/** The answers of a measurement, in the order of its form. */
export async function measuredAnswers(measurementId: string): Promise<MeasuredAnswer[]> {
  const found = await rows(ANSWERS, [measurementId]);
  return found.map(answer => ({ ...answer, response: JSON.parse(answer.response) as Answer }));
}

interface NewMeasurement {
  readonly kind: MeasurementKind;
  readonly form: readonly DrawnSlot[];
  readonly dueAt?: number;
  readonly startedAt?: number;
  readonly skippedAt?: number;
}

/** Add a measurement to a cycle, unless it has one of that kind. Returns whether it was added. Joins the transaction. */
export const addMeasurement = (cycle: CycleFacts, one: NewMeasurement): Promise<boolean> =>
  insertOnce(Measurement, newRow(cycle, one));

/** Add measurements to a cycle, those excepted of whose kind it has one: all name the same times. Joins the transaction. */
export const addMeasurements = (cycle: CycleFacts, all: readonly NewMeasurement[]): Promise<unknown> =>
  insertAllOnce(
    Measurement,
    all.map(each => newRow(cycle, each)),
  );

const newRow = (
  { id: cycleId, organisationId, userId, courseVersionId }: CycleFacts,
  { form, ...more }: NewMeasurement,
) => ({
  ...{ id: newId(), organisationId, userId, cycleId, courseVersionId },
  ...{ ...more, form: JSON.stringify(form) },
});
