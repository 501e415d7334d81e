import { columnsOf, type Cell, type CsvTable } from '../../../platform/lib/text/csv.js';
import { coverageOf } from './coverage.js';
import type { OpenRule } from './open-rule.js';

/** A record for each lesson and each question that carries a topic of a rule, for the count that proves it, and for each of its gaps. */
export const coverageTable = ({ rule, courses }: Pick<OpenRule, 'rule' | 'courses'>): CsvTable => ({
  columns: [
    ...columnsOf('string', 'rule', 'topic', 'course'),
    ...columnsOf('integer', 'course version'),
    ...columnsOf(
      'string',
      'kind (lesson, optional lesson, question, count or gap)',
      'lesson, question, count or gap',
    ),
  ],
  parts: courses.map(course =>
    coverageOf(rule, course).flatMap(({ text, lessons, items, counted, gaps }) => {
      const of: Cell[] = [rule.id, text, course.snapshot.slug, course.number];
      return [
        ...lessons.map(({ lesson, isOptional }): Cell[] => [
          ...of,
          isOptional ? 'optional lesson' : 'lesson',
          lesson,
        ]),
        ...items.map((item): Cell[] => [...of, 'question', item]),
        ...(counted === null ? [] : [[...of, 'count', counted]]),
        ...gaps.map((gap): Cell[] => [...of, 'gap', gap]),
      ];
    }),
  ),
});
