import { isUnheard } from '../../questions/types/scenario/unheard.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';
import type { LoadedModule } from '../load/loaded.js';
import type { LoadedFile } from '../load/validation.js';
import type { Fault } from '../schema/types.js';
import { at } from './known.js';

/** Who must have read an ending in which the child is not found before a learner may meet it. */
const READER = 'survivor leader';

/** A case may be switched to end without the child being found only once the right person, by name, has read it. */
export function switchFaults({ scenario, review }: Pick<LoadedModule, 'scenario' | 'review'>): Fault[] {
  if (scenario.value.endsUnheard !== true) return [];
  const isRead = review.value.reviews.some(({ role, status }) => role === READER && status === 'done');
  if (isRead) return [];
  return [
    at(
      scenario,
      ['endsUnheard'],
      `The case ${scenario.value.id} is switched to end without the child being found, but no ${READER} has read it.`,
      `Remove endsUnheard until ${review.file} names, under reviews, a ${READER} with status done.`,
    ),
  ];
}

/** Only practice may end so: in a case that counts, or is a pattern for those that do, it would be a punishment. */
export const scoredUnheardFaults = (scenario: LoadedFile<Scenario>): Fault[] =>
  scenario.value.endings.flatMap((ending, index) =>
    isUnheard(ending)
      ? [
          at(
            scenario,
            ['endings', index, 'kind'],
            `"${ending.id}" is an ending in which the child is not found, and the case is no module's practice.`,
            'Write not-told or told-late, or move the case to a module.',
          ),
        ]
      : [],
  );
