import { addPerson, type People, type Tally } from '../small-groups.js';
import type { Signal } from '../../grading/signal-detection.js';

/** How many answers to each kind of situation, of how many people, are needed before sensitivity is measured. */
export const ENOUGH = { answers: 100, people: 20 };

/** What became of a decision: on signals `yes`, `late` (noted only) or `no`; on noise `alarm`, `watch` (noted) or `left`. */
const DECIDED = ['yes', 'late', 'no', 'alarm', 'watch', 'left'] as const;
type Decided = (typeof DECIDED)[number];

/** All that is kept of the decisions of any number of people. */
export interface DecisionSums {
  readonly counts: Readonly<Record<Decided, Tally>>;
  /** Who decided about each kind of situation, only as many people as are enough. */
  readonly people: { readonly signal: People; readonly noise: People };
}

export const noDecisionSums = (): DecisionSums => ({
  counts: Object.fromEntries(DECIDED.map(each => [each, noTally()])) as Record<Decided, Tally>,
  people: { signal: new Set(), noise: new Set() },
});

const noTally = (): Tally => ({ n: 0, people: new Set() });

/** Adds what one answer made of a situation; nothing where it was no decision. */
export function addDecision(
  { counts, people }: DecisionSums,
  person: string,
  signal: Pick<Signal, 'outcome' | 'shade' | 'decided'>,
): void {
  const decided = signal.decided && decidedBy(signal);
  if (!decided) return;
  counts[decided].n += 1;
  addPerson(counts[decided].people, person);
  addOf(people[isOnSignal(decided) ? 'signal' : 'noise'], [person]);
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

const isOnSignal = (decided: Decided): boolean => ['yes', 'late', 'no'].includes(decided);

function addOf(people: People, more: Iterable<string>): void {
  for (const person of more) if (people.size < ENOUGH.people) people.add(person);
}

/** The decisions of several quizzes as one: whoever took two of them is one person. */
export function mergedDecisions(all: readonly DecisionSums[]): DecisionSums {
  const merged = noDecisionSums();
  for (const { counts, people } of all) {
    for (const name of DECIDED) {
      merged.counts[name].n += counts[name].n;
      for (const person of counts[name].people) addPerson(merged.counts[name].people, person);
    }
    addOf(merged.people.signal, people.signal);
    addOf(merged.people.noise, people.noise);
  }
  return merged;
}

/** Two counts as one. */
export const together = (one: Tally, other: Tally): Tally => ({
  n: one.n + other.n,
  people: new Set([...one.people, ...other.people]),
});
