import { courseVersion } from '../courses/catalogue.js';
import { inMinutes } from '../courses/cards.js';
import { measurementsOf, type MeasurementFacts } from './measurements.js';
import { moduleItems } from './module-items.js';
import { formSize } from './parallel-forms.js';

/** The short questions before or after a course, as its page offers them. */
export interface FollowUpOffer {
  readonly when: 'before' | 'after';
  readonly state: 'new' | 'begun' | 'finished';
  readonly questions: number;
  readonly minutes: number;
  /** The page of the form; it is begun by a POST to the same address. */
  readonly href: string;
  /** Where "Not now" is sent. */
  readonly refusal: string;
}

/** About how long one question of a short form takes (s). */
const SECONDS = 20;

/** The addresses of the questions before and after the course. */
export const formPages = (cycleId: string, when: 'before' | 'after') => ({
  form: `/learning/${cycleId}/${when}`,
  answer: (slot: number) => `/learning/${cycleId}/${when}/answers/${slot}`,
  refusal: `/learning/${cycleId}/${when}/refusal`,
});

/**
 * What the page of a course offers: the baseline before the first lesson is finished; once the course is complete, the
 * post-test to whoever answered the baseline, and then what both of them show. Null when there is nothing to offer.
 */
export async function offerOf(
  cycle: { id: string; courseVersionId: string; completedAt: number | null },
  hasBegun: boolean,
): Promise<FollowUpOffer | null> {
  const isComplete = cycle.completedAt !== null;
  if (hasBegun && !isComplete) return null;
  const measurements = await measurementsOf(cycle.id);
  const of = (kind: MeasurementFacts['kind']) => measurements.find(each => each.kind === kind) ?? null;
  const [baseline, post] = [of('baseline'), of('post')];
  const asked = isComplete ? post : baseline;
  if (isComplete && (!post || baseline?.finishedAt == null)) return null;
  const state = stateOf(asked);
  if (state === 'refused' || (state === 'finished' && !isComplete)) return null;
  const when = isComplete ? 'after' : 'before';
  const { form, refusal } = formPages(cycle.id, when);
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const questions = post?.form.length ?? formSize(moduleItems(snapshot));
  if (questions === 0) return null;
  return { when, state, questions, minutes: inMinutes(questions * SECONDS), href: form, refusal };
}

function stateOf(measurement: MeasurementFacts | null): FollowUpOffer['state'] | 'refused' {
  if (!measurement) return 'new';
  if (measurement.finishedAt !== null) return 'finished';
  if (measurement.skippedAt !== null) return 'refused';
  return measurement.startedAt === null ? 'new' : 'begun';
}
