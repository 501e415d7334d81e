import { everDrawn, formItems } from '../../teaching/content/drawable.js';
import { POOL_RATIO } from './gates/job-pool-sizes.js';
import { plannedQuizzes, type PlannedQuiz } from '../../teaching/content/planned-quizzes.js';
import type { Fault } from '../../teaching/content/schema/types.js';
import type { JobName } from '../../teaching/questions/jobs.js';
import type { CheckInput, Findings } from './findings.js';

/** Quizzes that have too little to draw from for one of the jobs that their course asks for: their second forms repeat the first. */
export const checkJobPools = ({ content, lineOf }: CheckInput): Findings => ({
  faults: [],
  warnings: content.courses.flatMap(course =>
    plannedQuizzes(course, content).flatMap(quiz => {
      const file = `courses/${course.slug}.yaml`;
      return (course.jobs ?? []).flatMap(job =>
        warningsOn(quiz, job, { file, line: lineOf(file, quiz.path) }),
      );
    }),
  ),
});

function warningsOn(
  { name, blueprint, items }: PlannedQuiz,
  job: JobName,
  place: Pick<Fault, 'file' | 'line'>,
): Fault[] {
  const { length } = everDrawn(formItems(items, job), blueprint);
  const wanted = POOL_RATIO * blueprint.draw;
  if (length >= wanted) return [];
  return [
    {
      ...place,
      problem: `${name}: ${length} items can be drawn for ${job}; three times the draw is ${wanted}.`,
      fix: `Write ${wanted - length} more for ${job}, or draw fewer.`,
    },
  ];
}
