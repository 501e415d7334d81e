import { boundsOf, boundText, type Promises } from '../bounds.js';
import { askedAmong, formItems } from '../drawable.js';
import { conflictIn } from '../filling.js';
import type { Blueprint, Fault } from '../schema/types.js';
import type { Item } from '../../questions/item.js';
import type { JobName } from '../../questions/jobs.js';

type PlannedBlueprint = Blueprint & Pick<Promises, 'from'>;

/** A quiz as a course file describes it, and the items that it may draw from. */
interface PlannedQuiz {
  readonly blueprint: PlannedBlueprint;
  readonly pool: readonly Item[];
  /** The jobs of the course's learners; undefined where the course does not ask. */
  readonly jobs: readonly JobName[] | undefined;
}

type Say = (problem: string, fix: string) => Fault;

/** What a quiz cannot keep: for learners of each job, where the course asks. */
export function blueprintFaults({ blueprint, pool, jobs }: PlannedQuiz, fault: Say): Fault[] {
  const { draw, pass, own } = blueprint;
  return [
    ...askedAmong(jobs).flatMap(job => poolFaults(blueprint, formItems(pool, job), job, fault)),
    ...(pass <= draw
      ? []
      : [fault(`${pass} right answers are required from ${draw} items.`, 'Make pass at most draw.')]),
    ...(own === undefined || jobs
      ? []
      : [fault('The quiz promises items for a job, but the course has no jobs.', 'Add jobs to the course.')]),
  ];
}

function poolFaults(
  blueprint: PlannedBlueprint,
  pool: readonly Item[],
  job: JobName | null,
  fault: Say,
): Fault[] {
  const { draw } = blueprint;
  const whom = job ? ` for ${job}` : '';
  if (draw <= pool.length) return boundFaults(blueprint, pool, job, fault);
  return [
    fault(
      `The quiz draws ${draw} items, but only ${pool.length} can be drawn at this depth${whom}.`,
      'Write more items, or draw fewer.',
    ),
  ];
}

/** Each promise that no form can keep, and those that no form can keep together. */
function boundFaults(
  blueprint: PlannedBlueprint,
  pool: readonly Item[],
  job: JobName | null,
  fault: Say,
): Fault[] {
  const { draw } = blueprint;
  const whom = job ? ` for ${job}` : '';
  const bounds = boundsOf(blueprint, job);
  const alone = bounds.flatMap(bound => {
    const most = Math.min(draw, pool.filter(bound.fits).length);
    if (bound.count <= most) return [];
    const promise = `Each form${whom} must contain ${boundText(bound)}`;
    return [fault(`${promise}, but only ${most} can be drawn.`, 'Write more, or promise fewer.')];
  });
  if (alone.length > 0) return alone;
  const requirements = { draw, bounds, pairOf: ({ pair }: Item) => pair };
  const conflict = conflictIn(pool, requirements);
  if (conflict === 'too-many')
    return [
      fault(
        `Too many promises overlap to tell whether a form of ${draw} items${whom} exists.`,
        'Promise less: fewer objectives or levels, or wider ranges.',
      ),
    ];
  if (conflict.length > 0)
    return [
      fault(
        `No form of ${draw} items${whom} keeps all of these: ${conflict.map(boundText).join(', ')}.`,
        'Write items that are several of these at once, or promise fewer.',
      ),
    ];
  return isEnoughWithoutTwins(pool, draw)
    ? []
    : [fault(`No form of ${draw} items${whom} is without a pair.`, 'Write more items, or draw fewer.')];
}

/** Is the pool large enough if each pair gives one item? */
const isEnoughWithoutTwins = (pool: readonly Item[], draw: number): boolean =>
  new Set(pool.map(({ id, pair }) => pair ?? id)).size >= draw;
