import { columnsOf, type Cell, type CsvTable } from '../../lib/text/csv.js';
import { coverageOf } from './coverage.js';
import type { OpenRule } from './open-rule.js';

/** A record for each lesson and each question that carries a topic of a rule, and one for each topic's gap. */
export const coverageTable = ({ rule, courses }: Pick<OpenRule, 'rule' | 'courses'>): CsvTable => ({
  columns: [
    ...columnsOf('string', 'rule', 'topic', 'course'),
    ...columnsOf('integer', 'course version'),
    ...columnsOf('string', 'kind (lesson, optional lesson, question or gap)', 'lesson, question or gap'),
  ],
  parts: courses.map(course =>
    coverageOf(rule, course).flatMap(({ text, lessons, items, gaps }) => {
      const of: Cell[] = [rule.id, text, course.snapshot.slug, course.number];
      return [
        ...lessons.map(({ lesson, isOptional }): Cell[] => [
          ...of,
          isOptional ? 'optional lesson' : 'lesson',
          lesson,
        ]),
        ...items.map((item): Cell[] => [...of, 'question', item]),
        ...gaps.map((gap): Cell[] => [...of, 'gap', gap]),
      ];
    }),
  ),
});
