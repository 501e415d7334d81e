import { countedMinutes } from '../../../../teaching/courses/cards.js';
import { courseByNumber } from '../../../../teaching/courses/catalogue.js';
import { servedInPeriod } from '../../../requirements/classroom/hours/served-in-period.js';
import { courseTimes, trainingsOfPeople, type CourseTime, type ReportScope } from './report-figures.js';

/** How long the training of a period took, in minutes: in courses here, and in classroom sessions. */
export interface ReportHours {
  readonly courseMinutes: number;
  /** Trainings whose length is not known. */
  readonly uncounted: number;
  readonly sessions: number;
  readonly roomMinutes: number;
  /** What the rule asks of each person, and how many had it in the period, or less of it; null: it names no length. */
  readonly required: { readonly minutes: number; readonly enough: number; readonly short: number } | null;
}

/** The counted minutes of a version of a course; null: it is not known. */
async function minutesOf({ courseSlug, version }: Pick<CourseTime, 'courseSlug' | 'version'>) {
  const course = version === null ? null : await courseByNumber(courseSlug, version);
  return course && countedMinutes(course.snapshot);
}

/** The hours of a report. A training in a room counts as long as its people were there, any other as long as its version takes. */
export async function reportHours(scope: ReportScope, leastMinutes: number | null): Promise<ReportHours> {
  const rooms = await servedInPeriod(scope);
  let [courseMinutes, uncounted] = [0, 0];
  const lengths = new Map<string, number>();
  for (const each of await courseTimes(scope)) {
    const minutes = await minutesOf(each);
    if (minutes === null) uncounted += each.trainings;
    else lengths.set(`${each.courseSlug} ${each.version}`, minutes);
    courseMinutes += (minutes ?? 0) * each.trainings;
  }
  return {
    ...{ courseMinutes, uncounted, sessions: rooms.sessions },
    roomMinutes: [...rooms.minutes.values()].reduce((sum, each) => sum + each, 0),
    required:
      leastMinutes === null ? null : await against(leastMinutes, scope, { lengths, rooms: rooms.minutes }),
  };
}

/** How many people had as much as is asked for. Of whom nothing is known that took time, nothing is said. */
async function against(
  minutes: number,
  scope: ReportScope,
  { lengths, rooms }: { lengths: ReadonlyMap<string, number>; rooms: ReadonlyMap<string, number> },
) {
  const served = new Map(rooms);
  for (const { membershipId, courseSlug, version, trainings } of await trainingsOfPeople(scope)) {
    const length = lengths.get(`${courseSlug} ${version}`) ?? 0;
    served.set(membershipId, (served.get(membershipId) ?? 0) + length * trainings);
  }
  const all = [...served.values()].filter(each => each > 0);
  const enough = all.filter(each => each >= minutes).length;
  return { minutes, enough, short: all.length - enough };
}
