import { typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter } from '../../../platform/lib/days.js';
import { dayParts } from '../day-words.js';
import type { AskedCode } from './join-codes.js';

/** What a code may lead to: the ids of units ('': the whole organisation) and the slugs of courses. */
interface Offered {
  readonly units: readonly string[];
  readonly courses: readonly string[];
  /** Today in the organisation's zone. */
  readonly today: string;
}

/** More people than any room or organisation that a poster hangs in. */
const MOST = 100_000;

/** Reads what is asked of a new code. A first day that is left out is today; the last one counts, and is kept as the day after it. */
export function readCode(body: unknown, offered: Offered) {
  const [unit, course] = [typed(body, 'unit'), typed(body, 'course')];
  const { fromDay, untilDay, errors: days } = readDays(body, offered.today);
  const most = mostIn(typed(body, 'most').trim());
  const errors: Record<string, string> = {
    ...(offered.units.includes(unit) ? {} : { unit: spoken('errors.unit') }),
    ...(course === '' || offered.courses.includes(course) ? {} : { course: spoken('errors.join-course') }),
    ...days,
    ...(most === undefined ? { most: spoken('errors.join-most') } : {}),
  };
  if (most === undefined || Object.keys(errors).length > 0) return { ok: false as const, errors };
  const asked = { unitId: unit || null, courseSlug: course || null, fromDay, untilDay, mostPeople: most };
  return { ok: true as const, value: asked satisfies AskedCode };
}

function readDays(body: unknown, today: string) {
  const from = dayFrom(typedDay(body, 'from'));
  const last = dayFrom(typedDay(body, 'last'));
  const fromDay = from || today;
  const errors = {
    ...(from === null || fromDay < today ? { from: spoken('errors.join-from') } : {}),
    ...(last === null || (last !== '' && last < fromDay) ? { last: spoken('errors.join-last') } : {}),
  };
  return { fromDay, untilDay: last ? daysAfter(last, 1) : null, errors };
}

/** Null: any number; undefined: not a number of people. */
function mostIn(text: string): number | null | undefined {
  if (text === '') return null;
  const most = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return most >= 1 && most <= MOST ? most : undefined;
}

/** What was typed, to show it again. */
export const typedCode = (body: unknown) => ({
  ...{ unit: typed(body, 'unit'), course: typed(body, 'course'), most: typed(body, 'most') },
  ...{ from: typedDay(body, 'from'), last: typedDay(body, 'last') },
});

/** What the form begins with. */
export const emptyCode = (unit: string): ReturnType<typeof typedCode> => ({
  ...{ unit, course: '', most: '', from: dayParts(''), last: dayParts('') },
});
