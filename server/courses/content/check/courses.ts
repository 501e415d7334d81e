import { drawableItems, finalBanks, type FinalBank } from '../drawable.js';
import type { CheckInput, Findings } from './findings.js';
import type { MinuteBreakdown } from '../minutes.js';
import { minuteBreakdown } from '../minutes.js';
import type { Blueprint, Course, Fault } from '../schema/types.js';

/** One quiz of a course: how much larger its pool is than its draw; where it draws from several banks, the scarcest. */
type QuizRow = {
  name: string;
  depth: string;
  draw: number;
  pass: number;
  pool: number;
  ratio: number;
  critical: number;
  scarcest: Bank;
};
type Bank = Pick<FinalBank, 'count' | 'items'>;
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
    found.warnings.push(...practiceWarnings(course, input), ...finalWarnings(course, input));
    budgetFindings(course, row, input, found);
  }
  return found;
}

function toRow(course: Course, { content }: CheckInput): CourseRow {
  const quiz = (name: string, depth: string, { draw, pass }: Blueprint, banks: Bank[]): QuizRow => {
    const pool = banks.flatMap(({ items }) => items);
    const scarcest = banks
      .filter(({ count }) => count > 0)
      .reduce((least, bank) => (ratioOf(bank) < ratioOf(least) ? bank : least));
    return {
      name,
      depth,
      draw,
      pass,
      pool: pool.length,
      ratio: ratioOf(scarcest),
      scarcest,
      critical: pool.filter(({ critical }) => critical !== false).length,
    };
  };
  const modules = course.modules.map(entry => {
    const all = content.modules.find(({ slug }) => slug === entry.module)?.items ?? [];
    const items = drawableItems(all, entry.depth, course.jobs);
    return quiz(entry.module, entry.depth, entry.quiz, [{ count: entry.quiz.draw, items }]);
  });
  const finals =
    course.final && content.final
      ? [quiz('final', '', course.final, finalBanks(course, content.modules, content.final.items))]
      : [];
  return {
    course: course.slug,
    minutes: minuteBreakdown(content, course),
    budget: course.budget,
    quizzes: [...modules, ...finals],
  };
}

const ratioOf = ({ count, items }: Bank): number => items.length / count;

function poolFaults(course: Course, { quizzes }: CourseRow, { lineOf }: CheckInput): Fault[] {
  const file = `courses/${course.slug}.yaml`;
  return quizzes.flatMap(({ name, ratio, scarcest: { count, items } }, m) => {
    if (ratio >= poolRatio) return [];
    const path = name === 'final' ? ['final'] : ['modules', m, 'quiz'];
    return [
      {
        file,
        line: lineOf(file, path),
        problem: `${name}: ${items.length} items for a draw of ${count}.`,
        fix: `Write at least ${poolRatio * count}, or draw fewer.`,
      },
    ];
  });
}

/** A quiz this short says too little of anybody to be more than practice. */
const practiceDraw = 3;

const practiceWarnings = ({ slug, modules }: Course, { lineOf }: CheckInput): Fault[] =>
  modules.flatMap(({ module, quiz: { draw, practice } }, m) =>
    practice || draw > practiceDraw
      ? []
      : [
          {
            file: `courses/${slug}.yaml`,
            line: lineOf(`courses/${slug}.yaml`, ['modules', m, 'quiz']),
            problem: `${module}: ${draw} items must be passed, and say little.`,
            fix: `Add practice: true, or draw more than ${practiceDraw}.`,
          },
        ],
  );

/** What a certificate rests on. */
const wantedFinal = { draw: 16, share: 0.8 };

function finalWarnings({ slug, final }: Course, { lineOf }: CheckInput): Fault[] {
  if (!final) return [];
  const file = `courses/${slug}.yaml`;
  const warn = (problem: string, fix: string) => ({ file, line: lineOf(file, ['final']), problem, fix });
  const { draw, pass } = final;
  return [
    ...(draw < wantedFinal.draw
      ? [warn(`The certificate rests on ${draw} items.`, `Draw at least ${wantedFinal.draw}.`)]
      : []),
    ...(pass / draw < wantedFinal.share
      ? [warn(`${pass} of ${draw} items pass the final.`, `Ask for ${Math.ceil(wantedFinal.share * draw)}.`)]
      : []),
  ];
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
