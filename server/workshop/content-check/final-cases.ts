import type { JobName } from '../../teaching/questions/jobs.js';
import type { Scenario } from '../../teaching/questions/types/scenario/scenario-shape.js';
import { suits } from '../../teaching/content/bounds.js';
import { askedAmong, finalCases } from '../../teaching/content/drawable.js';
import type { Course, Fault } from '../../teaching/content/schema/types.js';
import { needsNoReport } from './case-rows.js';
import type { CheckInput, Findings } from './findings.js';

/** With three cases, each of a learner's three tries can end with one that they have not met. */
const WANTED = 3;

/**
 * A course should have so many final cases for each job of its learners, and one in which nothing has to be reported: otherwise
 * the answer is known before.
 */
export const checkFinalCases = (input: CheckInput): Findings => ({
  faults: [],
  warnings: input.content.courses.flatMap(course => {
    const cases = finalCases(course.final ?? {}, input.content.final);
    return askedAmong(course.jobs).flatMap(job => warningsOn(course, { cases, job }, input));
  }),
});

function warningsOn(
  { slug, final }: Course,
  { cases, job }: { cases: readonly Scenario[]; job: JobName | null },
  { lineOf }: CheckInput,
): Fault[] {
  if (!final?.scenarios) return [];
  const file = `courses/${slug}.yaml`;
  const line = lineOf(file, ['final', 'scenarios']);
  const own = cases.filter(each => suits(each, job));
  const whom = job ? ` for ${job}` : '';
  const few = {
    file,
    line,
    problem: `The final has ${own.length} of ${WANTED} cases${whom}.`,
    fix: 'Write another one.',
  };
  const alarm = {
    file,
    line,
    problem: `Every case of the final${whom} must be reported.`,
    fix: 'Write one that needs no report, from the start or in the end.',
  };
  return [...(own.length < WANTED ? [few] : []), ...(own.some(needsNoReport) ? [] : [alarm])];
}
