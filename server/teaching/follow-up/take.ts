import { courseVersion } from '../courses/catalogue.js';
import { insertOnce, row, rows } from '../../platform/db/rows.js';
import { sql } from '../../platform/db/sql.js';
import { inTransaction, toHold } from '../../platform/db/transaction.js';
import { NotFound } from '../../errors.js';
import { record } from '../../platform/events/record.js';
import type { CycleFacts } from '../learning/enrolments.js';
import { progressOf } from '../learning/progress.js';
import type { Answer } from '../questions/answer.js';
import { isRefresherOpen } from './kinds.js';
import {
  addMeasurement,
  findMeasurement,
  measuredAnswers,
  measurementIn,
  measurementsOf,
  type MeasurementFacts,
} from './measurements.js';
import { itemAt, moduleItems } from './module-items.js';
import { drawParallel } from './parallel-forms.js';
import { Measurement, MeasurementAnswer } from './tables.js';
import { GAINS } from './gains/counted-gains.js';
import { countLater } from '../../platform/sums/uncounted.js';

/**
 * Begin the baseline, or go on with it: it and its post-test are drawn and saved together. Null once the course has begun,
 * since it would no longer measure what was known before, and when the learner declined it.
 */
export function beginBaseline(cycle: CycleFacts, now: number): Promise<MeasurementFacts | null> {
  return inTransaction(async () => {
    if (await hasBegun(cycle.id)) return null;
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    const { first, second } = drawParallel(moduleItems(snapshot), cycle.id);
    if (first.length === 0) return null;
    const isNew = await addMeasurement(cycle, { kind: 'baseline', form: first, startedAt: now });
    if (isNew) await addMeasurement(cycle, { kind: 'post', form: second });
    const baseline = await measurementIn(cycle.id, 'baseline');
    return baseline?.skippedAt === null ? baseline : null;
  });
}

const START_POST = sql`update ${Measurement} set started_at = $1
  where cycle_id = $2 and kind = 'post' and started_at is null`;

/** Begin the post-test, or go on with it. Null before the course is complete, or without a finished baseline. */
export function beginPost(cycle: CycleFacts, now: number): Promise<MeasurementFacts | null> {
  return inTransaction(async () => {
    const all = await measurementsOf(cycle.id);
    const isPaired = all.some(({ kind, finishedAt }) => kind === 'baseline' && finishedAt !== null);
    if (cycle.completedAt === null || !isPaired) return null;
    await rows(START_POST, [now, cycle.id]);
    const post = await measurementIn(cycle.id, 'post');
    return post?.skippedAt === null ? post : null;
  });
}

const DECLINE = sql`update ${Measurement} set skipped_at = $1
  where cycle_id = $2 and kind = $3 and finished_at is null and skipped_at is null`;

/** The learner declines a form: it is not offered again. Answers to it are kept, and count nowhere. Twice is once. */
export function decline(cycle: CycleFacts, kind: 'baseline' | 'post', now: number): Promise<void> {
  return inTransaction(async () => {
    if (kind === 'baseline') await addMeasurement(cycle, { kind, form: [], skippedAt: now });
    await rows(DECLINE, [now, cycle.id, kind]);
  });
}

/**
 * Save the answer to one slot: the first one counts, and another, from a second click or another tab, changes nothing. An
 * empty response means "I do not know yet". The last answer finishes the measurement. Returns false where the form does
 * not take answers (any more). Throws NotFound where the form has no such slot.
 */
export function answerMeasurement(
  measurement: MeasurementFacts,
  { slot, response }: { slot: number; response: Answer },
  now: number,
): Promise<boolean> {
  return inTransaction(async () => {
    if (!measurement.form[slot - 1]) throw new NotFound();
    await lock(measurement.id);
    const current = await findMeasurement(measurement.id);
    if (!current || !(await measurementIsOpen(current, now))) return false;
    await saveAnswer(current, { slot, response }, now);
    await finishIfWhole(current, now);
    return true;
  });
}

async function saveAnswer(
  { id: measurementId, organisationId, courseVersionId, form }: MeasurementFacts,
  { slot, response }: { slot: number; response: Answer },
  answeredAt: number,
): Promise<void> {
  const drawn = form[slot - 1];
  if (!drawn) throw new NotFound();
  const { snapshot } = await courseVersion(courseVersionId);
  const { item, type } = itemAt(snapshot, drawn);
  const points = Object.keys(response).length === 0 ? 0 : type.grade(item, response);
  const place = { measurementId, organisationId, slot };
  const asked = { itemId: item.id, module: item.module, objective: item.objective };
  const given = { response: JSON.stringify(response), points, answeredAt };
  await insertOnce(MeasurementAnswer, { ...place, ...asked, ...given });
}

/** Whether the form may be answered: a baseline until something in the course is done, a refresher during its two weeks. */
export async function measurementIsOpen(measurement: MeasurementFacts, now: number): Promise<boolean> {
  const { kind, dueAt, startedAt, finishedAt, skippedAt } = measurement;
  if (finishedAt !== null || skippedAt !== null) return false;
  if (kind === 'baseline') return !(await hasBegun(measurement.cycleId));
  if (kind === 'post') return startedAt !== null;
  return dueAt !== null && isRefresherOpen(dueAt, now);
}

async function hasBegun(cycleId: string): Promise<boolean> {
  const { finished, passed } = await progressOf(cycleId);
  return finished.size + passed.size > 0;
}

const FINISH = sql`update ${Measurement} set started_at = coalesce(started_at, $1), finished_at = $2
  where id = $3 and finished_at is null returning id`;

async function finishIfWhole(measurement: MeasurementFacts, now: number): Promise<void> {
  const { id, cycleId, kind, organisationId, dueAt, form } = measurement;
  const isWhole = (await measuredAnswers(id)).length === form.length;
  const changed = await row(FINISH, [now, isWhole ? now : null, id]);
  if (!isWhole || !changed) return;
  await countLater(GAINS, id);
  // Whoever holds a mailed link can answer a refresher, so it is not certain who did.
  const actorId = dueAt === null ? measurement.userId : null;
  const payload = { measurementId: id, cycleId, kind };
  await record('measurement.finished', payload, { actorId, organisationId, now });
}

/** Two tabs that send the last two answers at once take turns, so that one of them finishes the form. */
const lock = (id: string): Promise<unknown> =>
  rows(sql`select id from ${Measurement} where id = $1${toHold()}`, [id]);
