import { courseByNumber } from '../../../teaching/courses/catalogue.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter, type DayParts } from '../../../platform/lib/days.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import type { NewApproval } from './approvals.js';
import type { OpenRule } from './open-rule.js';
import type { ChosenRule } from './rule-choices.js';

type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: Record<string, string> };

const LONGEST_NOTE = 500;
/** No database keeps every control character. */
const UNKEPT = /[^\P{Cc}\r\n\t]/u;

const error = (name: string): string => spoken(`ruleMap.error.${name}`);

/** What was typed of whether a rule concerns the organisation, to show it again. */
export const typedChoice = (body: unknown, { requirements }: Pick<OpenRule, 'requirements'>) => ({
  concerns: typed(body, 'concerns'),
  requirements: requirements.map(({ id }) => id).filter(id => typed(body, `requirement-${id}`) === 'yes'),
  note: typed(body, 'note').trim(),
});

/** Reads whether a rule concerns the organisation. Only requirements that are in force today are kept. */
export function readRuleChoice(body: unknown, open: OpenRule): Read<ChosenRule> {
  const { concerns, requirements, note } = typedChoice(body, open);
  const isSaid = concerns === 'yes' || concerns === 'no';
  const errors = {
    ...(isSaid ? {} : { concerns: error('concerns') }),
    ...(note.length > LONGEST_NOTE || UNKEPT.test(note) ? { note: error('note') } : {}),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, value: { ruleId: open.rule.id, concerns: concerns === 'yes', requirements, note } };
}

/** What was typed of an approval, to show it again. */
export const typedApproval = (body: unknown) => ({
  ...{ authority: typed(body, 'authority').trim(), number: typed(body, 'number').trim() },
  ...{ course: typed(body, 'course'), version: typed(body, 'version') },
  ...{ from: typedDay(body, 'from'), last: typedDay(body, 'last') },
});

/** Reads an approval: of a version that exists, of a course that belongs to the rule. */
export async function readApproval(body: unknown, { rule, courses }: OpenRule): Promise<Read<NewApproval>> {
  const { authority, number, course, version: asked, from, last } = typedApproval(body);
  const courseSlug = courses.find(({ snapshot }) => snapshot.slug === course)?.snapshot.slug ?? null;
  const version = parseInteger(asked, { min: 1, max: 100_000 });
  const isThere =
    courseSlug !== null && version !== null && (await courseByNumber(courseSlug, version)) !== null;
  const fromDay = dayFrom(from) || null;
  const lastDay = dayFrom(last) || null;
  const errors = {
    ...(isLine(authority, 200) ? {} : { authority: error('authority') }),
    ...(isLine(number, 100) ? {} : { number: error('number') }),
    ...(courseSlug === null ? { course: error('course') } : {}),
    ...(courseSlug !== null && !isThere ? { version: error('version') } : {}),
    ...(fromDay === null ? { from: error('from') } : {}),
    ...(isLast(last, lastDay, fromDay) ? {} : { last: error('last') }),
  };
  if (courseSlug === null || version === null || fromDay === null || Object.keys(errors).length > 0)
    return { ok: false, errors };
  const toDay = lastDay && daysAfter(lastDay, 1);
  return { ok: true, value: { ruleId: rule.id, authority, number, courseSlug, version, fromDay, toDay } };
}

/** Some text on one line. */
const isLine = (text: string, most: number): boolean =>
  text !== '' && text.length <= most && !/\p{Cc}/u.test(text);

/** Empty, or a day that is not before the first. */
const isLast = (typedLast: DayParts, lastDay: string | null, fromDay: string | null): boolean =>
  lastDay === null ? Object.values(typedLast).every(part => !part) : fromDay === null || lastDay >= fromDay;
