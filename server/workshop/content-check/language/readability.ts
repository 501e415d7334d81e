import { sentences } from '../../../platform/lib/text/sentences.js';

/** The most words that a sentence may have (style rules). */
export const longestSentence = 22;

/** Flesch-Kincaid grade (US school years) over passages: it finds outliers in English; it does not measure a CEFR level. */
export function readingGrade(texts: string[]): number {
  const all = texts.flatMap(sentences);
  const words = all.flatMap(sentence => sentence.match(/[A-Za-z]+(?:['’][a-z]+)?/g) ?? []);
  if (all.length === 0 || words.length === 0) return 0;
  const syllables = words.reduce((total, word) => total + countSyllables(word), 0);
  return 0.39 * (words.length / all.length) + 11.8 * (syllables / words.length) - 15.59;
}

/** Groups of vowels, less a silent final e: right for most English words, which is enough for an average. */
function countSyllables(word: string): number {
  const lower = word.toLowerCase().replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, '');
  return Math.max(1, (lower.match(/[aeiouy]+/g) ?? []).length);
}
