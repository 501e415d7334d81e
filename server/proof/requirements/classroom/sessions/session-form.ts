import { typed, typedDay } from '../../../../platform/http/forms.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter } from '../../../../platform/lib/days.js';
import { dayParts } from '../../../../people/organisations/day-words.js';
import { MOST_PEOPLE } from '../attendance/attendance.js';
import type { PlannedSession } from './plan-sessions.js';
import { minutesFrom, timeFrom } from './session-times.js';
import type { SessionFacts } from './stored-sessions.js';

/** What the form offers: slugs of courses, ids of units ('': the whole organisation) and of instructors. */
export interface OfferedPlan {
  readonly courses: readonly string[];
  readonly units: readonly string[];
  readonly instructors: readonly string[];
  readonly today: string;
}

/** A session is planned for a day within this many, and entered within this many after it was held. */
const DAYS = 366;
const LONGEST = 24 * 60;
const MOST_POINTS = 8;
/** How the form names an instructor who is a visitor. */
export const VISITOR = 'visitor';

const error = (name: string): string => spoken(`classroom.error.${name}`);

/** Reads what is planned. */
export function readPlan(body: unknown, offered: OfferedPlan) {
  const [course, unit] = [typed(body, 'course'), typed(body, 'unit')];
  const place = typed(body, 'place').trim();
  const day = dayFrom(typedDay(body, 'day')) || null;
  const [time, minutes] = [timeFrom(typed(body, 'time')), minutesFrom(typed(body, 'hours'))];
  const capacity = capacityIn(typed(body, 'capacity').trim());
  const points = pointsIn(typed(body, 'points'));
  const { errors: ofInstructor, ...instructor } = readInstructor(body, offered);
  const errors: Record<string, string> = {
    ...(offered.courses.includes(course) ? {} : { course: error('course') }),
    ...(offered.units.includes(unit) ? {} : { unit: spoken('errors.unit') }),
    ...(isLine(place, 200) ? {} : { place: error('place') }),
    ...(day !== null && isNear(day, offered.today) ? {} : { day: error('day') }),
    ...(time === null ? { time: error('time') } : {}),
    ...(minutes !== null && minutes >= 5 && minutes <= LONGEST ? {} : { hours: error('hours') }),
    ...(capacity === undefined ? { capacity: error('capacity') } : {}),
    ...ofInstructor,
    ...(isLine(typed(body, 'control').trim(), 60, true) ? {} : { control: error('control') }),
    ...(points.length <= MOST_POINTS && points.every(each => isLine(each, 120))
      ? {}
      : { points: error('points') }),
  };
  if (Object.keys(errors).length > 0 || !day || !time || !minutes || capacity === undefined)
    return { ok: false as const, errors };
  const facts = { courseSlug: course, unitId: unit || null, place, day, time, minutes, capacity };
  const controlNumber = typed(body, 'control').trim() || null;
  return {
    ok: true as const,
    value: { ...facts, controlNumber, ...instructor, points } satisfies PlannedSession,
  };
}

function readInstructor(body: unknown, { instructors }: OfferedPlan) {
  const chosen = typed(body, 'instructor');
  const [name, licence] = [typed(body, 'visitorName').trim(), typed(body, 'visitorLicence').trim()];
  const nobody = { instructorId: null, visitorName: null, visitorLicence: null };
  if (chosen !== VISITOR)
    return instructors.includes(chosen)
      ? { ...nobody, instructorId: chosen, errors: {} }
      : { ...nobody, errors: { instructor: error('instructor') } };
  const errors = {
    ...(isLine(name, 200) ? {} : { visitorName: error('visitorName') }),
    ...(isLine(licence, 60) ? {} : { visitorLicence: error('visitorLicence') }),
  };
  return { instructorId: null, visitorName: name, visitorLicence: licence, errors };
}

/** One line of text without control characters. */
const isLine = (text: string, most: number, mayBeEmpty = false): boolean =>
  text.length <= most && (mayBeEmpty || text !== '') && !/\p{Cc}/u.test(text);

const isNear = (day: string, today: string): boolean =>
  day >= daysAfter(today, -DAYS) && day <= daysAfter(today, DAYS);

/** Null: as many as a session takes; undefined: not a number of people. */
function capacityIn(text: string): number | null | undefined {
  if (text === '') return null;
  const most = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return most >= 1 && most <= MOST_PEOPLE ? most : undefined;
}

const pointsIn = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map(each => each.trim())
    .filter(each => each !== '');

/** What was typed, to show it again. */
export const typedPlan = (body: unknown) => ({
  ...{ course: typed(body, 'course'), unit: typed(body, 'unit'), place: typed(body, 'place') },
  ...{ day: typedDay(body, 'day'), time: typed(body, 'time'), hours: typed(body, 'hours') },
  ...{ capacity: typed(body, 'capacity'), control: typed(body, 'control'), points: typed(body, 'points') },
  instructor: typed(body, 'instructor'),
  visitorName: typed(body, 'visitorName'),
  visitorLicence: typed(body, 'visitorLicence'),
});

export type TypedPlan = ReturnType<typeof typedPlan>;

/** What the form of a new session begins with. */
export const blankPlan = (unit: string): TypedPlan => ({ ...typedPlan({}), unit, day: dayParts('') });

/** What the form of a session that is planned begins with. */
export const planOf = (session: SessionFacts): TypedPlan => ({
  ...{ course: session.courseSlug, unit: session.unitId ?? '', place: session.place },
  ...{ day: dayParts(session.day), time: session.time, hours: clockHours(session.minutes) },
  ...{
    capacity: session.capacity === null ? '' : String(session.capacity),
    control: session.controlNumber ?? '',
  },
  points: session.points.join('\n'),
  instructor: session.instructorId ?? VISITOR,
  visitorName: session.visitorName ?? '',
  visitorLicence: session.visitorLicence ?? '',
});

/** 90 minutes as "1:30", as a form takes them. */
export const clockHours = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
