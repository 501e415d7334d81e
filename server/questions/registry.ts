import { single } from './types/single-choice/single-choice.js';
import { matching } from './types/matching/matching.js';
import { multiple } from './types/multiple-choice/multiple-choice.js';
import { ordering } from './types/ordering/ordering.js';
import type { QuestionType } from './question-type.js';
import { report } from './types/report/report.js';
import { scenario } from './types/scenario/scenario.js';
import { trueFalse } from './types/true-false/true-false.js';

const METHODS = [
  'parse',
  'isComplete',
  'same',
  'grade',
  'summarise',
  'feedback',
  'explain',
  'present',
  'correctResponse',
  'guessScore',
] as const satisfies readonly (keyof QuestionType)[];

export interface Registry {
  readonly names: readonly string[];
  /** The kind with this name. Throws RangeError when there is none: a fault of the content, not of the learner. */
  named(name: string): QuestionType;
}

/** All kinds of question that the product knows: a new kind is one file and one line here. */
export const questionTypes = createRegistry([
  single,
  multiple,
  trueFalse,
  ordering,
  matching,
  scenario,
  report,
]);

/** Throws TypeError, naming all that is missing, when a kind is half-made or two share a name. */
export function createRegistry(kinds: readonly Partial<QuestionType>[]): Registry {
  const byName = new Map<string, QuestionType>();
  for (const kind of kinds) {
    assertWhole(kind);
    if (byName.has(kind.name)) throw new TypeError(`Two question types are called "${kind.name}"`);
    byName.set(kind.name, kind);
  }
  return { names: [...byName.keys()], named: name => byName.get(name) ?? refuse(name) };
}

function assertWhole(kind: Partial<QuestionType>): asserts kind is QuestionType {
  const missing: string[] = METHODS.filter(method => typeof kind[method] !== 'function');
  if (!/^[a-z]+(-[a-z]+)*$/.test(kind.name ?? '')) missing.unshift('name');
  if (typeof kind.itemSchema?.safeParse !== 'function') missing.unshift('itemSchema');
  if (missing.length > 0) {
    throw new TypeError(`Question type "${kind.name ?? ''}" is half-made; it lacks ${missing.join(', ')}`);
  }
}

function refuse(name: string): never {
  throw new RangeError(`There is no question type called "${name}"`);
}
