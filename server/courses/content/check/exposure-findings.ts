import { boundsOf, type Promises } from '../bounds.js';
import { drawableItems, familiesAmong, finalBanks, formItems, sharesOf } from '../drawable.js';
import type { Blueprint, Content, Course, Fault } from '../schema/types.js';
import type { Item } from '../../../questions/item.js';
import type { Path } from '../load/yaml-source.js';
import { percent } from '../gates/measure.js';
import type { CheckInput, Findings } from './findings.js';

/**
 * Which items learners of a family would meet in more forms than the course allows. Reckoned, not drawn: so many are promised of each kind,
 * among so many that there are.
 */
export function checkExposure({ content, lineOf }: CheckInput): Findings {
  const warnings: Fault[] = [];
  for (const course of content.courses) {
    const file = `courses/${course.slug}.yaml`;
    for (const { path, ...quiz } of quizzesOf(course, content)) {
      for (const problem of problemsOf(course, quiz))
        warnings.push({
          file,
          line: lineOf(file, path),
          problem,
          fix: 'Write more of them, or promise fewer.',
        });
    }
  }
  return { faults: [], warnings };
}

interface PlannedQuiz {
  readonly name: string;
  readonly blueprint: Blueprint & Pick<Promises, 'from'>;
  readonly items: readonly Item[];
}

function quizzesOf(course: Course, { modules, final }: Content): (PlannedQuiz & { path: Path })[] {
  const quizzes = course.modules.map(({ module, quiz, depth }, m) => ({
    name: module,
    path: ['modules', m, 'quiz'],
    blueprint: quiz,
    items: drawableItems(modules.find(({ slug }) => slug === module)?.items ?? [], depth, course.jobs),
  }));
  if (!course.final || !final) return quizzes;
  const banks = finalBanks(course, modules, final.items);
  const blueprint = { ...course.final, from: sharesOf(banks) };
  const items = banks.flatMap(bank => bank.items);
  return [...quizzes, { name: 'final', path: ['final'], blueprint, items }];
}

function problemsOf({ jobs }: Course, { name, blueprint, items }: PlannedQuiz): string[] {
  const { draw, exposure } = blueprint;
  if (exposure === undefined) return [];
  return familiesAmong(jobs).flatMap(family => {
    const pool = formItems(items, family);
    const whom = family ? `${name}, ${family}` : name;
    const kinds = [{ name: 'items', count: draw, fits: () => true }, ...boundsOf(blueprint, family)];
    return kinds.flatMap(({ name: kind, count, most = count, fits }) => {
      const fitting = pool.filter(fits).length;
      const share = (count + most) / 2 / fitting;
      return fitting > 0 && share * 100 > exposure
        ? [`${whom}: ${kind} stand in ${percent(share)} of the forms each; ${exposure} % is the most.`]
        : [];
    });
  });
}
