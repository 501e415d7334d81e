import { endOfValidity } from '../../certificates/lifecycle/validity.js';
import { isOn } from '../../../platform/lib/dated.js';
import { daysAfter } from '../../../platform/lib/days.js';
import type { ValidityRule } from '../../open-badges/validity-rule.js';
import type { CreditFacts } from '../requirement-facts.js';
import type { MaterialChange, Rule } from '../requirement-rule.js';

/** What a credit covers under a rule: from its completion to its last day, both inclusive (null: for good). */
export interface Cover {
  readonly creditId: string;
  readonly fromDay: string;
  readonly lastDay: string | null;
  readonly by: 'certificate' | 'own' | 'once' | 'material';
}

/**
 * What the credits of a day cover under a rule. `credits`: those of its courses that are not void on the day, in the order of
 * completion. Under a rule of its own each end is counted from the one before, whatever the source of the two.
 */
function coversOf(rule: Rule, credits: readonly CreditFacts[]): Cover[] {
  const { renewal } = rule;
  const ends = renewal.kind === 'own' ? ownEnds(renewal.validity, credits) : [];
  return credits.map((credit, at) => cut(credit, wholeCover(rule, credit, ends[at] ?? null), rule.material));
}

/** What some credits cover under a rule. From one day to the next both are mostly the same. */
export interface ReckonedCovers {
  readonly rule: Rule;
  readonly credits: readonly CreditFacts[];
  readonly covers: readonly Cover[];
}

/** As `coversOf`; what was reckoned for the day before is kept where neither rule nor credits differ. */
export function coversAfter(
  before: ReckonedCovers | null,
  rule: Rule,
  credits: readonly CreditFacts[],
): ReckonedCovers {
  const isSame =
    before?.rule === rule &&
    before.credits.length === credits.length &&
    before.credits.every((each, at) => each === credits[at]);
  return isSame ? before : { rule, credits, covers: coversOf(rule, credits) };
}

function wholeCover({ renewal }: Rule, credit: CreditFacts, ownEnd: string | null): Cover {
  const { id: creditId, completedOn: fromDay } = credit;
  if (renewal.kind === 'once') return { creditId, fromDay, lastDay: null, by: 'once' };
  if (renewal.kind === 'own') return { creditId, fromDay, lastDay: ownEnd, by: 'own' };
  return { creditId, fromDay, lastDay: printedEnd(credit), by: 'certificate' };
}

/** What was said last; a certificate that is not signed yet, or that prints no end, covers without one. */
const printedEnd = ({ printedEnds: [first, ...rest] }: CreditFacts): string | null =>
  rest.reduce((last, each) => (each.recordedAt < (last?.recordedAt ?? 0) ? last : each), first)?.lastDay ??
  null;

/** The last day of each, in days of the calendar. */
function ownEnds(rule: ValidityRule, credits: readonly CreditFacts[]): string[] {
  let previousEnd: string | null = null;
  return credits.map(
    ({ completedOn }) => (previousEnd = endOfValidity(completedOn, previousEnd, rule).lastDay),
  );
}

/** A credit of an earlier version, or of one that is not known, covers until the day before a material change. */
function cut({ course, version }: CreditFacts, cover: Cover, material: readonly MaterialChange[]): Cover {
  if (material.length === 0) return cover;
  const days = material
    .filter(each => each.course === course && (version ?? 0) < each.version)
    .map(({ by }) => daysAfter(by, -1))
    .sort();
  const [last] = days;
  if (last === undefined || (cover.lastDay !== null && cover.lastDay <= last)) return cover;
  return { ...cover, lastDay: last, by: 'material' };
}

/** The cover of a day: of those that cover it, the one that ends last. Null: nothing covers it. */
export function coverOn(covers: readonly Cover[], day: string): Cover | null {
  const covering = covers.filter(
    each => each.fromDay <= day && (each.lastDay === null || day <= each.lastDay),
  );
  return covering.reduce<Cover | null>(
    (last, each) => (last && endOf(last) > endOf(each) ? last : each),
    null,
  );
}

/** Sorts after every day. */
const endOf = ({ lastDay }: Cover): string => lastDay ?? '~';

/** Those of some courses' credits that count on a day; they stay in order. */
export const creditsOn = (
  credits: readonly CreditFacts[],
  courses: readonly string[],
  day: string,
): CreditFacts[] =>
  credits.filter(each => each.completedOn <= day && courses.includes(each.course) && !isVoidOn(each, day));

/** The credits of these courses, in the order of completion. */
export const completionsOf = (credits: readonly CreditFacts[], courses: ReadonlySet<string>): CreditFacts[] =>
  credits.filter(({ course }) => courses.has(course)).sort(byCompletion);

export const isVoidOn = ({ voids }: CreditFacts, day: string): boolean => voids.some(each => isOn(each, day));

const byCompletion = (one: CreditFacts, other: CreditFacts): number =>
  inOrder(one.completedOn, other.completedOn) ||
  one.recordedAt - other.recordedAt ||
  inOrder(one.id, other.id);

const inOrder = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
