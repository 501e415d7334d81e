import { boundsOf } from '../../teaching/content/bounds.js';
import { askedAmong, formItems } from '../../teaching/content/drawable.js';
import { plannedQuizzes, type PlannedQuiz } from '../../teaching/content/planned-quizzes.js';
import type { Course, Fault } from '../../teaching/content/schema/types.js';
import { percent } from './gates/measure.js';
import type { CheckInput, Findings } from './findings.js';

/**
 * Which items learners with a job would meet in more forms than the course allows. Reckoned, not drawn: so many are promised of each kind,
 * among so many that there are.
 */
export function checkExposure({ content, lineOf }: CheckInput): Findings {
  const warnings: Fault[] = [];
  for (const course of content.courses) {
    const file = `courses/${course.slug}.yaml`;
    for (const quiz of plannedQuizzes(course, content)) {
      for (const problem of problemsOf(course, quiz))
        warnings.push({
          file,
          line: lineOf(file, quiz.path),
          problem,
          fix: 'Write more of them, or promise fewer.',
        });
    }
  }
  return { faults: [], warnings };
}

function problemsOf({ jobs }: Course, { name, blueprint, items }: PlannedQuiz): string[] {
  const { draw, exposure } = blueprint;
  if (exposure === undefined) return [];
  return askedAmong(jobs).flatMap(job => {
    const pool = formItems(items, job);
    const whom = job ? `${name}, ${job}` : name;
    const kinds = [{ name: 'items', count: draw, fits: () => true }, ...boundsOf(blueprint, job)];
    return kinds.flatMap(({ name: kind, count, most = count, fits }) => {
      const fitting = pool.filter(fits).length;
      const share = (count + most) / 2 / fitting;
      return fitting > 0 && share * 100 > exposure
        ? [`${whom}: ${kind} stand in ${percent(share)} of the forms each; ${exposure} % is the most.`]
        : [];
    });
  });
}
