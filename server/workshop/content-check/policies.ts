import type { CheckInput, Findings } from './findings.js';
import { finalMinutes, quizMinutes } from '../../teaching/content/minutes.js';
import { plannedQuizzes } from '../../teaching/content/planned-quizzes.js';
import type { Content, Course } from '../../teaching/content/schema/types.js';

/** Who reads slowly, or in a language that is not their own, needs about twice the counted time. */
const ROOM = 2;

/** A time limit leaves room: nobody can meet one below the counted minutes, and one below twice as many hurries people. */
export function checkPolicies({ content, lineOf }: CheckInput): Findings {
  const found: Findings = { faults: [], warnings: [] };
  for (const course of content.courses) {
    for (const kind of ['quizzes', 'final'] as const) {
      const limit = course.policy?.[kind]?.timeLimit ?? null;
      const counted = longest(content, course, kind);
      if (limit === null || limit >= ROOM * counted) continue;
      const file = `courses/${course.slug}.yaml`;
      (limit < counted ? found.faults : found.warnings).push({
        file,
        line: lineOf(file, ['policy', kind, 'timeLimit']),
        problem: `The time limit is ${limit} minutes, but the longest quiz takes ${counted.toFixed(1)}.`,
        fix: `Write at least ${Math.ceil(ROOM * counted)}, or null for no limit.`,
      });
    }
  }
  return found;
}

/** Counted minutes of the longest quiz that a policy covers. */
function longest(content: Content, course: Course, kind: 'quizzes' | 'final'): number {
  if (kind === 'final') return finalMinutes(content, course);
  const minutes = plannedQuizzes(course, content)
    .filter(({ name }) => name !== 'final')
    .map(({ items, blueprint: { draw, from } }) => quizMinutes({ draw, items, from }));
  return Math.max(0, ...minutes);
}
