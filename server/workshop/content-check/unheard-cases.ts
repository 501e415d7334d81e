import { mayEndUnheard, unheardWays } from '../../teaching/questions/types/scenario/unheard.js';
import type { Content, Course, CourseModule, Fault, Module } from '../../teaching/content/schema/types.js';
import { mergeFindings, type CheckInput, type Findings } from './findings.js';

/**
 * A case that may end without the child being found: one in a course, not the first that learners meet, and only after what a
 * lesson of its module has taught. Asked whether or not the ending is switched on.
 */
export const checkUnheardCases = (input: CheckInput): Findings =>
  mergeFindings(input.content.courses.map(course => ({ faults: faultsIn(course, input), warnings: [] })));

interface Place {
  readonly entry: CourseModule;
  readonly index: number;
  readonly module: Module;
}

function faultsIn(course: Course, input: CheckInput): Fault[] {
  const places = course.modules.flatMap((entry, index): Place[] => {
    const module = input.content.modules.find(({ slug }) => slug === entry.module);
    return module && mayEndUnheard(module.scenario) ? [{ entry, index, module }] : [];
  });
  return places.flatMap((place, nth) => [
    ...placeFaults(course, place, nth, input),
    ...untaught(course, place, input),
  ]);
}

function placeFaults({ slug }: Course, { index, module }: Place, nth: number, { lineOf }: CheckInput) {
  const file = `courses/${slug}.yaml`;
  const at = { file, line: lineOf(file, ['modules', index]) };
  const { id } = module.scenario;
  const first = {
    ...at,
    problem: `The first case of the course, ${id}, may end without the child being found.`,
    fix: 'Let only a later case end so.',
  };
  const second = {
    ...at,
    problem: `${id} is a second case in the course that may end without the child being found.`,
    fix: 'Keep one of them.',
  };
  return [...(index === 0 ? [first] : []), ...(nth > 0 ? [second] : [])];
}

/** Nobody meets this ending for something that they were not told. */
function untaught(course: Course, { entry, module }: Place, { content, lineOf }: CheckInput): Fault[] {
  const file = `${module.slug}/scenario.yaml`;
  const taught = rulesTaught(entry, module, content);
  return unheardWays(module.scenario)
    .filter(({ choice }) => !taught.has(choice.never))
    .map(({ choice, path }) => ({
      file,
      line: lineOf(file, [...path, 'unheard']),
      problem: `The child may not be found after a choice against ${choice.never}, which no required lesson of the module teaches in ${course.slug}.`,
      fix: 'Choose a rule that remediation.yaml ties to an objective of such a lesson.',
    }));
}

/** The safety rules that the lessons which everybody reads teach: what is worked through after missing a rule names its objectives. */
function rulesTaught(entry: CourseModule, { lessons }: Module, { remediation }: Content): Set<string> {
  const objectives = new Set(
    lessons
      .filter(({ name, optional }) => entry.lessons.includes(name) && !optional)
      .flatMap(lesson => lesson.objectives),
  );
  return new Set(
    remediation.filter(rule => rule.objectives.some(id => objectives.has(id))).map(({ rule }) => rule),
  );
}
