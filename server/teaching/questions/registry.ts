import { z } from 'zod';
import type { QuestionType } from './question-type.js';

export interface Registry {
  readonly names: readonly string[];
  /** The type with this name. Throws RangeError when there is none: a fault of the content, not of the learner. */
  named(name: string): QuestionType;
  /** The type of this item. Throws as `named` does. */
  of(item: { readonly type: string }): QuestionType;
  /**
   * Takes in another type; what comes back takes it out again. Throws TypeError, naming all that is missing, when the
   * type is half-made or its name is taken.
   */
  add(type: Partial<QuestionType>): () => void;
}

/** Throws TypeError as `add` does. */
export function createRegistry(types: readonly Partial<QuestionType>[]): Registry {
  const byName = new Map<string, QuestionType>();
  const named = (name: string) => byName.get(name) ?? refuse(name);
  const add = (type: Partial<QuestionType>) => {
    assertWhole(type);
    const { name } = type;
    if (byName.has(name)) throw new TypeError(`Two question types are called "${name}"`);
    byName.set(name, type);
    return () => void byName.delete(name);
  };
  types.forEach(add);
  return {
    get names() {
      return [...byName.keys()];
    },
    named,
    of: ({ type }) => named(type),
    add,
  };
}

const FITS = {
  name: (part: unknown) => typeof part === 'string' && /^[a-z]+(-[a-z]+)*$/.test(part),
  text: (part: unknown) => typeof part === 'string',
  textOrNull: (part: unknown) => part === null || typeof part === 'string',
  texts: (part: unknown) => Array.isArray(part) && part.every(each => typeof each === 'string'),
  flag: (part: unknown) => typeof part === 'boolean',
  method: (part: unknown) => typeof part === 'function',
  schema: (part: unknown) => part instanceof z.ZodType,
  optional: () => true,
};

/** What a type must bring. A member that is added to the contract is added here: else this does not compile. */
const PARTS: { readonly [Part in keyof Required<QuestionType>]: keyof typeof FITS } = {
  name: 'name',
  label: 'method',
  itemSchema: 'schema',
  isBanked: 'flag',
  isShort: 'flag',
  findings: 'method',
  wording: 'method',
  seconds: 'method',
  view: 'text',
  pageView: 'optional',
  ownWords: 'texts',
  present: 'method',
  hint: 'method',
  inList: 'optional',
  parse: 'method',
  isComplete: 'method',
  mending: 'method',
  same: 'method',
  mayFollow: 'optional',
  grade: 'method',
  unsafe: 'method',
  ruleOfMiss: 'method',
  canBreak: 'method',
  partIsClose: 'flag',
  correctResponse: 'method',
  wrongResponse: 'method',
  guessScore: 'method',
  summarise: 'method',
  explain: 'method',
  remark: 'method',
  reviewView: 'text',
  review: 'method',
  choices: 'method',
  chosen: 'method',
  choiceName: 'method',
  judging: 'method',
  signal: 'optional',
  exchange: 'method',
  importedFrom: 'textOrNull',
  acceptsAnswers: 'flag',
  parts: 'method',
};

function assertWhole(type: Partial<QuestionType>): asserts type is QuestionType {
  const names = Object.keys(PARTS) as (keyof QuestionType)[];
  const missing = names.filter(name => !FITS[PARTS[name]](type[name]));
  if (missing.length > 0)
    throw new TypeError(`Question type "${type.name ?? ''}" is half-made; it lacks ${missing.join(', ')}`);
}

function refuse(name: string): never {
  throw new RangeError(`There is no question type called "${name}"`);
}
