import { drawableItems, finalItems } from '../drawable.js';
import type { CheckInput, Findings } from './findings.js';
import type { MinuteBreakdown } from '../minutes.js';
import { minuteBreakdown } from '../minutes.js';
import type { Blueprint, Course, Fault } from '../schema/types.js';
import type { Item } from '../../../questions/item.js';

/** One quiz of a course: how much larger its pool is than its draw. */
type QuizRow = {
  name: string;
  depth: string;
  draw: number;
  pass: number;
  pool: number;
  ratio: number;
  critical: number;
};
export type CourseRow = {
  course: string;
  minutes: MinuteBreakdown;
  budget: Course['budget'];
  quizzes: QuizRow[];
};

/** A pool must be three times its draw, so that a second attempt is not a memory test (courses). */
const poolRatio = 3;

export function checkCourses(input: CheckInput): Findings & { rows: CourseRow[] } {
  const found: Findings & { rows: CourseRow[] } = { faults: [], warnings: [], rows: [] };
  for (const course of input.content.courses) {
    const row = toRow(course, input);
    found.rows.push(row);
    found.faults.push(...poolFaults(course, row, input));
    budgetFindings(course, row, input, found);
  }
  return found;
}

function toRow(course: Course, { content }: CheckInput): CourseRow {
  const quiz = (name: string, depth: string, { draw, pass }: Blueprint, pool: Item[]): QuizRow => ({
    name,
    depth,
    draw,
    pass,
    pool: pool.length,
    ratio: pool.length / draw,
    critical: pool.filter(({ critical }) => critical !== false).length,
  });
  const modules = course.modules.map(entry => {
    const items = content.modules.find(({ slug }) => slug === entry.module)?.items ?? [];
    return quiz(entry.module, entry.depth, entry.quiz, drawableItems(items, entry.depth));
  });
  const finals =
    course.final && content.final
      ? [quiz('final', '', course.final, finalItems(course, content.modules, content.final.items))]
      : [];
  return {
    course: course.slug,
    minutes: minuteBreakdown(content, course),
    budget: course.budget,
    quizzes: [...modules, ...finals],
  };
}

function poolFaults(course: Course, { quizzes }: CourseRow, { lineOf }: CheckInput): Fault[] {
  const file = `courses/${course.slug}.yaml`;
  return quizzes.flatMap(({ name, ratio, pool, draw }, m) => {
    if (ratio >= poolRatio) return [];
    const path = name === 'final' ? ['final'] : ['modules', m, 'quiz'];
    return [
      {
        file,
        line: lineOf(file, path),
        problem: `${name}: ${pool} items for a draw of ${draw}.`,
        fix: `Write at least ${poolRatio * draw}, or draw fewer.`,
      },
    ];
  });
}

/** A course below its budget is a fault only once it is complete: until then, modules are still missing. */
function budgetFindings(
  course: Course,
  { minutes, budget }: CourseRow,
  input: CheckInput,
  found: Findings,
): void {
  const file = `courses/${course.slug}.yaml`;
  const at = { file, line: input.lineOf(file, ['budget']) };
  const total = minutes.total.toFixed(1);
  if (minutes.total > budget.max)
    found.faults.push({
      ...at,
      problem: `The course takes ${total} minutes; at most ${budget.max} are promised.`,
      fix: 'Shorten lessons or draws.',
    });
  if (minutes.total < budget.min)
    (course.final && missingModules(input).length === 0 ? found.faults : found.warnings).push({
      ...at,
      problem: `The course takes ${total} minutes; at least ${budget.min} are promised.`,
      fix: 'Add what is missing.',
    });
}

/** Modules that the map of the source text expects and that are not written yet. */
export function missingModules({ content }: Pick<CheckInput, 'content'>): string[] {
  const written = new Set(content.modules.map(({ slug }) => slug));
  return [...new Set(content.seeds.flatMap(({ taughtIn }) => taughtIn))]
    .filter(slug => !written.has(slug))
    .sort();
}
