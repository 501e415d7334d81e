import { daysAfter } from '../../../platform/lib/days.js';
import { lacksHireDay } from '../audiences/audience.js';
import type { RequirementFacts, VersionFacts } from '../requirement-facts.js';
import type { Interval } from '../standing-interval.js';
import { standingVersions } from '../rules/requirement-versions.js';
import { memberOn } from '../timeline/member-on-a-day.js';
import { intervalOn, timeline } from '../timeline/timeline.js';

/**
 * What a version does to one person on its first day.
 * - `joins`, `leaves`: it is required of them from then on, or no longer.
 * - `earlier`, `later`: it was required before, and the day by which moves.
 * - `soon`: nothing covers them, and they have to be done within a week or are overdue at once; they were not before.
 * - `clash`: they join or get another day, and are exempt at that time, or were taken out by hand and would be meant.
 * - `gap`: their day of hire is missing, so that nobody can say whether they are meant, or by when.
 */
export const CONSEQUENCES = ['joins', 'leaves', 'earlier', 'later', 'soon', 'clash', 'gap'] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

/** `before`, `after`: the days by which, where there are any. */
export interface ConsequenceLine {
  readonly kind: Consequence;
  readonly before: string | null;
  readonly after: string | null;
}

/** What comes of a version for one person, and what it asks of them and of the mail. */
export interface ForOnePerson {
  readonly isRequired: boolean;
  readonly lines: readonly ConsequenceLine[];
  /** It is new to them, or its day moved, and nothing covers them. */
  readonly hasToTrain: boolean;
  /** Reminders that fall into the first 90 days. */
  readonly mails: number;
}

/** For so many days from its first one the reminders of a version are counted. */
export const MAIL_DAYS = 90;

/** What a version that is not kept yet would do to somebody, by the same reckoning that judges them once it is. `facts`: as we say them now. */
export function consequencesFor(facts: RequirementFacts, version: VersionFacts): ForOnePerson {
  const day = version.fromDay;
  const later = { ...facts, versions: standingVersions([...facts.versions, version]) };
  const before = requiredOn(timeline(facts), day);
  const after = requiredOn(timeline(later), day);
  const changes = changesOf(before, after);
  const touches = changes.some(({ kind }) => kind !== 'leaves');
  const lines = [
    ...changes,
    ...soonDue(before, after, day),
    ...clashes(later, after, touches, version),
    ...gaps(later, after, version),
  ];
  return {
    isRequired: after !== null,
    lines,
    hasToTrain: touches && after !== null && isOpen(after),
    mails: touches && after ? mailsIn(version, after) : 0,
  };
}

/** How they stand on a day; null: nothing is required of them. */
function requiredOn(intervals: readonly Interval[], day: string): Interval | null {
  const found = intervalOn(intervals, day);
  return found?.standing === 'not-required' ? null : found;
}

function changesOf(before: Interval | null, after: Interval | null): ConsequenceLine[] {
  const days = { before: before?.dueDay ?? null, after: after?.dueDay ?? null };
  if (!before && !after) return [];
  if (!before) return [{ kind: 'joins', ...days }];
  if (!after) return [{ kind: 'leaves', ...days }];
  if (days.before === days.after) return [];
  return [{ kind: isEarlier(days.after, days.before) ? 'earlier' : 'later', ...days }];
}

/** No day is later than every day. */
const isEarlier = (one: string | null, other: string | null): boolean =>
  one !== null && (other === null || one < other);

/** Within so many days somebody has to be done soon. */
const SOON = 7;

function soonDue(before: Interval | null, after: Interval | null, fromDay: string): ConsequenceLine[] {
  const isSoon = (each: Interval | null) =>
    each !== null && isOpen(each) && each.dueDay !== null && each.dueDay <= daysAfter(fromDay, SOON);
  return isSoon(after) && !isSoon(before)
    ? [{ kind: 'soon', before: before?.dueDay ?? null, after: after?.dueDay ?? null }]
    : [];
}

/** Something has to be done, and nothing that was done covers it. */
const isOpen = ({ standing }: Interval): boolean =>
  ['overdue', 'in-grace', 'due-soon', 'not-yet-due'].includes(standing);

/** Somebody decided about this person by hand, and the version would say something else. */
function clashes(
  facts: RequirementFacts,
  after: Interval | null,
  touches: boolean,
  { fromDay, rule }: VersionFacts,
): ConsequenceLine[] {
  const days = { before: null, after: after?.dueDay ?? null };
  if (after) return touches && after.because.exemptionId !== null ? [{ kind: 'clash', ...days }] : [];
  const isOut = facts.marks.some(
    each =>
      each.value === 'removed' && each.fromDay <= fromDay && (each.toDay === null || fromDay < each.toDay),
  );
  const wouldBe = isOut && rule.inForce ? requiredOn(timeline({ ...facts, marks: [] }), fromDay) : null;
  return wouldBe ? [{ kind: 'clash', before: null, after: wouldBe.dueDay }] : [];
}

function gaps(
  facts: RequirementFacts,
  after: Interval | null,
  { fromDay, rule }: VersionFacts,
): ConsequenceLine[] {
  const line: ConsequenceLine = { kind: 'gap', before: null, after: null };
  if (after) return after.because.gap !== null ? [line] : [];
  const lacks = rule.inForce && lacksHireDay(rule.audience, memberOn(facts, rule.audience, fromDay));
  return lacks ? [line] : [];
}

/** Each reminder before the day by which that falls into the first days of the version. */
function mailsIn({ fromDay, rule }: VersionFacts, { dueDay }: Interval): number {
  if (dueDay === null) return 0;
  const until = daysAfter(fromDay, MAIL_DAYS);
  return rule.reminders.filter(days => {
    const day = daysAfter(dueDay, -days);
    return fromDay <= day && day < until;
  }).length;
}
