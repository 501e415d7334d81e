import type {
  CreditFacts,
  MemberHistory,
  RequirementFacts,
} from '../../../../server/proof/requirements/requirement-facts.js';
import type { Rule } from '../../../../server/proof/requirements/requirement-rule.js';
import { intervalOn, timeline } from '../../../../server/proof/requirements/timeline/timeline.js';

/** As it was said from the beginning, and still is. */
export const said = { recordedAt: 0, retiredAt: null };

/** What was so from a day on, to another or for good. */
export const span = <V>(fromDay: string, value: V, toDay: string | null = null) => ({
  fromDay,
  toDay,
  value,
  ...said,
});

export const HOME = { unitId: 'oslo', job: 'Cabin crew', isHome: true };

/** The course within 30 days, valid as its certificate says, with 14 days of grace. */
const RULE: Rule = {
  ...{
    inForce: true,
    mode: 'follow',
    courses: ['basics'],
    noticeDays: 0,
    bringForward: false,
    graceDays: 14,
  },
  audience: { units: [], jobs: [], tags: [], hiredSince: null, holds: null },
  ...{ firstDue: { after: 'joined', days: 30 }, renewal: { kind: 'as-certificate' }, graceCounts: true },
  ...{ reminders: [], leave: { due: 'stays' }, material: [], source: 'policy' },
};

/** A version of the requirement. */
export const version = (number: number, fromDay: string, rule: Partial<Rule> = {}) => ({
  ...{ id: `version-${String(number)}`, number, fromDay, recordedAt: 0, rule: { ...RULE, ...rule } },
});

/** Somebody completed the course; its certificate prints `lastDay`. */
export const credit = (
  completedOn: string,
  lastDay: string | null,
  more: Partial<CreditFacts> = {},
): CreditFacts => ({
  ...{ id: `credit-${completedOn}`, course: 'basics', version: 1, completedOn, recordedAt: 0, voids: [] },
  printedEnds: [{ lastDay, ...said }],
  ...more,
});

/** A requirement since 1 January 2025, and somebody who was hired on that day and works in Oslo. */
export const person = (
  member: Partial<MemberHistory> = {},
  more: Partial<Omit<RequirementFacts, 'member'>> = {},
): RequirementFacts => ({
  timeZone: 'UTC',
  versions: [version(1, '2025-01-01')],
  units: new Map([
    ['oslo', [span('2020-01-01', 'north')]],
    ['north', [span('2020-01-01', null)]],
  ]),
  ...{ marks: [], exemptions: [], ...more },
  member: {
    employment: [span('2025-01-01', 'active')],
    hired: [span('2025-01-01', '2025-01-01')],
    ...{ tags: [], places: [span('2025-01-01', HOME)], credits: [], ...member },
  },
});

/** What becomes of them: each standing with its first day and its due day. */
export const story = (facts: RequirementFacts): string[] =>
  timeline(facts).reduce<string[]>((told, { fromDay, standing, dueDay }) => {
    const same = told.at(-1)?.endsWith(`${standing} ${dueDay}`);
    return same ? told : [...told, `${fromDay} ${standing} ${dueDay}`];
  }, []);

export const on = (facts: RequirementFacts, day: string) => intervalOn(timeline(facts), day);
