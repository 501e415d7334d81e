import {
  SINGLE_WORDS,
  learnWords,
  wordsOf,
  type ReadText,
  type Lean,
  type TextModel,
  type Words,
} from './word-model.js';

/** Pieces of so many letters: endings, contractions and punctuation give themselves away where words do not. */
const LETTERS = 4;

/** Every run of letters in a text, with its blanks and signs, in small letters. */
export function letterRuns(text: string): Words {
  const all = ` ${text.toLowerCase().replace(/\s+/g, ' ')} `;
  return new Set(Array.from({ length: all.length - LETTERS + 1 }, (_, at) => all.slice(at, at + LETTERS)));
}

/** Rounds over all examples; how far one of them moves a weight; how fast weights fall back to nothing. */
const TRAINING = { rounds: 40, step: 0.3, decay: 0.01 };

/**
 * Logistic regression over which words are present, both answers counting the same. Words that always come together share what they
 * say, which naive Bayes counts twice. Deterministic: examples come in their order, and steps shrink with each round.
 */
function learnLogistic(examples: readonly ReadText[]): Lean {
  const weights = new Map<string, number>();
  let base = 0;
  const yes = examples.filter(({ isYes }) => isYes).length;
  const scaled = examples.map(({ words, isYes }) => ({
    words,
    isYes,
    worth: examples.length / 2 / (isYes ? yes : examples.length - yes),
    length: Math.sqrt(words.size || 1),
  }));
  const lean = (words: Words, length: number): number =>
    [...words].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0) / length + base;
  for (let round = 0; round < TRAINING.rounds; round += 1) {
    const step = TRAINING.step / (1 + round / 10);
    for (const { words, isYes, worth, length } of scaled) {
      const error = Number(isYes) - 1 / (1 + Math.exp(-lean(words, length)));
      const move = step * worth * error;
      base += move;
      for (const word of words) {
        const weight = weights.get(word) ?? 0;
        weights.set(word, weight * (1 - step * TRAINING.decay) + move / length);
      }
    }
  }
  return words => lean(words, Math.sqrt(words.size || 1));
}

/** Readers that err in different ways: what all of them are held to is no luck of one. */
export const TEXT_MODELS: readonly TextModel[] = [
  SINGLE_WORDS,
  { name: 'letters', read: letterRuns, learn: learnWords },
  { name: 'logistic', read: wordsOf, learn: learnLogistic },
];
