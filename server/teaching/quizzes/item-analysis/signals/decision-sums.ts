import { addTally, mergedTallies, nobody, type Tally } from '../small-groups.js';
import type { Signal } from '../../grading/signal-detection.js';

/** How many answers to each kind of situation, of how many people, are needed before sensitivity is measured. */
export const ENOUGH = { answers: 100, people: 20 };

/** What became of a decision: on signals `yes`, `late` (noted only) or `no`; on noise `alarm`, `watch` (noted) or `left`. */
const DECIDED = ['yes', 'late', 'no', 'alarm', 'watch', 'left'] as const;
type Decided = (typeof DECIDED)[number];

const PASSED_ON: readonly Decided[] = ['yes', 'alarm'];

/** Situations that call for being passed on, and those that do not. */
interface OfKinds {
  readonly signal: Tally;
  readonly noise: Tally;
}

/** All that is kept of the decisions of any number of people. */
export interface DecisionSums {
  readonly counts: Readonly<Record<Decided, Tally>>;
  /** In how many attempts each kind of situation was decided about. */
  readonly attempts: OfKinds;
  /** Those that were noted only and those in which they carried on, together: the same people may have done both. */
  readonly notPassedOn: OfKinds;
}

export const noDecisionSums = (): DecisionSums => ({
  counts: Object.fromEntries(DECIDED.map(each => [each, nobody()])) as Record<Decided, Tally>,
  attempts: { signal: nobody(), noise: nobody() },
  notPassedOn: { signal: nobody(), noise: nobody() },
});

/** Adds what the answers of one attempt made of situations; those that were no decisions add nothing. */
export function addDecisions(
  { counts, attempts, notPassedOn }: DecisionSums,
  signals: readonly Pick<Signal, 'outcome' | 'shade' | 'decided'>[],
  isNew: boolean,
): void {
  const all = signals.flatMap(signal => (signal.decided && decidedBy(signal)) || []);
  addEach(counts, all, isNew);
  addEach(notPassedOn, all.filter(decided => !PASSED_ON.includes(decided)).map(kindOf), isNew);
  for (const kind of new Set(all.map(kindOf))) addTally(attempts[kind], isNew);
}

/** Count what stands in one attempt, often or once: the person is one. */
export function addEach<Name extends string>(
  counts: Readonly<Record<Name, Tally>>,
  names: readonly Name[],
  isNew: boolean,
): void {
  names.forEach((name, at) => addTally(counts[name], isNew && names.indexOf(name) === at));
}

function decidedBy({ outcome, shade }: Pick<Signal, 'outcome' | 'shade'>): Decided | null {
  switch (outcome) {
    case 'hit':
      return 'yes';
    case 'miss':
      return shade === 'late' ? 'late' : 'no';
    case 'alarm':
      return 'alarm';
    case 'rejection':
      return shade === 'watch' ? 'watch' : 'left';
    case 'open':
      return null;
  }
}

const kindOf = (decided: Decided): 'signal' | 'noise' =>
  ['yes', 'late', 'no'].includes(decided) ? 'signal' : 'noise';

/** The decisions of several quizzes as one. Whoever took two of them may be the same person, and counts as one. */
export const mergedDecisions = (all: readonly DecisionSums[]): DecisionSums => ({
  counts: Object.fromEntries(
    DECIDED.map(name => [name, mergedTallies(all.map(({ counts }) => counts[name]))]),
  ) as Record<Decided, Tally>,
  attempts: mergedKinds(all.map(({ attempts }) => attempts)),
  notPassedOn: mergedKinds(all.map(({ notPassedOn }) => notPassedOn)),
});

const mergedKinds = (all: readonly OfKinds[]): OfKinds => ({
  signal: mergedTallies(all.map(({ signal }) => signal)),
  noise: mergedTallies(all.map(({ noise }) => noise)),
});
