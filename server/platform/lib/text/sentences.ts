import { countWords } from './words.js';

/** Sentences of one passage. A full stop ends a sentence when white space and a capital, digit or quotation mark follow. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?]["”’')]*)\s+(?=["“‘'(]*[\p{Lu}\d])/u)
    .map(sentence => sentence.trim())
    .filter(sentence => countWords(sentence) > 0);
}
