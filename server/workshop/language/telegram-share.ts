import { sentences } from '../../platform/lib/text/sentences.js';
import { countWords } from '../../platform/lib/text/words.js';

/** A sentence of so few words is a telegram, if there are many of them. */
const FEW = 5;

/** The share of sentences of five words or fewer, 0 to 1. @param passages headings and table cells, without a full stop, do not count */
export function telegramShare(passages: readonly string[]): number {
  const all = passages.filter(text => /[.?!]["”’')]*$/.test(text)).flatMap(sentences);
  return all.length === 0 ? 0 : all.filter(sentence => countWords(sentence) <= FEW).length / all.length;
}
