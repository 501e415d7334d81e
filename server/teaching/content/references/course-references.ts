import { suits } from '../bounds.js';
import { askedAmong, drawableItems, finalBanks, sharesOf } from '../drawable.js';
import type { LoadedContent } from '../load/loaded.js';
import type { Course, CourseModule, Fault } from '../schema/types.js';
import type { LoadedFile } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';
import { blueprintFaults } from './blueprint-faults.js';

/** A course may only promise what exists: its modules, their lessons, and enough items to draw. */
export function courseFaults(course: LoadedFile<Course>, content: LoadedContent): Fault[] {
  const at = (path: Path, problem: string, fix: string): Fault => ({
    file: course.file,
    line: course.lineOf(path),
    problem,
    fix,
  });
  const { value } = course;
  const faults: Fault[] = [];
  if (course.file !== `courses/${value.slug}.yaml`)
    faults.push(at(['slug'], `The slug "${value.slug}" is not the file's name.`, 'Make them the same.'));
  if (!value.final && value.modules.some(({ quiz }) => quiz === undefined || quiz.practice))
    faults.push(
      at(
        ['modules'],
        'A module has practice or no quiz, and there is no final that must be passed.',
        'Add a final, or quizzes that must be passed.',
      ),
    );
  if (value.budget.min > value.budget.max)
    faults.push(at(['budget'], 'The budget ends before it begins.', 'Make min smaller than max.'));

  value.modules.forEach((entry, m) => {
    const path = ['modules', m] as const;
    if (value.modules.findIndex(other => other.module === entry.module) < m)
      return void faults.push(
        at([...path, 'module'], `The module "${entry.module}" is listed twice.`, 'Remove one entry.'),
      );
    const module = content.modules.find(({ slug }) => slug === entry.module);
    if (!module) {
      if (!content.folders.includes(entry.module))
        faults.push(
          at(
            [...path, 'module'],
            `The module "${entry.module}" does not exist.`,
            `Write modules/${entry.module}/, or remove the entry.`,
          ),
        );
      return;
    }
    const lessons = new Map(module.lessons.map(({ value: lesson }) => [lesson.name, lesson]));
    for (const list of ['lessons', 'optional'] as const)
      entry[list].forEach((name, l) => {
        const lesson = lessons.get(name);
        if (!lesson)
          faults.push(
            at(
              [...path, list, l],
              `The lesson "${name}" does not exist in ${entry.module}.`,
              `Name one of: ${[...lessons.keys()].join(', ')}.`,
            ),
          );
        else if (list === 'lessons' && lesson.optional)
          faults.push(
            at(
              [...path, list, l],
              `The lesson "${name}" is optional in its own front matter.`,
              'List it under optional.',
            ),
          );
      });
    const named = [...entry.lessons, ...entry.optional];
    if (new Set(named).size < named.length)
      faults.push(at([...path, 'lessons'], 'A lesson is listed twice.', 'List each lesson once.'));
    faults.push(...insteadFaults(value, entry, (problem, fix) => at([...path, 'instead'], problem, fix)));
    if (!entry.quiz) return;
    const pool = drawableItems(module.quiz.value.items, entry.depth, value.jobs);
    const quiz = { blueprint: entry.quiz, pool, jobs: value.jobs };
    faults.push(...blueprintFaults(quiz, (problem, fix) => at([...path, 'quiz'], problem, fix)));
  });
  return [...faults, ...finalFaults(course, content, at)];
}

/** Who reads one lesson instead of another can choose such a job, and both lessons are there: one counts, one may be read. */
function insteadFaults(
  { jobs = [] }: Course,
  { instead, lessons, optional }: CourseModule,
  at: (problem: string, fix: string) => Fault,
): Fault[] {
  if (!instead) return [];
  const { lesson, read } = instead;
  const strangers = instead.jobs.filter(job => !jobs.includes(job));
  return [
    ...(lessons.includes(lesson) ? [] : [at(`"${lesson}" does not count here.`, 'List it under lessons.')]),
    ...(optional.includes(read) ? [] : [at(`"${read}" is not offered.`, 'List it under optional.')]),
    ...strangers.map(job =>
      at(`The course does not ask anyone about the job "${job}".`, 'Name it under jobs.'),
    ),
  ];
}

type At = (path: Path, problem: string, fix: string) => Fault;

function finalFaults({ value }: LoadedFile<Course>, content: LoadedContent, at: At): Fault[] {
  const { final } = value;
  if (!final) return [];
  if (!content.final)
    return [
      at(['final'], 'There is no bank for the final.', 'Write modules/final/quiz.yaml, or remove final.'),
    ];
  const shares = shareFaults(value, at);
  if (shares.length > 0) return shares;
  const modules = content.modules.map(({ slug, module, quiz }) => ({
    slug,
    objectives: module.value.objectives,
    items: quiz.value.items,
  }));
  const banks = finalBanks(value, modules, content.final.quiz.value.items);
  const blueprint = { ...final, from: sharesOf(banks) };
  const pool = banks.flatMap(({ items }) => items);
  return [
    ...blueprintFaults({ blueprint, pool, jobs: value.jobs }, (problem, fix) => at(['final'], problem, fix)),
    ...caseFaults(value, content, at),
    ...jobsWithoutCase(value, content, at),
  ];
}

/** A final takes questions from the track of its course, which learners call their work, and no more than it draws. */
function shareFaults({ final, modules }: Course, at: At): Fault[] {
  const { from = {}, draw = 0 } = final ?? {};
  const tracks = modules.filter(({ group }) => group === 'track').map(({ module }) => module);
  const strangers = Object.keys(from).filter(slug => !tracks.includes(slug));
  const sum = Object.values(from).reduce((all, count) => all + count, 0);
  return [
    ...strangers.map(slug =>
      at(['final', 'from', slug], `"${slug}" is not a track of this course.`, 'Name a module of its track.'),
    ),
    ...(sum > draw
      ? [at(['final', 'from'], `${sum} of ${draw} items come from modules.`, 'Take fewer, or draw more.')]
      : []),
  ];
}

/** The cases of a final must exist, each on an objective that the course teaches and for some of its learners. */
function caseFaults({ slug, jobs, final, modules }: Course, content: LoadedContent, at: At): Fault[] {
  const taught = content.modules
    .filter(({ slug }) => modules.some(({ module }) => module === slug))
    .flatMap(({ module }) => module.value.objectives.map(({ id }) => id));
  return (final?.scenarios ?? []).flatMap((named, s) => {
    const path = ['final', 'scenarios', s];
    if (final?.scenarios?.indexOf(named) !== s)
      return [at(path, `The case ${named} is named twice.`, 'Name each case once.')];
    const scenario = content.final?.scenarios.find(({ value }) => value.id === named)?.value;
    if (!scenario) return [at(path, `The case ${named} does not exist.`, 'Name one from final/scenarios/.')];
    if (!askedAmong(jobs).some(job => suits(scenario, job))) {
      const whose = jobs
        ? `none of the jobs of ${slug}`
        : `none of the learners of ${slug}, which asks for no job`;
      return [at(path, `${named} suits ${whose}.`, 'Name another case, or change its roles.')];
    }
    if (taught.includes(scenario.objective ?? '')) return [];
    const problem = `The case ${named} is on ${scenario.objective ?? 'no objective'}, which this course does not teach.`;
    return [at(path, problem, 'Name another case, or add the module.')];
  });
}

/** A final with this many cases has two for everybody: the next try never brings the last one's again. */
const MANY_CASES = 3;

/** Where a final ends with a case, every job that the course asks for has one, and two where there are three. */
function jobsWithoutCase({ final, jobs }: Course, content: LoadedContent, at: At): Fault[] {
  const cases = (content.final?.scenarios ?? []).map(({ value }) => value);
  const named = cases.filter(({ id }) => final?.scenarios?.includes(id));
  if (named.length === 0) return [];
  const wanted = named.length < MANY_CASES ? 1 : 2;
  return askedAmong(jobs).flatMap(job => {
    const own = named.filter(each => suits(each, job)).length;
    if (own >= wanted) return [];
    const whom = job ?? 'every job';
    const problem = own === 0 ? `None of the cases suits ${whom}.` : `Only one of the cases suits ${whom}.`;
    return [at(['final', 'scenarios'], problem, 'Name one that does, or leave out its roles.')];
  });
}
