import { typed, typedDay } from '../../../../platform/http/forms.js';
import type { DayParts } from '../../../../platform/lib/days.js';
import { dayParts } from '../../../../people/organisations/day-words.js';
import type { Rule } from '../../requirement-rule.js';

/** What stands in the fields of the form of a requirement, as typed. */
export interface TypedRule {
  readonly title: string;
  readonly units: readonly string[];
  readonly jobs: string;
  readonly tags: string;
  readonly hiredSince: DayParts;
  readonly holds: string;
  readonly courses: readonly string[];
  readonly due: string;
  readonly dueDays: string;
  readonly dueOn: DayParts;
  readonly renewal: string;
  readonly months: string;
  readonly monthEnd: string;
  readonly anniversary: string;
  readonly opens: string;
  /** The day of the year on which every cover ends, and its month from 1 to 12; both empty: none. */
  readonly fixedDate: string;
  readonly fixedMonth: string;
  readonly grace: string;
  readonly graceCounts: string;
  readonly reminders: string;
  readonly leave: string;
  readonly leaveDays: string;
  readonly mode: string;
  readonly notice: string;
  readonly bringForward: string;
  readonly materialCourse: string;
  readonly materialVersion: string;
  readonly materialBy: DayParts;
  readonly source: string;
  readonly day: DayParts;
}

const LINES = [
  'title',
  'holds',
  'due',
  'dueDays',
  'renewal',
  'months',
  'monthEnd',
  'anniversary',
  'opens',
] as const;
const MORE = [
  'grace',
  'graceCounts',
  'reminders',
  'leave',
  'leaveDays',
  'mode',
  'notice',
  'bringForward',
] as const;
const REST = [
  'fixedDate',
  'fixedMonth',
  'materialCourse',
  'materialVersion',
  'source',
  'jobs',
  'tags',
] as const;
const DAYS = ['hiredSince', 'dueOn', 'materialBy', 'day'] as const;

/** What a form sent. */
export function typedRule(body: unknown): TypedRule {
  const texts = [...LINES, ...MORE, ...REST].map(name => [name, typed(body, name)]);
  const days = DAYS.map(name => [name, typedDay(body, name)]);
  const lists = { units: unitsIn(body), courses: severalIn(body, 'courses') };
  return { ...Object.fromEntries([...texts, ...days]), ...lists } as TypedRule;
}

/** The most fields for units that are read. */
const UNIT_FIELDS = 52;

/** The units that were chosen: in lists that are called `units`, `units-2`, `units-3` and so on, or in boxes called `units`. */
export const unitsIn = (body: unknown): string[] =>
  [
    ...severalIn(body, 'units'),
    ...Array.from({ length: UNIT_FIELDS - 1 }, (_, at) => typed(body, `units-${at + 2}`)),
  ].filter(Boolean);

/** What was chosen or typed into several fields of one name. */
export function severalIn(body: unknown, name: string): string[] {
  const value =
    body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[name] : undefined;
  const all = Array.isArray(value) ? (value as unknown[]) : [value];
  return all.filter(each => typeof each === 'string').slice(0, 100);
}

const NO_DAY = dayParts('');

/** What the form of a requirement begins with, where nothing is said yet. */
export const blankRule = (today: string): TypedRule => ({
  ...{ title: '', units: [], jobs: '', tags: '', hiredSince: NO_DAY, holds: '', courses: [] },
  ...{ due: 'hired', dueDays: '60', dueOn: NO_DAY },
  ...{ renewal: 'as-certificate', months: '12', monthEnd: 'yes', anniversary: 'yes', opens: '60' },
  ...{ fixedDate: '', fixedMonth: '' },
  ...{ grace: '0', graceCounts: '', reminders: '90, 60, 30, 7, 1', leave: 'stays', leaveDays: '30' },
  ...{ mode: 'follow', notice: '30', bringForward: '' },
  ...{ materialCourse: '', materialVersion: '', materialBy: NO_DAY, source: '', day: dayParts(today) },
});

/** The fields as they would have to be filled in for a rule. */
export function shownRule({
  title,
  rule,
  fromDay,
}: {
  title: string;
  rule: Rule;
  fromDay: string;
}): TypedRule {
  const { audience, firstDue, renewal, leave } = rule;
  const blank = blankRule(fromDay);
  const [material] = rule.material;
  return {
    ...blank,
    ...{ title, units: audience.units, jobs: audience.jobs.join('\n'), tags: audience.tags.join('\n') },
    ...{
      hiredSince: dayParts(audience.hiredSince ?? ''),
      holds: audience.holds ?? '',
      courses: rule.courses,
    },
    ...('on' in firstDue
      ? { due: 'on', dueOn: dayParts(firstDue.on) }
      : { due: firstDue.after, dueDays: String(firstDue.days) }),
    ...shownRenewal(renewal),
    ...{
      grace: String(rule.graceDays),
      graceCounts: yes(rule.graceCounts),
      reminders: rule.reminders.join(', '),
    },
    ...(leave.due === 'stays' ? { leave: 'stays' } : { leave: leave.due, leaveDays: String(leave.days) }),
    ...{ mode: rule.mode, notice: String(rule.noticeDays), bringForward: yes(rule.bringForward) },
    ...(material && {
      materialCourse: material.course,
      materialVersion: String(material.version),
      materialBy: dayParts(material.by),
    }),
    source: rule.source,
  };
}

function shownRenewal(renewal: Rule['renewal']): Partial<TypedRule> {
  if (renewal.kind !== 'own') return { renewal: renewal.kind };
  const { months, snap, counts, fixedDay, opens } = renewal.validity;
  return {
    renewal: 'own',
    months: String(months),
    monthEnd: yes(snap === 'month-end'),
    anniversary: yes(counts === 'from-previous-end'),
    opens: String(opens ?? 60),
    ...(fixedDay ? { fixedDate: String(fixedDay.day), fixedMonth: String(fixedDay.month) } : {}),
  };
}

const yes = (is: boolean): string => (is ? 'yes' : '');
