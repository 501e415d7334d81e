import { quizMinutes } from '../../courses/content/minutes.js';
import type { Item as ContentItem } from '../../courses/content/schema/types.js';
import { canonicalJson, type Json } from '../../lib/canonical-json.js';
import { sha256 } from '../../lib/tokens.js';
import { isCase, itemIn, type Quiz } from '../quiz.js';
import type { Item } from '../../questions/item.js';
import { questionTypes } from '../../questions/registry.js';
import { choicesOf, type Choice } from './choices.js';
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
}

/** The items of one quiz in one course version, by id. */
export type Bank = ReadonlyMap<string, ItemVersion>;

export function bankOf(quiz: Quiz): Bank {
  const ofCase = quiz.scenario ? [itemIn(quiz, { itemId: quiz.scenario.id, optionOrder: [] }).item] : [];
  return new Map([...quiz.items, ...ofCase].map(item => [item.id, versionOf(item, quiz)]));
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
});

function versionOf(item: Item, quiz: Quiz): ItemVersion {
  const inCase = isCase(quiz, { itemId: item.id, optionOrder: [] });
  return {
    id: item.id,
    hash: sha256(canonicalJson(item as unknown as Json)).slice(0, 12),
    item,
    choices: choicesOf(item),
    guess: guessOf(item),
    plannedSeconds: inCase ? null : planned(item),
    isCase: inCase,
  };
}

/** A kind that was taken out of the product since has no formula any more. */
const guessOf = (item: Item): Figure =>
  questionTypes.names.includes(item.type)
    ? defined(questionTypes.named(item.type).guessScore(item))
    : undefinedFor('no-chance');

const planned = ({ type }: Item): number =>
  Math.round(quizMinutes({ draw: 1, items: [{ type: type as ContentItem['type'] }] }) * 60);
