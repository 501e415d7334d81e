import { courseVersion } from '../../../server/teaching/courses/catalogue.js';
import { itemAt } from '../../../server/teaching/follow-up/module-items.js';
import { DAY, type MeasurementKind } from '../../../server/teaching/follow-up/kinds.js';
import {
  findMeasurement,
  measurementIn,
  type MeasurementFacts,
} from '../../../server/teaching/follow-up/measurements.js';
import { answerMeasurement, beginBaseline, beginPost } from '../../../server/teaching/follow-up/take.js';
import { announceDue } from '../../../server/teaching/follow-up/refreshers.js';
import type { CycleFacts } from '../../../server/teaching/learning/enrolments.js';
import type { Answer } from '../../../server/teaching/questions/answer.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { almostThrough, freshCycle } from '../../support/walk.js';
import { rightAnswer } from '../../support/answers.js';
import { write } from '../../support/rows.js';
import { world } from '../../support/world.js';

/** One measurement of a cycle; throws where there is none. */
export async function measurement(cycle: CycleFacts, kind: MeasurementKind): Promise<MeasurementFacts> {
  const found = await measurementIn(cycle.id, kind);
  if (!found) throw new Error(`The cycle has no ${kind}`);
  return found;
}

/** The measurement as it is stored now. */
export async function fresh({ id }: MeasurementFacts): Promise<MeasurementFacts> {
  const found = await findMeasurement(id);
  if (!found) throw new Error('The measurement is gone');
  return found;
}

/** The items of a form, in order. */
export async function itemsOf({ courseVersionId, form }: MeasurementFacts): Promise<Item[]> {
  const { snapshot } = await courseVersion(courseVersionId);
  return form.map(drawn => itemAt(snapshot, drawn).item);
}

/** Answers all of an open form. */
export async function answerForm(
  of: MeasurementFacts,
  give: (item: Item, slot: number) => Answer = rightAnswer,
  now = Date.now(),
): Promise<void> {
  for (const [at, item] of (await itemsOf(of)).entries()) {
    await answerMeasurement(of, { slot: at + 1, response: give(item, at + 1) }, now);
  }
}

/** A baseline, begun and answered. */
export async function withBaseline(cycle: CycleFacts, give = rightAnswer): Promise<MeasurementFacts> {
  const baseline = await beginBaseline(cycle, Date.now());
  if (!baseline) throw new Error('No baseline was begun');
  await answerForm(baseline, give);
  return baseline;
}

/** A post-test of a completed cycle, begun and answered. */
export async function withPost(cycle: CycleFacts, give = rightAnswer): Promise<MeasurementFacts> {
  const post = await beginPost(await freshCycle(cycle), Date.now());
  if (!post) throw new Error('No post-test was begun');
  await answerForm(post, give);
  return post;
}

/** The whole course, and what follows from it. */
export async function complete(cycle: CycleFacts): Promise<CycleFacts> {
  await almostThrough(cycle, []);
  return freshCycle(cycle);
}

/** Moves the days of the refreshers back, and sends what has become due since. */
export async function daysLater(cycle: CycleFacts, days: number): Promise<void> {
  await write('update measurements set due_at = due_at - $1 where cycle_id = $2 and due_at is not null', [
    days * DAY,
    cycle.id,
  ]);
  await announceDue(Date.now());
  await world().worker.drain();
}
