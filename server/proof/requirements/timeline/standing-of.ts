import { daysAfter } from '../../../platform/lib/days.js';
import { NEAR_DAYS, type Standing } from '../standings.js';
import type { Cover } from './covers.js';

/** What a standing is judged by: what covers the day, by which day something has to be done, and until when the grace lasts. */
interface CoverDates {
  readonly cover: Cover | null;
  readonly dueDay: string | null;
  readonly graceEnd: string | null;
}

/** How somebody who is meant, at work and not waived stands on a day. */
export function standingOf(day: string, { cover, dueDay, graceEnd }: CoverDates): Standing {
  if (cover) return isNear(day, cover.lastDay) ? 'expiring' : 'current';
  if (dueDay === null) return 'gap';
  if (graceEnd !== null && day <= graceEnd) return 'in-grace';
  if (day > dueDay) return 'overdue';
  return isNear(day, dueDay) ? 'due-soon' : 'not-yet-due';
}

const isNear = (day: string, end: string | null): boolean =>
  end !== null && day >= daysAfter(end, -NEAR_DAYS);

/** The days on which that changes by itself. */
export function wakesOf({ cover, dueDay, graceEnd }: CoverDates): string[] {
  const end = cover ? cover.lastDay : dueDay;
  return [
    ...(end === null ? [] : [daysAfter(end, -NEAR_DAYS), daysAfter(end, 1)]),
    ...(graceEnd === null ? [] : [daysAfter(graceEnd, 1)]),
  ];
}
