import { SMALLEST_GROUP } from '../../quizzes/item-analysis/small-groups.js';

/** Mean shares of the points, 0 to 1, of the same people before and after the course. */
export interface BeforeAndAfter {
  /** How many people answered both times. */
  readonly people: number;
  readonly before: number;
  readonly after: number;
}

export interface Gain extends BeforeAndAfter {
  /** -1 to 1: the part gained of what could be gained, or lost of what could be lost; null where that was nothing. */
  readonly gain: number | null;
}

/** Mean shares of the points, 0 to 1, of the same people right after the course and some days later. */
export interface AfterAndLater {
  readonly people: number;
  readonly after: number;
  readonly later: number;
}

export interface Decay extends AfterAndLater {
  /** The share of the points lost since the post-test, -1 to 1; negative where people know more than they did. */
  readonly lost: number;
}

/**
 * The learning gain of a group, or null when it is too small to be shown. The normalised gain is that of R. R. Hake,
 * "Interactive-engagement versus traditional methods", American Journal of Physics 66 (1998), 64–74: of the group's
 * means, (after − before) / (1 − before). For a loss, where that ratio has no lower end, it is the normalised change
 * of J. D. Marx and K. Cummings, American Journal of Physics 75 (2007), 87–91: (after − before) / before.
 */
export function gainOf(group: BeforeAndAfter): Gain | null {
  if (group.people < SMALLEST_GROUP) return null;
  const { people, before, after } = group;
  const change = after - before;
  const room = change < 0 ? before : 1 - before;
  return { people, before, after, gain: room === 0 ? null : change / room };
}

/** How much of its gain a group has lost some days later, or null when it is too small to be shown. */
export function decayOf({ people, after, later }: AfterAndLater): Decay | null {
  return people < SMALLEST_GROUP ? null : { people, after, later, lost: after - later };
}

/**
 * Which parts of a whole may be shown. Parts of one to four people are hidden; where there are any, the smallest of the
 * others is hidden too, or subtraction from the whole would reveal them. One is enough, even where the same people are in
 * several parts, since that one alone has at least five.
 */
export function shownParts(people: readonly number[]): boolean[] {
  const isSmall = people.map(count => count > 0 && count < SMALLEST_GROUP);
  const large = people.filter(count => count >= SMALLEST_GROUP);
  const partner = isSmall.includes(true) ? people.indexOf(Math.min(...large)) : -1;
  return people.map((_, at) => !isSmall[at] && at !== partner);
}

/**
 * Whether a group may be shown beside others that contain it, or that it contains, as far as their sizes tell: the same
 * size, or sizes so far apart that their difference is no small group either.
 */
export const isApart = (size: number, others: readonly number[]): boolean =>
  others.every(other => size === other || Math.abs(size - other) >= SMALLEST_GROUP);
