import type { Item } from '../../teaching/questions/item.js';
import { questionTypes } from '../../teaching/questions/question-types.js';
import { pick, shuffle, type Random } from '../../teaching/quizzes/drawing/seeded-random.js';
import { chosenAnswer, rightInShare, type AskedPart, type Picks } from './asked.js';
import type { Bot } from './bot.js';

/** For each item, the options that a word model takes for right without reading its stem. */
export type ModelGuesses = ReadonlyMap<string, readonly string[]>;

/**
 * People who have learnt nothing but a rule of thumb. Each has a rule for the disposition of a decision and one for written
 * options; where a rule says nothing, they guess. `items` are those that may be drawn: of them, the commonest key is taken.
 */
export const guessers = (items: readonly Item[], guesses: ModelGuesses): Bot[] => [
  always('tell'),
  always('note'),
  always('carry-on'),
  guesser('commonest', { disposition: commonestKey(items) }),
  guesser('longest', { disposition: commonestKey(items), option: longest, isLongWinded: true }),
  guesser('model', { disposition: commonestKey(items), option: (_, { id }) => guesses.get(id) ?? [] }),
  guesser('blind', {}),
];

interface Rules {
  readonly disposition?: string | undefined;
  readonly option?: Picks;
  /** Takes the longest choice in a case, too. */
  readonly isLongWinded?: boolean;
}

const always = (disposition: string): Bot => guesser(disposition, { disposition });

function guesser(name: string, { disposition, option, isLongWinded = false }: Rules): Bot {
  const ruled: Picks = (part, item) => {
    if (part.part === 'disposition') return disposition === undefined ? [] : [disposition];
    return part.part === 'option' ? (option?.(part, item) ?? []) : [];
  };
  return {
    name,
    isGuesser: true,
    answer: (item, random) =>
      chosenAnswer(item, (part, of) => filled(ruled(part, of), part, random)) ??
      rightInShare(item, questionTypes.of(item).guessScore(item), random),
    chooseIn: ({ choices }, random) =>
      isLongWinded ? (byLength(choices)[0]?.id ?? '') : pick(random, choices).id,
  };
}

/** What a rule says, in random order and only as much as is asked for; then anything else. */
function filled(ids: readonly string[], { choices, count }: AskedPart, random: Random): string[] {
  const others = choices.map(({ id }) => id).filter(id => !ids.includes(id));
  return [...shuffle(random, ids), ...shuffle(random, others)].slice(0, count);
}

const longest: Picks = ({ choices, count }) =>
  byLength(choices)
    .slice(0, count)
    .map(({ id }) => id);

const byLength = <T extends { readonly text: string }>(texts: readonly T[]): T[] =>
  texts.toSorted((a, b) => b.text.length - a.text.length);

/** The key that most of these decisions have; undefined where there is no decision. */
function commonestKey(items: readonly Item[]): string | undefined {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = dispositionOf(item);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

const dispositionOf = (item: Item): string | undefined =>
  questionTypes
    .of(item)
    .choices(item)
    .find(({ part, isRight }) => part === 'disposition' && isRight)?.id;
