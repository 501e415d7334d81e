import type { Item } from '../../teaching/questions/item.js';
import type { JobName } from '../../teaching/questions/jobs.js';
import { boundsOf } from '../../teaching/content/bounds.js';
import {
  comparableForm,
  distanceFrom,
  meanBorderline,
  NEAR,
  wantedMean,
} from '../../teaching/content/comparable.js';
import { askedAmong, formItems } from '../../teaching/content/drawable.js';
import { someForm } from '../../teaching/content/filling.js';
import { plannedQuizzes, type PlannedQuiz } from '../../teaching/content/planned-quizzes.js';
import type { Course, Fault } from '../../teaching/content/schema/types.js';
import type { CheckInput, Findings } from './findings.js';

/** Quizzes of which no form is as difficult as their bank: drawing takes the nearest, and forms may differ. */
export const checkComparableForms = (input: CheckInput): Findings => ({
  faults: [],
  warnings: input.content.courses.flatMap(course =>
    plannedQuizzes(course, input.content).flatMap(quiz =>
      askedAmong(course.jobs).flatMap(job => warningOn(course, quiz, job, input)),
    ),
  ),
});

function warningOn(
  { slug }: Course,
  { name, path, blueprint, items }: PlannedQuiz,
  job: JobName | null,
  { lineOf }: CheckInput,
): Fault[] {
  const wanted = wantedMean(items, blueprint);
  if (wanted === null) return [];
  const pool = formItems(items, job);
  const promised = {
    draw: blueprint.draw,
    bounds: boundsOf(blueprint, job),
    pairOf: ({ pair }: Item) => pair,
  };
  const form = someForm(pool, promised);
  // What cannot be drawn at all is a fault of its own.
  if (!form) return [];
  const pickOne = <S>(all: readonly S[]): S => all[0] as S;
  const nearest = comparableForm(form, pool, { wanted, settled: promised, promised, pickOne });
  if (distanceFrom(wanted, nearest) <= NEAR) return [];
  const whom = job ? ` for ${job}` : '';
  const [mean, found] = [wanted, meanBorderline(nearest)].map(value => value.toFixed(1));
  return [
    {
      file: `courses/${slug}.yaml`,
      line: lineOf(`courses/${slug}.yaml`, path),
      problem: `${name}: no form${whom} was found whose mean borderline is within ${NEAR} of the bank's ${mean}; the nearest has ${found}.`,
      fix: 'Write items of different difficulty, or promise less, so that forms can be equally difficult.',
    },
  ];
}
