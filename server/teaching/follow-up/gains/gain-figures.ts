import { decayOf, gainOf, isApart, shownParts, type Decay, type Gain } from './learning-gain.js';
import { REFRESHER_DAYS, type RefresherDay } from '../kinds.js';
import { gainRows } from './counted-gains.js';
import type { CountedUnit, LaterRow, PairedRow } from './counted-units.js';

/** The figures of one unit. Null: the group is too small to be shown, or empty. */
export interface Figures extends CountedUnit {
  readonly gain: Gain | null;
  readonly later: readonly Later[];
}

export interface Later {
  readonly days: RefresherDay;
  readonly all: { readonly people: number; readonly share: number } | null;
  readonly decay: Decay | null;
}

/** Everything that may be shown of an organisation: its courses, their modules and their objectives. */
export async function figuresOf(organisationId: string): Promise<Figures[]> {
  const { paired, later } = await gainRows(organisationId);
  return shownFigures(paired, later);
}

/** What was counted, by unit, without anything that would reveal fewer than five people. */
export function shownFigures(paired: readonly PairedRow[], later: readonly LaterRow[]): Figures[] {
  const units = new Map([...paired, ...later].map(row => [keyOf(row), unitOf(row)]));
  const gains = shownRows(paired, ({ people }) => people);
  const days = new Map(
    REFRESHER_DAYS.map(day => {
      const own = later.filter(row => row.days === day);
      return [
        day,
        { all: shownRows(own, ({ people }) => people), pairs: shownRows(own, each => each.pairedPeople) },
      ];
    }),
  );
  return [...units].map(([key, unit]) => {
    const gain = orNull(gains.get(key), gainOf);
    const told = gain ? [gain.people] : [];
    return {
      ...unit,
      gain,
      later: REFRESHER_DAYS.map(day => {
        const all = orNull(days.get(day)?.all.get(key), ({ people, share }) => ({ people, share }));
        const decay = orNull(days.get(day)?.pairs.get(key), pairOf);
        const isTold = decay && isApart(decay.people, all ? [...told, all.people] : told);
        if (isTold) told.push(decay.people);
        return { days: day, all, decay: isTold ? decay : null };
      }),
    };
  });
}

function pairOf({ pairedPeople, pairedAfter, pairedLater }: LaterRow): Decay | null {
  if (pairedAfter === null || pairedLater === null) return null;
  return decayOf({ people: pairedPeople, after: pairedAfter, later: pairedLater });
}

/** The rows that may be shown: the parts of one whole (modules of a course, objectives of a module) are hidden together. */
function shownRows<R extends CountedUnit>(all: readonly R[], people: (row: R) => number): Map<string, R> {
  const wholes = new Map<string, R[]>();
  for (const row of all) {
    const whole = `${row.courseSlug} ${row.level} ${row.level === 'objective' ? row.module : ''}`;
    wholes.set(whole, [...(wholes.get(whole) ?? []), row]);
  }
  const shown = [...wholes.values()].flatMap(parts => {
    const isShown = shownParts(parts.map(people));
    return parts.filter((row, at) => isShown[at] && people(row) > 0);
  });
  return new Map(shown.map(row => [keyOf(row), row]));
}

const unitOf = ({ courseSlug, level, module, unit }: CountedUnit): CountedUnit => ({
  courseSlug,
  level,
  module,
  unit,
});
const keyOf = ({ courseSlug, level, unit }: CountedUnit): string => `${courseSlug} ${level} ${unit}`;
const orNull = <A, B>(value: A | undefined, make: (value: A) => B): B | null =>
  value === undefined ? null : make(value);
