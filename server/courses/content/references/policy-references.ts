import { at } from './known.js';
import type { Course, Fault } from '../schema/types.js';
import type { LoadedFile } from '../load/validation.js';

/** A limit says whom to turn to when it is reached, and a policy covers only quizzes that the course has. */
export function policyFaults(course: LoadedFile<Course>): Fault[] {
  const { policy, final } = course.value;
  const kinds = (['quizzes', 'final'] as const).flatMap(kind => {
    const ruled = policy?.[kind];
    if (!ruled) return [];
    const path = ['policy', kind];
    return [
      ...(ruled.attempts === null || ruled.ask !== undefined
        ? []
        : [
            at(
              course,
              [...path, 'attempts'],
              `After ${ruled.attempts} attempts nobody could go on, and the course does not say whom to ask.`,
              'Add ask: whom a learner turns to, who can have another attempt granted.',
            ),
          ]),
      ...(ruled.attempts === null && ruled.ask !== undefined
        ? [at(course, [...path, 'ask'], 'There is no limit on attempts to ask about.', 'Remove ask.')]
        : []),
    ];
  });
  return policy?.final && !final
    ? [...kinds, at(course, ['policy', 'final'], 'The course has no final.', 'Remove this policy.')]
    : kinds;
}
