import { unclaimedSeeds } from './claimed-seeds.js';
import type { FinalBank } from '../../teaching/content/drawable.js';
import type { Path } from '../../teaching/content/load/yaml-source.js';
import { plannedQuizzes, type PlannedQuiz } from '../../teaching/content/planned-quizzes.js';
import type { CheckInput, Findings } from './findings.js';
import type { MinuteBreakdown } from '../../teaching/content/minutes.js';
import { minuteBreakdown, renewalMinutes } from '../../teaching/content/minutes.js';
import type { Content, Course, Fault } from '../../teaching/content/schema/types.js';

/** One quiz of a course: how much larger its pool is than its draw; where it draws from several banks, the scarcest. */
type QuizRow = {
  name: string;
  path: Path;
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
  /** Of the shorter path of those who renew; null where the course has none. */
  renewal: { minutes: MinuteBreakdown; budget: Course['budget'] } | null;
  quizzes: QuizRow[];
  /** Points of the source text that it does not claim; null where it does not say. */
  unclaimed: string[] | null;
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

const toRow = (course: Course, { content }: CheckInput): CourseRow => ({
  course: course.slug,
  minutes: minuteBreakdown(content, course),
  budget: course.budget,
  renewal: renewalRow(content, course),
  quizzes: plannedQuizzes(course, content).map(quiz => quizRow(course, quiz)),
  unclaimed: unclaimedSeeds(content, course),
});

function renewalRow(content: Content, course: Course): CourseRow['renewal'] {
  const minutes = renewalMinutes(content, course);
  return minutes && course.renewal ? { minutes, budget: course.renewal.budget } : null;
}

function quizRow(
  { modules }: Course,
  { name, path, blueprint: { draw, pass }, banks, items }: PlannedQuiz,
): QuizRow {
  const scarcest = banks
    .filter(({ count }) => count > 0)
    .reduce((least, bank) => (ratioOf(bank) < ratioOf(least) ? bank : least));
  return {
    name,
    path,
    depth: modules.find(({ module }) => module === name)?.depth ?? '',
    draw,
    pass,
    pool: items.length,
    ratio: ratioOf(scarcest),
    scarcest,
    critical: items.filter(({ critical }) => critical !== false).length,
  };
}

const ratioOf = ({ count, items }: Bank): number => items.length / count;

function poolFaults(course: Course, { quizzes }: CourseRow, { lineOf }: CheckInput): Fault[] {
  const file = `courses/${course.slug}.yaml`;
  return quizzes.flatMap(({ name, path, ratio, scarcest: { count, items } }) => {
    if (ratio >= poolRatio) return [];
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
  modules.flatMap(({ module, quiz }, m) =>
    !quiz || quiz.practice || quiz.draw > practiceDraw
      ? []
      : [
          {
            file: `courses/${slug}.yaml`,
            line: lineOf(`courses/${slug}.yaml`, ['modules', m, 'quiz']),
            problem: `${module}: ${quiz.draw} items must be passed, but they show little.`,
            fix: `Add practice: true, or draw more than ${practiceDraw}.`,
          },
        ],
  );

/** What a certificate rests on. */
const wantedFinal = { draw: 12, share: 0.8 };

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

function budgetFindings(
  course: Course,
  { minutes, budget, renewal }: CourseRow,
  input: CheckInput,
  found: Findings,
): void {
  holdBudget({ course, what: 'The course', path: ['budget'], minutes, budget }, input, found);
  const path = ['renewal', 'budget'];
  if (renewal) holdBudget({ course, what: 'The renewal', path, ...renewal }, input, found);
}

interface Promised {
  readonly course: Course;
  readonly what: string;
  readonly path: Path;
  readonly minutes: MinuteBreakdown;
  readonly budget: Course['budget'];
}

/** What is below its budget is a fault only once the course is complete: until then, modules are still missing. */
function holdBudget(
  { course, what, path, minutes, budget }: Promised,
  input: CheckInput,
  found: Findings,
): void {
  const file = `courses/${course.slug}.yaml`;
  const at = { file, line: input.lineOf(file, path) };
  const total = minutes.total.toFixed(1);
  if (minutes.total > budget.max)
    found.faults.push({
      ...at,
      problem: `${what} takes ${total} minutes; at most ${budget.max} are promised.`,
      fix: 'Shorten lessons or draws.',
    });
  if (minutes.total < budget.min)
    (course.final && missingModules(input).length === 0 ? found.faults : found.warnings).push({
      ...at,
      problem: `${what} takes ${total} minutes; at least ${budget.min} are promised.`,
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
