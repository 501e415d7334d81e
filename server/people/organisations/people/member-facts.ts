import { isOn, valueOn, type Span } from '../../../platform/lib/dated.js';

export type Employment = 'active' | 'on-leave' | 'left';

/** What an organisation knows of a person by name. */
export interface PersonOfMember {
  /** At most 400 characters. */
  readonly name: string;
  /** As it is written to, in lower case. */
  readonly email: string | null;
  readonly staffNumber: string | null;
}

/** Where somebody works, and as what. */
export interface Post {
  readonly unitId: string;
  readonly job: string | null;
}

/** A row of `membership_facts`; `id` is null before it is stored. */
export interface MemberFact extends Span<string> {
  readonly id: string | null;
  readonly kind: 'employment' | 'hired' | 'tag';
}

/** A row of `placements`; `id` is null before it is stored. */
export interface MemberPlace extends Span<Post> {
  readonly id: string | null;
  readonly isHome: boolean;
}

/** What is said of one membership today. */
export interface MemberFacts {
  /** The day on which the membership was made: somebody of whom nothing else is said is employed since then. */
  readonly since: string;
  readonly facts: readonly MemberFact[];
  readonly places: readonly MemberPlace[];
}

/** What is so of a membership on a day. */
export const factsOn = (
  { facts, places }: MemberFacts,
  day: string,
): { employment: Employment; hiredOn: string | null; lacksJob: boolean } => {
  const employment = (valueOn(ofKind(facts, 'employment'), day) as Employment | null) ?? 'active';
  const hasJob = places.some(place => place.value.job !== null && isOn(place, day));
  const hiredOn = valueOn(ofKind(facts, 'hired'), day);
  return { employment, hiredOn, lacksJob: employment !== 'left' && !hasJob };
};

/** The rows of one kind. */
export const ofKind = (facts: readonly MemberFact[], kind: MemberFact['kind']) =>
  facts.filter(each => each.kind === kind);

/**
 * The placements by which reach is judged on a day: those of the day; where there are none, the last one that ended, or else
 * the first to come.
 */
export function placesWithReach<P extends MemberPlace>(places: readonly P[], day: string): ReadonlySet<P> {
  const current = places.filter(each => isOn(each, day));
  if (current.length > 0) return new Set(current);
  const past = places.filter(({ fromDay }) => fromDay <= day).sort(byEnd);
  const nearest = past[0] ?? [...places].sort((one, other) => (one.fromDay < other.fromDay ? -1 : 1))[0];
  return new Set(nearest ? [nearest] : []);
}

/** The latest first; home before others that end on the same day. */
const byEnd = (one: MemberPlace, other: MemberPlace): number =>
  (other.toDay ?? '').localeCompare(one.toDay ?? '') || Number(other.isHome) - Number(one.isHome);
