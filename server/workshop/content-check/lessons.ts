import type { CheckInput, Findings } from './findings.js';
import { lessonFile, longSentencesIn, mergeFindings } from './findings.js';
import { bodyReferences, passages } from '../../teaching/content/load/lesson-body.js';
import { countWords } from '../../platform/lib/text/words.js';
import { telegramShare } from '../language/telegram-share.js';
import { lessonMinutes } from '../../teaching/content/minutes.js';
import { readingGrade } from './language/readability.js';
import { sentences } from '../../platform/lib/text/sentences.js';
import type { Fact, Fault, Lesson } from '../../teaching/content/schema/types.js';

/**
 * One row of the table of lessons. `grade` is the Flesch-Kincaid grade, `telegrams` the share of sentences of five words or fewer, 0 to 1.
 */
export type LessonRow = {
  module: string;
  lesson: string;
  words: number;
  minutes: number;
  grade: number;
  longest: number;
  telegrams: number;
};

/** Limits of the style rules and of the content contract. */
const highestGrade = 9;
const wordLimits = { essentials: { min: 200, max: 360 }, full: { min: 200, max: 760 } };
/** What the essentials of a module are to be: a story, in whole sentences. Reported, never failed. */
export const wantedEssentials = { words: { min: 300, max: 360 }, telegrams: 0.12 };
/** Two ways of counting words may differ a little near a full minute. */
const tolerance = 0.1;

export function checkLessons(input: CheckInput): Findings & { rows: LessonRow[] } {
  const { modules, facts } = input.content;
  const byId = new Map(facts.map(fact => [fact.id, fact]));
  const all = modules.flatMap(module =>
    module.lessons.map(lesson => ({
      lesson,
      file: lessonFile(module, lesson),
      row: toRow(module.slug, lesson),
    })),
  );
  return {
    ...mergeFindings(all.map(entry => lessonFindings(entry, byId, input))),
    rows: all.map(({ row }) => row),
  };
}

type Entry = { lesson: Lesson; file: string; row: LessonRow };

function toRow(module: string, lesson: Lesson): LessonRow {
  const parts = passages(lesson.body).map(({ text }) => text);
  return {
    module,
    lesson: lesson.name,
    words: countWords(parts.join('\n')),
    minutes: lessonMinutes(lesson),
    grade: readingGrade(parts),
    longest: Math.max(0, ...parts.flatMap(sentences).map(countWords)),
    telegrams: telegramShare(parts),
  };
}

function lessonFindings(
  { lesson, file, row }: Entry,
  facts: Map<string, Fact>,
  { lineOf }: CheckInput,
): Findings {
  const found: Findings = { faults: [], warnings: [] };
  if (!minutesAgree(lesson.minutes, row.minutes))
    found.faults.push({
      file,
      line: lineOf(file, ['minutes']),
      problem: `minutes says ${lesson.minutes}; ${row.words} words and ${lesson.checks.length + (lesson.decisions ?? []).length + (lesson.sorts ?? []).length} questions take ${row.minutes.toFixed(1)}.`,
      fix: `Write minutes: ${Math.max(2, Math.ceil(row.minutes))}.`,
    });
  const limits = lesson.name.startsWith('00-') ? wordLimits.essentials : wordLimits.full;
  if (row.words > limits.max || row.words < limits.min)
    found.warnings.push({
      file,
      line: lesson.bodyLine,
      problem: `The text has ${row.words} words.`,
      fix: `Keep it between ${limits.min} and ${limits.max}.`,
    });
  if (row.grade > highestGrade)
    found.warnings.push({
      file,
      line: lesson.bodyLine,
      problem: `The reading grade is ${row.grade.toFixed(1)}.`,
      fix: 'Use shorter sentences and more common words.',
    });
  for (const { line, text } of passages(lesson.body))
    found.warnings.push(...longSentencesIn(text, { file, line: lesson.bodyLine + line - 1 }));
  found.faults.push(...figureFaults(lesson, file, facts));
  return found;
}

function minutesAgree(declared: number, computed: number): boolean {
  return (
    declared >= Math.max(2, Math.ceil(computed - tolerance)) &&
    declared <= Math.max(2, Math.ceil(computed + tolerance))
  );
}

/** A sentence that rests on an unverified fact may hold no figure; a year alone is not a figure. */
function figureFaults(lesson: Lesson, file: string, facts: Map<string, Fact>): Fault[] {
  return lesson.body.split('\n').flatMap((text, index) =>
    sentences(text).flatMap(sentence => {
      const weak = bodyReferences(sentence)
        .facts.map(({ name }) => facts.get(name))
        .find(fact => fact && !mayGiveFigures(fact));
      const figure = /\d[\d.,]*\s?%?/.exec(
        sentence.replaceAll(/\[F\d{3}[^\]]*\]|\b(?:19|20)\d{2}\b/g, ''),
      )?.[0];
      if (!weak || figure === undefined) return [];
      return [
        {
          file,
          line: lesson.bodyLine + index,
          problem: `"${figure.trim()}" rests on ${weak.id}, which is ${weak.status}.`,
          fix: 'Say it without the figure.',
        },
      ];
    }),
  );
}

const mayGiveFigures = ({ status }: Fact): boolean => status === 'verified' || status === 'interpretation';
