import { amend, type Amendment } from '../../../../server/platform/lib/dated.js';
import { daysAfter } from '../../../../server/platform/lib/days.js';
import type {
  CreditFacts,
  ExemptionFacts,
  SaidSpan,
  VersionFacts,
  WorkPlace,
} from '../../../../server/proof/requirements/requirement-facts.js';
import type {
  FirstDue,
  RenewalRule,
  Rule,
  UpdateMode,
} from '../../../../server/proof/requirements/requirement-rule.js';

/** Everything that can happen to a person, a requirement or a tree, and a failed try, which changes nothing. */
export const EVENTS = [
  ...['hire', 'leave', 'return', 'go', 'come-back', 'correct-hire'],
  ...['move', 'place', 'unplace', 'tag', 'untag'],
  ...['complete', 'complete', 'complete', 'late-paper', 'outside', 'print', 'reissue', 'fail'],
  ...['revoke', 'suspend', 'reinstate', 'revoke-elsewhere'],
  ...['waive', 'extend', 'end-exemption', 'add', 'remove', 'unmark'],
  ...['rule', 'rule', 'rule', 'material', 'end-requirement', 'move-unit'],
] as const;

/** Something that happens: so many days after the one before, about a day so many days from then, and what chance decides. */
export interface Happening {
  readonly what: string;
  readonly wait: number;
  readonly shift: number;
  readonly chance: number;
}

export const FIRST_DAY = '2024-01-01';
const UNITS = ['top', 'north', 'south', 'oslo', 'rome'];
const COURSES = ['basics', 'airline'];

/** All that is said of somebody, by and by: rows are added and retired, as the program does. */
export interface History {
  employment: SaidSpan<'active' | 'on-leave' | 'left'>[];
  hired: SaidSpan<string>[];
  tags: SaidSpan<string>[];
  places: SaidSpan<WorkPlace>[];
  credits: CreditFacts[];
  units: Map<string, SaidSpan<string | null>[]>;
  marks: SaidSpan<'added' | 'removed'>[];
  exemptions: ExemptionFacts[];
  versions: VersionFacts[];
}

/** The history that these events make. `moments`: when each was recorded. */
export function historyOf(events: readonly Happening[]): { history: History; moments: number[] } {
  const parents = { top: null, north: 'top', south: 'top', oslo: 'north', rome: 'south' };
  const history: History = {
    ...{
      employment: [],
      hired: [],
      tags: [],
      places: [],
      credits: [],
      marks: [],
      exemptions: [],
      versions: [],
    },
    units: new Map(
      UNITS.map(id => {
        const value = parents[id as keyof typeof parents];
        return [id, [{ fromDay: '2020-01-01', toDay: null, value, recordedAt: 0, retiredAt: null }]];
      }),
    ),
  };
  let today = FIRST_DAY;
  const moments: number[] = [];
  for (const event of events) {
    today = daysAfter(today, event.wait);
    const at = Date.parse(today) + moments.length;
    moments.push(at);
    happen(history, event, { today, at });
  }
  return { history, moments };
}

function happen(
  history: History,
  { what, shift, chance }: Happening,
  { today, at }: { today: string; at: number },
) {
  const day = daysAfter(today, shift);
  const id = `${what}-${String(at)}`;
  const pick = <T>(all: readonly T[], salt = 1): T => all[Math.floor(chance / salt) % all.length] as T;
  const say = <V>(
    rows: SaidSpan<V>[],
    change: Amendment<V>,
    isOf: (row: SaidSpan<V>) => boolean = () => true,
  ) => {
    const current = rows.filter(each => each.retiredAt === null && isOf(each));
    const { retired, added } = amend(current, change);
    for (const row of retired) rows[rows.indexOf(row)] = { ...row, retiredAt: at };
    rows.push(...added.map(span => ({ ...span, recordedAt: at, retiredAt: null })));
  };
  const until = daysAfter(day, 1 + (chance % 120));
  const credit = (completedOn: string, printed: boolean, version: number | null) => {
    const printedEnds = printed ? [print(completedOn, 12, at)] : [];
    history.credits.push({
      id,
      course: pick(COURSES, 7),
      version,
      completedOn,
      recordedAt: at,
      printedEnds,
      voids: [],
    });
  };
  const changeCredit = (change: (credit: CreditFacts) => CreditFacts) => {
    const which = chance % Math.max(1, history.credits.length);
    history.credits = history.credits.map((each, n) => (n === which ? change(each) : each));
  };
  const voidFrom = (fromDay: (credit: CreditFacts) => string, value: string) =>
    changeCredit(each => ({
      ...each,
      voids: [
        ...each.voids,
        { id, fromDay: fromDay(each), toDay: null, value, recordedAt: at, retiredAt: null },
      ],
    }));
  const exempt = (kind: 'waiver' | 'extension', dueDay: string | null) =>
    history.exemptions.push({
      id,
      kind,
      fromDay: day,
      toDay: until,
      dueDay,
      recordedAt: at,
      retiredAt: null,
    });
  const rule = (change: Partial<Rule>) => {
    const last = history.versions.at(-1);
    const number = history.versions.length + 1;
    const fromDay = shift > 0 ? day : today;
    history.versions.push({
      id,
      number,
      fromDay,
      recordedAt: at,
      rule: { ...(last?.rule ?? FIRST_RULE), ...change },
    });
  };
  const unit = pick(UNITS);
  const home = (value: WorkPlace | null) =>
    say(history.places, { fromDay: day, value }, each => each.value.isHome);
  const further = (value: WorkPlace | null) =>
    say(history.places, { fromDay: day, value }, each => !each.value.isHome && each.value.unitId === unit);

  const actions: Record<string, () => unknown> = {
    hire: () => {
      if (history.employment.length > 0) return;
      say(history.employment, { fromDay: day, value: 'active' });
      if (chance % 3 > 0) say(history.hired, { fromDay: day, toDay: null, value: day });
      home({ unitId: unit, job: pick(['Crew', 'crew', null], 3), isHome: true });
    },
    leave: () => say(history.employment, { fromDay: day, toDay: null, value: 'left' }),
    return: () => say(history.employment, { fromDay: day, value: 'active' }),
    go: () =>
      say(history.employment, { fromDay: day, value: 'on-leave', ...(chance % 3 > 0 && { toDay: until }) }),
    'come-back': () => {
      say(history.employment, { fromDay: day, value: 'active' });
      say(history.hired, { fromDay: day, toDay: null, value: day });
    },
    'correct-hire': () => say(history.hired, { fromDay: '2023-06-01', toDay: null, value: day }),
    move: () => home({ unitId: unit, job: pick(['Crew', 'CREW', 'Driver', null], 3), isHome: true }),
    place: () => further({ unitId: unit, job: pick(['Crew', null], 3), isHome: false }),
    unplace: () => further(null),
    tag: () => say(history.tags, { fromDay: day, value: 'night' }),
    untag: () => say(history.tags, { fromDay: day, value: null }),
    complete: () => credit(today, chance % 4 > 0, pick([1, 2, 3], 5)),
    'late-paper': () => credit(daysAfter(today, -Math.abs(shift) * 6), true, pick([1, null], 5)),
    outside: () => credit(daysAfter(today, -Math.abs(shift)), chance % 2 > 0, null),
    print: () =>
      changeCredit(each => ({
        ...each,
        printedEnds: [...each.printedEnds, print(each.completedOn, 12, at)],
      })),
    reissue: () =>
      changeCredit(each => ({
        ...each,
        printedEnds: [
          ...each.printedEnds.map(end => ({ ...end, retiredAt: end.retiredAt ?? at })),
          chance % 5 === 0
            ? { ...print(each.completedOn, 12, at), lastDay: null }
            : print(each.completedOn, 6, at),
        ],
      })),
    revoke: () => voidFrom(each => each.completedOn, 'not-earned'),
    suspend: () => voidFrom(() => today, 'suspended'),
    'revoke-elsewhere': () => voidFrom(() => day, 'revoked-elsewhere'),
    reinstate: () =>
      changeCredit(each => ({
        ...each,
        voids: each.voids.map(one => ({ ...one, retiredAt: one.retiredAt ?? at })),
      })),
    waive: () => exempt('waiver', null),
    extend: () => exempt('extension', daysAfter(day, chance % 90)),
    'end-exemption': () => {
      history.exemptions = history.exemptions.flatMap(each => {
        if (each.retiredAt !== null || each.fromDay >= today || each.toDay <= today) return [each];
        return [
          { ...each, retiredAt: at },
          { ...each, id, toDay: today, recordedAt: at },
        ];
      });
    },
    add: () => say(history.marks, { fromDay: day, toDay: chance % 2 ? until : null, value: 'added' }),
    remove: () => say(history.marks, { fromDay: day, toDay: chance % 2 ? until : null, value: 'removed' }),
    unmark: () => say(history.marks, { fromDay: day, toDay: null, value: null }),
    rule: () => rule(changedRule(chance, day)),
    material: () => rule({ material: [{ course: pick(COURSES), version: 2, by: until }] }),
    'end-requirement': () => rule({ inForce: chance % 2 === 0 }),
    'move-unit': () => {
      const [moved, below] = pick([
        ['oslo', 'south'],
        ['rome', 'north'],
        ['oslo', 'north'],
        ['rome', 'top'],
      ] as const);
      say(history.units.get(moved) ?? [], { fromDay: day, value: below });
    },
  };
  actions[what]?.();
}

/** About so many months later. */
const print = (day: string, months: number, recordedAt: number) => ({
  ...{ lastDay: daysAfter(day, months * 30), recordedAt, retiredAt: null },
});

const FIRST_RULE: Rule = {
  ...{ inForce: true, mode: 'follow', courses: ['basics'], noticeDays: 30, bringForward: false },
  audience: { units: [], jobs: [], tags: [], hiredSince: null, holds: null },
  ...{ firstDue: { after: 'joined', days: 60 }, renewal: { kind: 'as-certificate' }, graceDays: 14 },
  ...{ graceCounts: true, reminders: [30, 7], leave: { due: 'stays' }, material: [], source: 'policy' },
};

/** A version that changes some parts of the rule, by chance. */
function changedRule(chance: number, day: string): Partial<Rule> {
  const bits = chance >> 2;
  const audience = [
    {},
    { units: ['north'] },
    { units: ['south', 'oslo'], jobs: ['crew'] },
    { jobs: ['CREW'] },
    { tags: ['Night'] },
    { hiredSince: '2024-03-01' },
    { holds: 'basics' },
  ][bits % 7];
  const mode =
    (['follow', 'add-only', 'remove-only', 'paused'] satisfies UpdateMode[])[(bits >> 3) % 4] ?? 'follow';
  const firstDue = (
    [
      { after: 'hired', days: 60 },
      { after: 'joined', days: 20 },
      { on: daysAfter(day, 40) },
    ] satisfies FirstDue[]
  )[(bits >> 5) % 3];
  const renewal = (
    [
      { kind: 'as-certificate' },
      { kind: 'once' },
      {
        kind: 'own',
        validity: { months: 12, snap: 'month-end', counts: 'from-previous-end', opens: 60, grace: 30 },
      },
      { kind: 'own', validity: { months: 4, snap: 'none' } },
    ] satisfies RenewalRule[]
  )[(bits >> 7) % 4];
  const parts: Partial<Rule> = {
    ...(chance % 2 === 0 && { audience: { ...FIRST_RULE.audience, ...audience }, mode }),
    ...(chance % 3 === 0 && firstDue && { firstDue, noticeDays: bits % 45 }),
    ...(chance % 5 === 0 && renewal && { renewal, graceDays: bits % 40 }),
    ...(chance % 7 === 0 && { courses: bits % 2 ? COURSES : ['airline'] }),
    ...(chance % 11 === 0 && { bringForward: bits % 2 === 0 }),
    ...(chance % 4 === 0 && { leave: bits % 2 ? { due: 'stays' } : { due: 'after-return', days: 14 } }),
  };
  return { inForce: true, ...parts };
}
