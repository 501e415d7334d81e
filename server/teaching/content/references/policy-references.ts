import { at } from './known.js';
import type { Course, Fault } from '../schema/types.js';
import type { QuizPolicy } from '../schema/policy-schema.js';
import type { LoadedFile } from '../load/validation.js';

/** A limit says whom to turn to when it is reached, and a policy covers only quizzes that the course has. */
export function policyFaults(course: LoadedFile<Course>): Fault[] {
  const { policy, final } = course.value;
  const kinds = (['quizzes', 'final'] as const).flatMap(kind => {
    const ruled = policy?.[kind];
    if (!ruled) return [];
    const path = ['policy', kind];
    return [...askFaults(course, path, ruled), ...windowFaults(course, path, ruled)];
  });
  return policy?.final && !final
    ? [...kinds, at(course, ['policy', 'final'], 'The course has no final.', 'Remove this policy.')]
    : kinds;
}

/** Whoever can run out of tries is told whom to ask, and nobody else is. */
function askFaults(
  course: LoadedFile<Course>,
  path: string[],
  { attempts, window, ask }: QuizPolicy,
): Fault[] {
  const limit = window?.tries ?? attempts;
  if (limit === null)
    return ask === undefined
      ? []
      : [at(course, [...path, 'ask'], 'There is no limit on attempts to ask about.', 'Remove ask.')];
  if (ask !== undefined) return [];
  return [
    at(
      course,
      [...path, window ? 'window' : 'attempts'],
      `After ${limit} attempts no one could continue, and the course does not say who to ask.`,
      'Add ask: whom a learner turns to, who can have another attempt granted.',
    ),
  ];
}

function windowFaults(
  course: LoadedFile<Course>,
  path: string[],
  { attempts, coolDown, window }: QuizPolicy,
): Fault[] {
  if (!window || (attempts === null && coolDown === null)) return [];
  const problem = 'A window of tries does not go with attempts or coolDown.';
  return [at(course, [...path, 'window'], problem, 'Remove attempts and coolDown: the window holds both.')];
}
