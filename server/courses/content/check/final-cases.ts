import { finalCases } from '../drawable.js';
import type { Course, Fault } from '../schema/types.js';
import { needsNoReport } from './case-rows.js';
import type { CheckInput, Findings } from './findings.js';

/** With three cases, each of a learner's three tries can end with one that they have not met. */
const WANTED = 3;

/** A course should have so many final cases, and one in which nothing has to be reported: otherwise the answer is known before. */
export const checkFinalCases = (input: CheckInput): Findings => ({
  faults: [],
  warnings: input.content.courses.flatMap(course => warningsOn(course, input)),
});

function warningsOn({ slug, final }: Course, { content, lineOf }: CheckInput): Fault[] {
  if (!final?.scenarios) return [];
  const file = `courses/${slug}.yaml`;
  const line = lineOf(file, ['final', 'scenarios']);
  const cases = finalCases(final, content.final);
  const few = {
    file,
    line,
    problem: `The final has ${cases.length} of ${WANTED} cases.`,
    fix: 'Write another one.',
  };
  const alarm = {
    file,
    line,
    problem: 'Every case of the final has to be reported.',
    fix: 'Write one that needs no report, from the start or in the end.',
  };
  return [...(cases.length < WANTED ? [few] : []), ...(cases.some(needsNoReport) ? [] : [alarm])];
}
