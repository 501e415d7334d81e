import type { Quiz } from '../../quiz-model.js';
import { canonicalJson } from '../../../../platform/lib/canonical-json.js';
import { sha256 } from '../../../../platform/lib/tokens.js';
import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { Answer } from '../../../questions/answer.js';
import type { Choice, QuestionType } from '../../../questions/question-type.js';
import { isCase, itemIn } from '../../quiz.js';
import type { Item } from '../../../questions/item.js';
import { itemSeconds } from '../../../content/minutes.js';
import { questionTypes } from '../../../questions/question-types.js';
import { defined, undefinedFor, type Figure } from './figure.js';

/**
 * An item as it was published: the same id with another text, key or feedback is another version, and has
 * statistics of its own.
 */
export interface ItemVersion {
  readonly id: string;
  /** The first 12 hex digits of the SHA-256 of its canonical JSON; empty for an item that is in no bank. */
  readonly hash: string;
  /** Null for an item that is in no bank. */
  readonly item: Item | null;
  readonly choices: readonly Choice[];
  /** What blind guessing earns, as a share of the points. */
  readonly guess: Figure;
  /** Seconds that the course plans for it; null where it has many steps. */
  readonly plannedSeconds: number | null;
  /** The case at the end of a final: it is passed or not, and adds nothing to the points. */
  readonly isCase: boolean;
  /** It was asked without counting. */
  readonly isTrial: boolean;
}

/** The items of one quiz in one course version, by id. */
export type AnalysedBank = ReadonlyMap<string, ItemVersion>;

export function analysedBank(quiz: Quiz): AnalysedBank {
  const cases = quiz.scenarios.map(({ id }) => itemIn(quiz, { itemId: id, optionOrder: [] }).item);
  return new Map([...quiz.items, ...cases].map(item => [item.id, versionOf(item, quiz)]));
}

/** What stands for an item that the bank does not know. */
export const unknownItem = (id: string): ItemVersion => ({
  id,
  hash: '',
  item: null,
  choices: [],
  guess: undefinedFor('no-chance'),
  plannedSeconds: null,
  isCase: false,
  isTrial: false,
});

function versionOf(item: Item, quiz: Quiz): ItemVersion {
  const inCase = isCase(quiz, { itemId: item.id });
  return {
    id: item.id,
    hash: sha256(canonicalJson(item)).slice(0, 12),
    item,
    isCase: inCase,
    isTrial: item.status === 'trial',
    ...countedBy(item, inCase),
  };
}

/** A type that was taken out of the product since counts nothing any more. */
function countedBy(item: Item, inCase: boolean): Pick<ItemVersion, 'choices' | 'guess' | 'plannedSeconds'> {
  const type = typeOf(item);
  if (!type) return { choices: [], guess: undefinedFor('no-chance'), plannedSeconds: null };
  return {
    choices: type.choices(item),
    guess: defined(type.guessScore(item)),
    plannedSeconds: inCase ? null : itemSeconds(item),
  };
}

const typeOf = (item: Item): QuestionType | null =>
  questionTypes.names.includes(item.type) ? questionTypes.of(item) : null;

/** The choices that an answer took. */
export const chosenIn = ({ item }: ItemVersion, response: Answer): readonly string[] =>
  (item && typeOf(item)?.chosen(item, response)) ?? [];

/** What a choice of this item is called. */
export const choiceName = ({ item }: ItemVersion, id: string, t: Translate): string =>
  (item && typeOf(item)?.choiceName(id, t)) ?? id;
