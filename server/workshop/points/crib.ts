import { itemsAsked, readByAll } from '../content-check/claimed-seeds.js';
import { lessonText } from '../../teaching/content/load/lesson-body.js';
import type { Content, Course, Lesson } from '../../teaching/content/schema/types.js';
import { exhibitText } from '../../teaching/exhibits/exhibit-parts.js';
import type { Item } from '../../teaching/questions/item.js';
import { questionTypes } from '../../teaching/questions/question-types.js';

/** The required lessons, as a crib, have to help a reader who understands nothing to this share more of the right options. */
export const CRIB_LIFT = 0.15;

/** How a reader who only compares words fares with the items that ask points: mean shares of the right options found, 0 to 1. */
export interface CribFigure {
  /** How many items offer options to choose from. */
  readonly items: number;
  /** Without the lessons all options look alike, so this is chance. */
  readonly without: number;
  readonly withLessons: number;
}

/**
 * Looks up each option in the required lessons of a course, and takes those that share most with one sentence there. A figure that
 * can fail until people have read with and without the lessons: where it is low, the items do not ask what the lessons say.
 */
export function crib(course: Course, content: Content): CribFigure {
  const sentences = readByAll(course, content).flatMap(sentencesOf).map(stemsIn);
  const rare = rarity(sentences);
  const asked = itemsAsked(course, content).filter(({ points }) => points !== undefined);
  const guesses = [...new Set(asked)].flatMap(item => guess(item, sentences, rare) ?? []);
  return {
    items: guesses.length,
    without: meanOf(guesses.map(({ chance }) => chance)),
    withLessons: meanOf(guesses.map(({ hits }) => hits)),
  };
}

function guess(item: Item, sentences: readonly Stems[], rare: (stem: string) => number) {
  const options = questionTypes.of(item).choices(item);
  const count = options.filter(({ isRight }) => isRight).length;
  if (count === 0 || count === options.length) return null;
  const scored = options.map(({ isRight, text }) => {
    const own = stemsIn(text);
    const shared = sentences.map(sentence =>
      weight(
        [...own].filter(stem => sentence.has(stem)),
        rare,
      ),
    );
    return { isRight, score: Math.max(...shared) / Math.sqrt(own.size || 1) };
  });
  const taken = scored.toSorted((a, b) => b.score - a.score).slice(0, count);
  return { chance: count / options.length, hits: taken.filter(({ isRight }) => isRight).length / count };
}

type Stems = ReadonlySet<string>;

/** Words by their first six letters, without the short ones, which say little. */
const stemsIn = (text: string): Stems =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).map(word => word.slice(0, 6)));

const sentencesOf = ({ lead, body, summary, exhibits = [] }: Lesson): string[] =>
  [lead, lessonText(body), ...summary, ...exhibits.map(exhibitText)]
    .join('\n')
    .split(/(?<=[.!?:])\s+|\n/)
    .filter(sentence => sentence !== '');

/** The log of how many sentences there are for each that has the stem. */
function rarity(sentences: readonly Stems[]): (stem: string) => number {
  const counts = new Map<string, number>();
  for (const sentence of sentences)
    for (const stem of sentence) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return stem => Math.log(sentences.length / (counts.get(stem) ?? sentences.length));
}

const weight = (stems: readonly string[], rare: (stem: string) => number): number =>
  stems.reduce((sum, stem) => sum + rare(stem), 0);

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
