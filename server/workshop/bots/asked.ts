import type { Answer } from '../../teaching/questions/answer.js';
import type { Item } from '../../teaching/questions/item.js';
import type { Choice, QuestionType } from '../../teaching/questions/question-type.js';
import { questionTypes } from '../../teaching/questions/question-types.js';
import type { Random } from '../../teaching/quizzes/drawing/seeded-random.js';

/** One field of an answer in which something is chosen. */
export interface AskedPart {
  readonly part: string;
  readonly choices: readonly Choice[];
  /** How many are chosen, as the key has it. */
  readonly count: number;
}

/** What is chosen in one part: as many ids as it asks for. */
export type Picks = (part: AskedPart, item: Item) => readonly string[];

/** Chooses in every part. Nothing is said of what has no choices: matching, ordering, writing. */
export function chosenAnswer(item: Item, picks: Picks): Answer | null {
  const parts = partsOf(item);
  if (parts.length === 0) return null;
  return Object.fromEntries(
    parts.map(({ field, isList, ...part }) => {
      const ids = picks(part, item);
      return [field, isList ? inOrder(part.choices, ids) : (ids[0] ?? '')];
    }),
  );
}

const inOrder = (choices: readonly Choice[], ids: readonly string[]): string[] =>
  choices.map(({ id }) => id).filter(id => ids.includes(id));

interface Field extends AskedPart {
  readonly field: string;
  readonly isList: boolean;
}

/** A bank is asked thousands of times. */
const known = new WeakMap<Item, readonly Field[]>();

/** The fields of the right answer, each with the choices of which its own is one. */
function partsOf(item: Item): readonly Field[] {
  const found = known.get(item) ?? fieldsOf(item, questionTypes.of(item));
  known.set(item, found);
  return found;
}

function fieldsOf(item: Item, type: QuestionType): Field[] {
  const choices = type.choices(item);
  return Object.entries(type.correctResponse(item)).flatMap(([field, value]) => {
    const right = [value].flat();
    const part = choices.find(({ id }) => right.includes(id))?.part;
    const own = choices.filter(each => each.part === part);
    if (part === undefined) return [];
    return [{ field, part, choices: own, count: right.length, isList: typeof value !== 'string' }];
  });
}

/** Happens in `share` of all cases. */
export const happens = (share: number, random: Random): boolean => random.below(10_000) < share * 10_000;

/** The right answer in this share of cases, otherwise a wrong one. */
export function rightInShare(item: Item, share: number, random: Random): Answer {
  const type = questionTypes.of(item);
  return happens(share, random) ? type.correctResponse(item) : type.wrongResponse(item);
}
