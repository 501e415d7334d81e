import type { Kept, Quiz } from '../quiz-model.js';
import { inMinutes, readingSeconds } from '../../courses/cards.js';
import type { CourseSnapshot, SnapshotLesson, SnapshotModule } from '../../content/snapshot.js';
import { addresses } from '../../learning/cycle-addresses.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { suitableCases } from '../drawing/draw-case.js';
import { caseOf, isCase } from '../quiz.js';
import type { restudyRows } from './restudy.js';
import { rightNeeded, type CaseScore } from '../../questions/types/scenario/case-score.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';
import { endingTexts } from '../../questions/types/scenario/scenario-walk.js';
import { walkOf } from '../../questions/types/scenario/scenario.js';

type ItemRow = ReturnType<typeof restudyRows>[number];

/** A lesson to read again; `unsafe` when a decision in the case broke a rule that it teaches. */
type Row = ItemRow & { readonly unsafe: boolean };

/** The case of a form, and how it went. */
export interface ScoredCase {
  readonly scenario: Pick<Scenario, 'objective'>;
  readonly score: CaseScore;
}

/** How the case went, for the sentence that says what was missed; names no decision. */
export const caseOutcome = (
  { scenarios, job = null }: Pick<Quiz, 'scenarios' | 'job'>,
  score: CaseScore,
) => ({
  passed: score.passed,
  isEnded: score.ending !== null,
  right: score.right,
  count: score.steps,
  needed: rightNeeded(score.steps),
  /** The next try may end with a different case. */
  changes: suitableCases(scenarios, job).length > 1,
});

/**
 * The lessons to read again, those for the drawn items joined with those for a case that was not passed; what was
 * unsafe stands first, and so does its objective. Of a case an objective is named, never a decision.
 */
export function joinedRestudy(
  items: readonly ItemRow[],
  course: CourseSnapshot,
  cycleId: string,
  played: ScoredCase | null,
): Row[] {
  const own: Row[] = items.map(row => ({ ...row, unsafe: false }));
  const forCase = played && !played.score.passed ? caseRows(course, cycleId, played) : [];
  const joined = own.map(row => join(row, forCase));
  const added = forCase.filter(row => !own.some(({ lessonHref }) => lessonHref === row.lessonHref));
  const weight = ({ critical, unsafe }: Row) => Number(critical || unsafe);
  return [...joined, ...added].sort((a, b) => weight(b) - weight(a));
}

function join(row: Row, others: readonly Row[]): Row {
  const other = others.find(({ lessonHref }) => lessonHref === row.lessonHref);
  if (!other?.unsafe) return row;
  return { ...row, objectives: [...new Set([...other.objectives, ...row.objectives])], unsafe: true };
}

/**
 * After enough right decisions only the lessons on what was unsafe; otherwise all of the module that teaches what
 * the case asks for, those on what was unsafe with the objective.
 */
function caseRows(
  course: CourseSnapshot,
  cycleId: string,
  { scenario: { objective }, score }: ScoredCase,
): Row[] {
  const module = course.modules.find(({ objectives }) => objectives.some(({ id }) => id === objective));
  if (!module) return [];
  const broken = new Set(score.unsafe.flatMap(rule => objectivesOn(rule, module, course)));
  const rows = module.lessons
    .filter(({ optional }) => !optional)
    .map(lesson => rowOf(module, lesson, cycleId, broken));
  const unsafe = rows.filter(row => row.unsafe);
  const isEnough = score.ending !== null && score.right >= rightNeeded(score.steps);
  return isEnough && unsafe.length > 0 ? unsafe : rows;
}

function rowOf(
  module: SnapshotModule,
  lesson: SnapshotLesson,
  cycleId: string,
  broken: ReadonlySet<string>,
): Row {
  const objectives = module.objectives.filter(({ id }) => broken.has(id) && lesson.objectives.includes(id));
  return {
    lessonTitle: lesson.title,
    lessonHref: addresses(cycleId).lesson(module.slug, lesson.name),
    objectives: objectives.map(({ text }) => text),
    minutes: inMinutes(readingSeconds(lesson)),
    critical: false,
    unsafe: objectives.length > 0,
  };
}

/**
 * A safety rule belongs to the objectives under which the module's own bank tests it; one that it does not test, to those that
 * the rule's worked example names.
 */
function objectivesOn(
  rule: string,
  { quiz }: SnapshotModule,
  { remediation = [] }: CourseSnapshot,
): string[] {
  const tested = quiz.items.filter(({ critical }) => critical === rule).map(({ objective }) => objective);
  if (tested.length > 0) return tested;
  return remediation.find(each => each.rule === rule)?.objectives ?? [];
}

/** After a pass: each decision with its reason and the better choice. Never made for an attempt that failed. */
export function caseFeedback(quiz: Quiz, form: readonly DrawnSlot[], kept: readonly Kept[]) {
  const at = form.findIndex(drawn => isCase(quiz, drawn));
  const scenario = form[at] && caseOf(quiz, form[at]);
  if (!scenario) return null;
  const response = kept.find(({ slot }) => slot === at + 1)?.response ?? {};
  const { steps, ending } = walkOf(scenario, response);
  return {
    title: scenario.title,
    ending: ending ? endingTexts(ending, steps) : [],
    steps: steps.map(({ node, choice }) => ({
      question: node.question,
      choice: choice.text,
      quality: choice.quality,
      reason: choice.reason,
      better: 'better' in choice ? choice.better : null,
    })),
  };
}
