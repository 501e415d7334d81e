/** What a text shows a reader who only knows words: its words, and its pairs of neighbouring words, in small letters. */
export type Words = ReadonlySet<string>;

export function wordsOf(text: string): Words {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
  return new Set([...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)]);
}

/** How far a text leans to yes: the log of its odds, 0 where its words say nothing. */
export type Lean = (words: Words) => number;

/** A text as a model reads it, and the right answer. */
export interface ReadText {
  readonly words: Words;
  readonly isYes: boolean;
}

/** A reader that knows no meaning: what it sees of a text, and how it learns which way that leans. */
export interface TextModel {
  readonly name: string;
  readonly read: (text: string) => Words;
  readonly learn: (examples: readonly ReadText[]) => Lean;
}

/** A word that stood in one text only says more of that text than of any other. */
const SEEN_AT_LEAST = 2;

/**
 * Naive Bayes over which words are present, both answers taken as equally likely beforehand, each count raised by a half.
 * Deterministic, without tuning: it stands for what a reader learns who never sees the lesson.
 */
export function learnWords(examples: readonly ReadText[]): Lean {
  const counts = new Map<string, { yes: number; no: number }>();
  for (const { words, isYes } of examples)
    for (const word of words) {
      const count = counts.get(word) ?? { yes: 0, no: 0 };
      count[isYes ? 'yes' : 'no'] += 1;
      counts.set(word, count);
    }
  const all = examples.filter(({ isYes }) => isYes).length;
  const share = (count: number, of: number) => (count + 0.5) / (of + 1);
  const weights = new Map(
    [...counts]
      .filter(([, { yes, no }]) => yes + no >= SEEN_AT_LEAST)
      .map(([word, { yes, no }]) => [
        word,
        Math.log(share(yes, all)) - Math.log(share(no, examples.length - all)),
      ]),
  );
  return words => [...words].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
}

/** What the gates hold every item to. */
export const SINGLE_WORDS: TextModel = { name: 'words', read: wordsOf, learn: learnWords };
