import { courseVersion } from '../courses/catalogue.js';
import { rows } from '../db/rows.js';
import { inTransaction, toHold } from '../db/transaction.js';
import { NotFound } from '../errors.js';
import { record } from '../events/record.js';
import type { CycleFacts } from '../learning/enrolments.js';
import { progressOf } from '../learning/progress.js';
import type { Answer } from '../questions/answer.js';
import { bankOf, itemAt } from './bank.js';
import { isOpenAt } from './kinds.js';
import {
  findMeasurement,
  givenIn,
  keep,
  measurementIn,
  measurementsOf,
  type MeasurementFacts,
} from './measurements.js';
import { drawParallel } from './parallel-forms.js';

/**
 * Begin the baseline, or go on with it: it and its post-test are drawn together and kept together. Null once the
 * course has begun, since it would not be a "before" any more, and when the learner said no.
 */
export function beginBaseline(cycle: CycleFacts, now: number): Promise<MeasurementFacts | null> {
  return inTransaction(async () => {
    if (await hasBegun(cycle.id)) return null;
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    const { first, second } = drawParallel(bankOf(snapshot), cycle.id);
    if (first.length === 0) return null;
    const [made] = await keep(cycle, { kind: 'baseline', form: first, startedAt: now });
    if (made) await keep(cycle, { kind: 'post', form: second });
    const baseline = await measurementIn(cycle.id, 'baseline');
    return baseline?.skippedAt === null ? baseline : null;
  });
}

/** Begin the post-test, or go on with it. Null before the course is complete, or without a whole baseline. */
export function beginPost(cycle: CycleFacts, now: number): Promise<MeasurementFacts | null> {
  return inTransaction(async () => {
    const all = await measurementsOf(cycle.id);
    const isPaired = all.some(({ kind, finishedAt }) => kind === 'baseline' && finishedAt !== null);
    if (cycle.completedAt === null || !isPaired) return null;
    await rows(
      `update measurements set started_at = $1 where cycle_id = $2 and kind = 'post' and started_at is null`,
      [now, cycle.id],
    );
    const post = await measurementIn(cycle.id, 'post');
    return post?.skippedAt === null ? post : null;
  });
}

/** "Not now": it is not offered again. What was answered stays, and counts nowhere. Twice is once. */
export function skip(cycle: CycleFacts, kind: 'baseline' | 'post', now: number): Promise<void> {
  return inTransaction(async () => {
    if (kind === 'baseline') await keep(cycle, { kind, form: [], skippedAt: now });
    await rows(
      `update measurements set skipped_at = $1
       where cycle_id = $2 and kind = $3 and finished_at is null and skipped_at is null`,
      [now, cycle.id, kind],
    );
  });
}

/**
 * Keep the answer to one slot: the first one that is given. A second one, from a second click or another tab, changes
 * nothing. An empty response says "I do not know yet". With the last one the measurement is finished. Returns false
 * when the form is not open (any more).
 */
export function answer(
  measurement: MeasurementFacts,
  { slot, response }: { slot: number; response: Answer },
  now: number,
): Promise<boolean> {
  return inTransaction(async () => {
    const drawn = measurement.form[slot - 1];
    if (!drawn) throw new NotFound();
    await lock(measurement.id);
    const current = await findMeasurement(measurement.id);
    if (!current || !(await isOpen(current, now))) return false;
    const { snapshot } = await courseVersion(measurement.courseVersionId);
    const { item, type } = itemAt(snapshot, drawn);
    const points = Object.keys(response).length === 0 ? 0 : type.grade(item, response);
    await rows(
      `insert into measurement_answers
         (measurement_id, organisation_id, slot, item_id, module, objective, response, points, answered_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (measurement_id, slot) do nothing`,
      [
        measurement.id,
        measurement.organisationId,
        slot,
        item.id,
        item.module,
        item.objective,
        JSON.stringify(response),
        points,
        now,
      ],
    );
    await finishIfWhole(current, now);
    return true;
  });
}

/** Whether the form may be answered: a baseline before the first lesson's end, a refresher in its two weeks. */
export async function isOpen(measurement: MeasurementFacts, now: number): Promise<boolean> {
  const { kind, dueAt, startedAt, finishedAt, skippedAt } = measurement;
  if (finishedAt !== null || skippedAt !== null) return false;
  if (kind === 'baseline') return !(await hasBegun(measurement.cycleId));
  if (kind === 'post') return startedAt !== null;
  return dueAt !== null && isOpenAt(Number(dueAt), now);
}

async function hasBegun(cycleId: string): Promise<boolean> {
  const { finished, passed } = await progressOf(cycleId);
  return finished.size + passed.size > 0;
}

async function finishIfWhole(measurement: MeasurementFacts, now: number): Promise<void> {
  const given = await givenIn(measurement.id);
  const whole = given.length === measurement.form.length;
  const [changed] = await rows(
    `update measurements set started_at = coalesce(started_at, $1), finished_at = $2
     where id = $3 and finished_at is null returning id`,
    [now, whole ? now : null, measurement.id],
  );
  if (!whole || !changed) return;
  const { id, cycleId, kind, organisationId, dueAt } = measurement;
  // Whoever holds a mailed link can answer a refresher: who it was is not known for certain.
  const actorId = dueAt === null ? measurement.userId : null;
  await record(
    'measurement.finished',
    { measurementId: id, cycleId, kind },
    { actorId, organisationId, now },
  );
}

/** Two tabs that give the last two answers at once take turns: one of them finishes. */
const lock = (id: string): Promise<unknown> =>
  rows(`select id from measurements where id = $1${toHold().text}`, [id]);
