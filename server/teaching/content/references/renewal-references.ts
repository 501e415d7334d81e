import { renewalBanks, sharesOf } from '../drawable.js';
import type { LoadedContent } from '../load/loaded.js';
import type { LoadedFile } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';
import type { Course, Fault, RenewalPath } from '../schema/types.js';
import { blueprintFaults } from './blueprint-faults.js';

type Say = (path: Path, problem: string, fix: string) => Fault;

/** A renewal may only promise what exists: lessons of the course's modules, items to draw, and a final at its end. */
export function renewalFaults(course: LoadedFile<Course>, content: LoadedContent): Fault[] {
  const { renewal, final, modules } = course.value;
  if (!renewal) return [];
  const say: Say = (path, problem, fix) => ({
    file: course.file,
    line: course.lineOf(['renewal', ...path]),
    problem,
    fix,
  });
  const { min, max } = renewal.budget;
  const slugs = modules.map(({ module }) => module);
  return [
    ...(final ? [] : [say([], 'A renewal ends with the final, and the course has none.', 'Add a final.')]),
    ...(min > max
      ? [say(['budget'], 'The budget ends before it begins.', 'Make min smaller than max.')]
      : []),
    ...renewal.modules.flatMap((_, at) => partFaults(renewal, at, slugs, content, say)),
    ...quizFaults(course.value, renewal, content, say),
  ];
}

function partFaults(
  { modules }: RenewalPath,
  at: number,
  slugs: readonly string[],
  content: LoadedContent,
  say: Say,
): Fault[] {
  const { module = '', lessons = [] } = modules[at] ?? {};
  const path = ['modules', at, 'module'];
  if (!slugs.includes(module))
    return [
      say(path, `"${module}" is not a module of this course.`, 'Name one of its modules, or add the module.'),
    ];
  if (modules.findIndex(other => other.module === module) < at)
    return [
      say(
        path,
        `The module "${module}" is listed twice.`,
        'List all its lessons together, or remove one entry.',
      ),
    ];
  const written = content.modules.find(({ slug }) => slug === module)?.lessons ?? [];
  const names = written.map(({ value }) => value.name);
  return lessons.flatMap((name, l) => {
    const here = ['modules', at, 'lessons', l];
    if (lessons.indexOf(name) < l) return [say(here, 'A lesson is listed twice.', 'List each lesson once.')];
    if (names.includes(name)) return [];
    const problem = `The lesson "${name}" does not exist in ${module}.`;
    return [say(here, problem, `Name one of: ${names.join(', ')}.`)];
  });
}

function quizFaults(course: Course, { quiz }: RenewalPath, content: LoadedContent, say: Say): Fault[] {
  const { from, ...blueprint } = quiz;
  const strangers = Object.keys(from).filter(slug => !course.modules.some(({ module }) => module === slug));
  if (strangers.length > 0)
    return strangers.map(slug =>
      say(['quiz', 'from', slug], `"${slug}" is not a module of this course.`, 'Name one of its modules.'),
    );
  const sum = Object.values(from).reduce((all, count) => all + count, 0);
  if (sum !== quiz.draw) {
    const problem = `${sum} items come from modules, and the quiz draws ${quiz.draw}.`;
    return [say(['quiz', 'from'], problem, 'Make them the same: all its items come from modules.')];
  }
  const modules = content.modules.map(each => ({ slug: each.slug, items: each.quiz.value.items }));
  const banks = renewalBanks(course, modules);
  const planned = { ...blueprint, from: sharesOf(banks) };
  const pool = banks.flatMap(({ items }) => items);
  return blueprintFaults({ blueprint: planned, pool, jobs: course.jobs }, (problem, fix) =>
    say(['quiz'], problem, fix),
  );
}
