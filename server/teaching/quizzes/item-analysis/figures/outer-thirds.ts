import { FULL_POINTS } from '../../../questions/question-type.js';
import type { Choice } from '../../../questions/question-type.js';
import { defined, scaled, undefinedFor, type Figure } from './figure.js';
import { NO_ANSWER, type ItemSums } from './item-sums.js';
import { isSmall, nobody, shownCounts } from '../small-groups.js';
import { thirdsOf, type Third } from './thirds.js';

/** How many took a choice; null stands for a number that is hidden, since it is of fewer than 5 people. */
export interface Chosen {
  readonly count: number | null;
  readonly of: number;
}

/** One choice. The outer thirds are null where they cannot be told apart, or are of fewer than 5 people. */
export interface ChoiceFigures extends Choice {
  readonly all: Chosen;
  readonly lower: Chosen | null;
  readonly upper: Chosen | null;
}

/** The mean share of the points, and who took what, by the result on the rest of the form. */
export interface ByThirds {
  readonly thirds: { readonly lower: Figure; readonly middle: Figure; readonly upper: Figure };
  readonly choices: readonly ChoiceFigures[];
}

export function byThirds({ version, byRest }: ItemSums, all: Third): ByThirds {
  const thirds = thirdsOf(byRest);
  const [inAll, inLower, inMiddle, inUpper] = [all, thirds?.lower, thirds?.middle, thirds?.upper].map(group =>
    chosenBy(version.choices, group),
  );
  // The mean of a third would tell how many were right there, and those of two thirds, how many in the other.
  const tellsHidden = [inLower, inMiddle, inUpper].some(chosen =>
    chosen?.some(({ count }, at) => count === null && version.choices[at]?.isRight),
  );
  const points = (third: Third | undefined): Figure => {
    if (third === undefined || isSmall(third)) return undefinedFor('no-thirds');
    if (tellsHidden) return undefinedFor('tells-hidden');
    return scaled(defined(third.points / third.n), FULL_POINTS);
  };
  return {
    thirds: { lower: points(thirds?.lower), middle: points(thirds?.middle), upper: points(thirds?.upper) },
    choices: version.choices.map((choice, at) => ({
      ...choice,
      all: inAll?.[at] ?? { count: null, of: all.n },
      lower: inLower?.[at] ?? null,
      upper: inUpper?.[at] ?? null,
    })),
  };
}

/**
 * How many of a group took each choice; null for a group of fewer than 5. What may be shown is settled for each
 * part of the answer together with those who left it out, since their numbers add up to the whole group.
 */
function chosenBy(choices: readonly Choice[], group: Third | undefined): Chosen[] | null {
  if (group === undefined || isSmall(group)) return null;
  const tallies = choices.map(({ id }) => group.choices.get(id) ?? nobody());
  const parts = [...new Set(choices.map(({ part }) => part))].map(part => {
    const own = tallies.filter((_, at) => choices[at]?.part === part);
    return shownCounts([...own, group.choices.get(NO_ANSWER) ?? nobody()]).slice(0, -1);
  });
  // In the order of the choices: those of one part stand together.
  return parts.flat().map(count => ({ count, of: group.n }));
}
