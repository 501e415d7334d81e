import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayFrom, type DayParts } from '../../../../platform/lib/days.js';
import { lineOf } from '../../../../people/organisations/change-fields.js';
import type { Rule } from '../../requirement-rule.js';
import { RULE } from '../rule-schema.js';
import type { TypedRule } from './typed-rule.js';

/** What a form says, or a message for each field that has to be corrected. */
export type ReadRule =
  | { readonly ok: true; readonly title: string; readonly fromDay: string; readonly rule: Rule }
  | { readonly ok: false; readonly errors: Record<string, string> };

/** Reads the form of a requirement. `before`: the rule that it changes; what the form does not ask stays as it was. */
export function readRule(typed: TypedRule, before: Rule | null): ReadRule {
  const rule = RULE.safeParse(composed(typed, before));
  const title = TITLE.safeParse(typed.title);
  const fromDay = dayFrom(typed.day);
  const errors = {
    ...(title.success ? {} : { title: spoken('requirements.error.title') }),
    ...(rule.success ? {} : errorsOf(rule.error.issues, typed)),
    ...(fromDay ? {} : { day: spoken('requirements.error.day') }),
  };
  if (!title.success || !rule.success || !fromDay) return { ok: false, errors };
  return { ok: true, title: title.data, fromDay, rule: rule.data };
}

const TITLE = lineOf(200, 'title', 'title').min(1);

/** A rule as it was typed: what is no number or day is left for the schema to refuse. */
function composed(typed: TypedRule, before: Rule | null) {
  return {
    inForce: true,
    audience: {
      units: [...new Set(typed.units)],
      jobs: linesIn(typed.jobs),
      tags: linesIn(typed.tags),
      hiredSince: dayIn(typed.hiredSince),
      holds: typed.holds || null,
    },
    mode: typed.mode,
    courses: [...new Set(typed.courses)],
    firstDue:
      typed.due === 'on'
        ? { on: dayIn(typed.dueOn) ?? '' }
        : { after: typed.due, days: numberIn(typed.dueDays) },
    noticeDays: numberIn(typed.notice),
    bringForward: typed.bringForward === 'yes',
    renewal: typed.renewal === 'own' ? { kind: 'own', validity: validityIn(typed) } : { kind: typed.renewal },
    graceDays: numberIn(typed.grace),
    graceCounts: typed.graceCounts === 'yes',
    reminders: [...new Set(remindersIn(typed.reminders))].sort((one, other) => other - one),
    leave:
      typed.leave === 'after-return'
        ? { due: typed.leave, days: numberIn(typed.leaveDays) }
        : { due: typed.leave },
    material: materialIn(typed, before),
    source: typed.source,
  };
}

function validityIn({ months, monthEnd, anniversary, opens, fixedDate, fixedMonth }: TypedRule) {
  if (`${fixedDate}${fixedMonth}`.trim() !== '')
    return {
      ...{ months: numberIn(months), snap: 'none', counts: 'fixed-day', opens: numberIn(opens) },
      fixedDay: { month: numberIn(fixedMonth), day: numberIn(fixedDate) },
    };
  const counts = anniversary === 'yes' ? 'from-previous-end' : 'from-completion';
  return {
    months: numberIn(months),
    snap: monthEnd === 'yes' ? 'month-end' : 'none',
    counts,
    opens: numberIn(opens),
  };
}

function materialIn({ materialCourse, materialVersion, materialBy }: TypedRule, before: Rule | null) {
  const others = (before?.material ?? []).slice(1);
  if (materialCourse === '') return others;
  const change = { course: materialCourse, version: numberIn(materialVersion), by: dayIn(materialBy) ?? '' };
  return [change, ...others.filter(({ course }) => course !== materialCourse)];
}

const linesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/\r?\n/)
      .map(line => line.trim())
      .filter(Boolean),
  ),
];

const remindersIn = (text: string): number[] =>
  text.trim() === ''
    ? []
    : text
        .trim()
        .split(/[\s,;]+/)
        .map(numberIn);

/** NaN where it is no whole number. */
const numberIn = (text: string): number => (/^\s*\d{1,6}\s*$/.test(text) ? Number(text) : Number.NaN);

/** Null: left empty. What is no day of the calendar stays a text that is none. */
const dayIn = (parts: DayParts): string | null => {
  const day = dayFrom(parts);
  return day === '' ? null : (day ?? 'no day');
};

/** The field of the form that a part of the rule comes from. */
const FIELD_OF: readonly (readonly [path: RegExp, field: string])[] = [
  [/^audience\.(\w+)/, '$1'],
  [/^firstDue/, 'due'],
  [/^noticeDays/, 'notice'],
  [/^renewal\.validity\.months/, 'months'],
  [/^renewal\.validity\.fixedDay/, 'fixedDate'],
  [/^renewal\.validity\.opens/, 'opens'],
  [/^renewal/, 'renewal'],
  [/^graceDays/, 'grace'],
  [/^leave\.days/, 'leaveDays'],
  [/^material/, 'materialVersion'],
  [/^(\w+)/, '$1'],
];

function errorsOf(
  issues: readonly { readonly path: readonly PropertyKey[] }[],
  { due }: TypedRule,
): Record<string, string> {
  const fields = issues.map(({ path }) => fieldOf(path.map(String).join('.')));
  const dueField = due === 'on' ? 'dueOn' : due === 'hired' || due === 'joined' ? 'dueDays' : 'due';
  return Object.fromEntries(
    fields.map(field => {
      const asked = field === 'due' ? dueField : field;
      return [asked, spoken(`requirements.error.${asked}`)];
    }),
  );
}

function fieldOf(path: string): string {
  const [pattern, field] = FIELD_OF.find(([each]) => each.test(path)) ?? [/.*/, 'form'];
  return path.replace(new RegExp(`${pattern.source}.*`), field);
}
