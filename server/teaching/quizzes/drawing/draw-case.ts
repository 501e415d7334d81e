import { suits } from '../../content/bounds.js';
import { familyOf, type JobName } from '../../questions/jobs.js';
import { PoolTooSmall } from './draw-form.js';
import { pick, seededRandom } from './seeded-random.js';

interface DrawableCase {
  readonly id: string;
  readonly roles?: readonly JobName[] | undefined;
}

/** The cases that suit a learner's job, or else its family; without a job, those that suit every job. */
export function suitableCases<T extends DrawableCase>(cases: readonly T[], job: JobName | null): T[] {
  const own = cases.filter(each => suits(each, job));
  return own.length > 0 || !job ? own : cases.filter(each => suits(each, familyOf(job)));
}

/** For whom a case is drawn: the learner's job, the ids of what the earlier forms held (newest last), and the form's seed. */
export interface CaseDrawing {
  readonly job: JobName | null;
  readonly previous: readonly (readonly string[])[];
  readonly seed: string;
}

/**
 * The case of a new form, among those that suit the learner's job: one that was never met, or else the one met longest ago; chance
 * decides between equals. So the last form's returns only where no other case suits. The same arguments always give the same case.
 * Throws PoolTooSmall where none suits.
 */
export function drawCase<T extends DrawableCase>(
  cases: readonly T[],
  { job, previous, seed }: CaseDrawing,
): T {
  const suitable = suitableCases(cases, job);
  if (suitable.length === 0)
    throw new PoolTooSmall(`None of ${cases.length} cases suits ${job ?? 'every job'}`);
  const met = ({ id }: T) => previous.findLastIndex(ids => ids.includes(id));
  const longestAgo = Math.min(...suitable.map(met));
  // Not by locale: the case must be the same on every machine.
  const open = suitable.filter(each => met(each) === longestAgo).sort((a, b) => (a.id < b.id ? -1 : 1));
  return pick(seededRandom(`${seed}:case`), open);
}
