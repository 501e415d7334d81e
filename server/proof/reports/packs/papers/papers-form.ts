import { PAPER_SIZES } from '../../../certificates/documents/pdf/paper.js';
import { typed, typedDay } from '../../../../platform/http/forms.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter, endOfDay } from '../../../../platform/lib/days.js';
import { dayParts } from '../../../../people/organisations/day-words.js';
import type { PapersParams } from './certificate-papers.js';

/** What may be asked for: ids of units, slugs of courses. `timeZone`: of the organisation. */
export interface PapersChoices {
  readonly unitIds: readonly string[];
  readonly courses: readonly string[];
  readonly timeZone: string;
}

type ReadPapers =
  | { readonly ok: true; readonly params: PapersParams }
  | { readonly ok: false; readonly errors: Record<string, string> };

/** Reads which certificates are to be printed, and on which paper. What is left empty is any. */
export function readPapers(body: unknown, { unitIds, courses, timeZone }: PapersChoices): ReadPapers {
  const [from, to] = [dayFrom(typedDay(body, 'from')), dayFrom(typedDay(body, 'to'))];
  const unit = typed(body, 'unit');
  const errors = {
    ...(from === null ? { from: spoken('evidence.papers.error.from') } : {}),
    ...(to === null || (to !== '' && from && to < from) ? { to: spoken('evidence.papers.error.to') } : {}),
    ...(unit === '' || unitIds.includes(unit) ? {} : { unit: spoken('evidence.papers.error.unit') }),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const course = courses.find(each => each === typed(body, 'course')) ?? null;
  const size = PAPER_SIZES.find(each => each === typed(body, 'size')) ?? 'a4';
  const dayBegins = (day: string) => (endOfDay(daysAfter(day, -1), timeZone) ?? 0) + 1;
  const since = from ? dayBegins(from) : null;
  const until = to ? dayBegins(daysAfter(to, 1)) : null;
  return { ok: true, params: { unitId: unit || null, course, since, until, size } };
}

/** What was typed, to show it again. */
export const typedPapers = (body: unknown) => ({
  ...{ unit: typed(body, 'unit'), course: typed(body, 'course'), size: typed(body, 'size') },
  ...{ from: typedDay(body, 'from'), to: typedDay(body, 'to') },
});

/** What the form begins with: everything, on the organisation's own paper. */
export const blankPapers = (size: string) => ({
  ...{ unit: '', course: '', size, from: dayParts(''), to: dayParts('') },
});
