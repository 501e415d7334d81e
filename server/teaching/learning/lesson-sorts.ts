import { typed } from '../../platform/http/forms.js';
import type { SnapshotLesson } from '../content/snapshot.js';

/** Things in a lesson that each belong to one group: answered on the page, never stored, never scored. */
export type LessonSort = NonNullable<SnapshotLesson['sorts']>[number];

/** The form field of a thing, by its place in the list. */
export const fieldOfThing = (at: number): string => `thing-${at + 1}`;

/** The group that a form gives each thing, counted from 1; null where it gives none, or one that is not there. */
export const sortedIn = ({ things, groups }: LessonSort, form: unknown): (number | null)[] =>
  things.map((_, at) => {
    const given = Number(typed(form, fieldOfThing(at)));
    return groups.some((_, group) => group + 1 === given) ? given : null;
  });

/**
 * A sort for its page. `given` is null before it is answered. Once every thing has a group, each says whether it is there
 * rightly, and why; in a copy, where no server answers, it says so at once.
 */
export function shownSort(sort: LessonSort, given: readonly (number | null)[] | null, isCopy: boolean) {
  const isAnswered = given !== null && given.every(group => group !== null);
  return {
    id: sort.id,
    stem: sort.stem,
    groups: sort.groups,
    isAnswered,
    things: sort.things.map(({ text, group, feedback }, at) => ({
      ...{ name: fieldOfThing(at), text, chosen: given?.[at] ?? null },
      told:
        isAnswered || isCopy
          ? { isRight: given?.[at] === group, group: sort.groups[group - 1] ?? '', feedback }
          : null,
    })),
  };
}
