import { isDeepStrictEqual } from 'node:util';
import { daysAfter } from '../../../platform/lib/days.js';
import type { RequirementFacts } from '../requirement-facts.js';
import type { Interval } from '../standing-interval.js';
import { breakDays, coursesOf } from './break-days.js';
import { completionsOf } from './covers.js';
import { judgeDay, NOTHING_BEFORE, type Carried, type JudgedDay } from './judge-a-day.js';

/**
 * How somebody stands with a requirement on every day, the future included if nothing else happens: intervals in order without
 * a hole, the last without an end. `all` went through `asKnown`. The first begins on the first day on which something is
 * required; where nothing ever is, there is none. One day is judged of each piece on which no fact changes and no date passes.
 * `until`: the last day that is asked for; what comes later is not reckoned then.
 */
export function timeline(all: RequirementFacts, until: string | null = null): Interval[] {
  const facts = relevant(all);
  const breaks = breakDays(facts);
  const pieces: Interval[] = [];
  let before = NOTHING_BEFORE;
  for (let day: string | null = breaks[0] ?? null; day !== null && (until === null || day <= until);) {
    const judged: JudgedDay = judgeDay(facts, before, day);
    const next: string | null = nextDay(day, breaks, judged.wakes);
    pieces.push({ fromDay: day, toDay: next, ...judged.stands });
    before = carriedOn(before, judged, next);
    day = next;
  }
  return joined(fromFirstRequired(pieces));
}

/** How somebody stands on a day; null: nothing is required yet. */
export const intervalOn = (intervals: readonly Interval[], day: string): Interval | null =>
  intervals.find(({ fromDay, toDay }) => fromDay <= day && (toDay === null || day < toDay)) ?? null;

function nextDay(day: string, breaks: readonly string[], wakes: readonly string[]): string | null {
  const turn = breaks.find(each => each > day) ?? null;
  return wakes.reduce((next, each) => (each > day && (next === null || each < next) ? each : next), turn);
}

/** What a piece, which ends before `next`, leaves to the days after it. */
function carriedOn(before: Carried, judged: JudgedDay, next: string | null): Carried {
  const { wasListed, run, cover, covers } = judged;
  const isOn = run !== null && before.run !== null;
  const covered = cover && next !== null ? { day: daysAfter(next, -1), cover } : isOn ? before.covered : null;
  return { wasListed, run, covered, covers };
}

function fromFirstRequired(pieces: readonly Interval[]): readonly Interval[] {
  const at = pieces.findIndex(({ standing }) => standing !== 'not-required');
  return at === -1 ? [] : pieces.slice(at);
}

/** The facts with those credits alone for which a version asks, in the order of completion. */
function relevant(facts: RequirementFacts): RequirementFacts {
  const courses = coursesOf(facts.versions.map(({ rule }) => rule));
  return { ...facts, member: { ...facts.member, credits: completionsOf(facts.member.credits, courses) } };
}

function joined(pieces: readonly Interval[]): Interval[] {
  const intervals: Interval[] = [];
  for (const piece of pieces) {
    const last = intervals.at(-1);
    if (last && standsAlike(last, piece)) intervals[intervals.length - 1] = { ...last, toDay: piece.toDay };
    else intervals.push(piece);
  }
  return intervals;
}

const standsAlike = (one: Interval, other: Interval): boolean =>
  one.standing === other.standing &&
  one.unitId === other.unitId &&
  one.dueDay === other.dueDay &&
  isDeepStrictEqual(one.because, other.because);
