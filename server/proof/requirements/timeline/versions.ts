import { isDeepStrictEqual } from 'node:util';
import type { VersionFacts } from '../requirement-facts.js';

/**
 * The version in force on a day, of those that still say something: of those that have begun, the one with the highest number.
 * Null: none has.
 */
export const versionOn = <V extends Pick<VersionFacts, 'number' | 'fromDay'>>(
  versions: readonly V[],
  day: string,
): V | null =>
  versions.reduce<V | null>(
    (highest, each) => (each.fromDay <= day && each.number > (highest?.number ?? 0) ? each : highest),
    null,
  );

/**
 * Whether a version asks for the same, by the same day, as the one before it: then it sets no due day of its own, and nobody
 * who is overdue gets time because a reminder was changed.
 */
export const asksTheSame = (one: VersionFacts, other: VersionFacts): boolean =>
  isDeepStrictEqual(asked(one), asked(other));

const asked = ({ rule: { courses, firstDue, renewal, material } }: VersionFacts) => ({
  ...{ courses: [...courses].sort(), firstDue, renewal, material },
});
