import { expect } from 'chai';
import { formatYearDay, translator } from '../../../../server/platform/i18n/i18n.js';
import { RULE, ruleFrom } from '../../../../server/proof/requirements/rules/rule-schema.js';
import { readRule } from '../../../../server/proof/requirements/rules/composing/rule-form.js';
import {
  ruleSentence,
  whoIsMeant,
  type RuleWords,
} from '../../../../server/proof/requirements/rules/rule-sentence.js';
import { blankRule, shownRule } from '../../../../server/proof/requirements/rules/composing/typed-rule.js';
import type { Rule } from '../../../../server/proof/requirements/requirement-rule.js';
import { plain } from '../../../support/pages.js';
import { said } from '../../../support/said.js';
import { audienceOf, someRule } from '../some-rule.js';

const FRA = '00000000-0000-4000-8000-000000000001';
const words: RuleWords = {
  t: translator('en'),
  locale: 'en',
  unitName: id => (id === FRA ? 'FRA' : 'OSL'),
  courseTitle: slug => (slug === 'volunteers' ? 'Volunteers' : 'Airline and transport'),
};
const part = (key: string, blanks = {}) => said(`requirements.sentence.${key}`, blanks);

const CREW = someRule({
  audience: audienceOf({ units: [FRA], jobs: ['Cabin crew'] }),
  renewal: { kind: 'own', validity: { months: 12, snap: 'month-end' } },
});

const MARCH = someRule({
  renewal: {
    kind: 'own',
    validity: {
      months: 12,
      snap: 'none',
      counts: 'fixed-day',
      fixedDay: { month: 3, day: 31 },
      opens: 60,
    },
  },
});

describe('a rule that renews on a day of the year', () => {
  const typed = shownRule({ title: 'Crew', rule: MARCH, fromDay: '2027-01-01' });

  it('says the day, and comes out of its form as it went in', () => {
    const day = formatYearDay(Date.parse('2027-03-31'), { locale: 'en', timeZone: 'UTC' });
    const renewal = part('own-fixed-day', { often: part('yearly'), day });
    expect(plain(ruleSentence(MARCH, words))).to.include(renewal);
    const read = readRule(typed, MARCH);
    expect(read.ok && read.rule.renewal).to.deep.equal(MARCH.renewal);
  });

  for (const [what, wrong, field] of [
    ['is no day of the year', { fixedDate: '31', fixedMonth: '2' }, 'fixedDate'],
    ['has no month', { fixedMonth: '' }, 'fixedDate'],
    ['comes before a year is over', { months: '6' }, 'months'],
  ] as const)
    it(`is refused where it ${what}`, () => {
      const read = readRule({ ...typed, ...wrong }, null);
      expect(read.ok ? [] : Object.keys(read.errors)).to.deep.equal([field]);
    });
});

describe('a rule in words', () => {
  it('is one sentence: who, what, by when, how often', () => {
    const sentence = part('whole', {
      who: `Cabin crew ${part('inUnits', { units: 'FRA' })}`,
      what: part('quoted', { text: 'Airline and transport' }),
      first: part('after-hired', { count: 60 }),
      renewal: part('own-month-end', { often: part('yearly') }),
    });
    expect(ruleSentence(CREW, words)).to.equal(sentence);
  });

  it('names every condition, and alternatives as alternatives', () => {
    const conditions = {
      tags: ['night'],
      hiredSince: '2026-03-01',
      holds: 'volunteers',
      jobs: ['Pilot', 'Crew', 'Gate'],
    };
    const who = whoIsMeant(audienceOf(conditions), words);
    for (const text of ['Pilot, Crew or Gate', 'night', 'Volunteers', '2026']) expect(who).to.include(text);
    const either = ruleSentence({ ...CREW, courses: ['volunteers', 'airline-and-transport'] }, words);
    expect(either).to.include(part('either', { items: ['“Volunteers”', '“Airline and transport”'] }));
  });

  it('says each way of being due and renewed differently', () => {
    const rules: Partial<Rule>[] = [
      {},
      { firstDue: { after: 'joined', days: 60 } },
      { firstDue: { after: 'hired', days: 1 } },
      { firstDue: { on: '2027-03-01' } },
      { renewal: { kind: 'once' } },
      { renewal: { kind: 'as-certificate' } },
      { renewal: { kind: 'own', validity: { months: 24, snap: 'none' } } },
    ];
    const sentences = rules.map(more => ruleSentence({ ...CREW, ...more }, words));
    expect(new Set(sentences).size).to.equal(sentences.length);
  });
});

describe('the form of a requirement', () => {
  const full = someRule({
    audience: {
      units: [FRA],
      jobs: ['Cabin crew', 'Purser'],
      tags: ['night'],
      hiredSince: '2026-03-01',
      holds: 'volunteers',
    },
    firstDue: { on: '2027-03-01' },
    renewal: {
      kind: 'own',
      validity: { months: 24, snap: 'month-end', counts: 'from-previous-end', opens: 30 },
    },
    ...{
      graceDays: 10,
      graceCounts: true,
      noticeDays: 14,
      bringForward: true,
      reminders: [30, 7, 1],
      mode: 'add-only',
    },
    leave: { due: 'after-return', days: 21 },
    material: [{ course: 'airline-and-transport', version: 3, by: '2027-06-01' }],
    source: '49 U.S.C. 44734',
  });

  it('says what a rule says, and a rule what its form says', () => {
    for (const rule of [full, CREW, someRule({ renewal: { kind: 'once' } })]) {
      const shown = shownRule({ title: 'Crew', rule, fromDay: '2026-12-01' });
      const read = readRule(shown, rule);
      expect(read.ok && read.rule, JSON.stringify(read)).to.deep.include({
        ...rule,
        ...(rule === CREW && { renewal: (read.ok && read.rule.renewal) || null }),
      });
      expect(read.ok && [read.title, read.fromDay]).to.deep.equal(['Crew', '2026-12-01']);
    }
  });

  it('keeps a stored rule as it was', () => {
    expect(RULE.safeParse(ruleFrom(JSON.stringify(full))).success).to.equal(true);
  });

  it('needs what belongs to a choice: days, months, or a version', () => {
    const day = { day: '1', month: '2', year: '2027' };
    const choices = [
      ['dueDays', { due: 'hired' }, { due: 'on', dueOn: day }],
      ['leaveDays', { leave: 'after-return' }, { leave: 'stays' }],
      ['months', { renewal: 'own' }, { renewal: 'once' }],
      ['materialVersion', { materialCourse: 'volunteers', materialBy: day }, { materialCourse: '' }],
    ] as const;
    const blank = { ...blankRule('2026-12-01'), title: 'Crew', courses: ['volunteers'] };
    const faults = (more: object) => {
      const read = readRule({ ...blank, ...more }, null);
      return read.ok ? [] : Object.keys(read.errors);
    };
    for (const [field, needing, other] of choices)
      expect([faults({ ...needing, [field]: '' }), faults({ ...other, [field]: '' })]).to.deep.equal([
        [field],
        [],
      ]);
  });

  it('names each field that has to be corrected, and no other', () => {
    const wrong = {
      ...{
        title: ' ',
        due: 'hired',
        dueDays: 'soon',
        renewal: 'own',
        months: '0',
        opens: '9999',
        grace: '-1',
      },
      ...{
        reminders: '30, x',
        leave: 'after-return',
        leaveDays: '',
        mode: '',
        notice: '400',
        courses: ['../x'],
      },
      ...{ materialCourse: 'volunteers', materialVersion: '', day: { day: '31', month: '2', year: '2027' } },
      ...{
        hiredSince: { day: '40', month: '1', year: '2026' },
        source: 'x'.repeat(301),
        holds: 'No such',
        units: ['x'],
      },
    };
    const read = readRule({ ...blankRule('2026-12-01'), ...wrong }, null);
    expect(read.ok ? [] : Object.keys(read.errors)).to.have.members([
      ...[
        'title',
        'dueDays',
        'months',
        'opens',
        'grace',
        'reminders',
        'leaveDays',
        'mode',
        'notice',
        'courses',
      ],
      ...['materialVersion', 'day', 'hiredSince', 'source', 'holds', 'units'],
    ]);
    const untouched = readRule({ ...blankRule('2026-12-01'), title: 'Crew', courses: ['volunteers'] }, null);
    expect(untouched.ok).to.equal(true);
  });

  it('keeps a value of another direction or with control letters out', () => {
    for (const jobs of ['crew\u202e', 'crew\u0007'])
      expect(
        readRule({ ...blankRule('2026-12-01'), title: 'A', courses: ['volunteers'], jobs }, null).ok,
      ).to.equal(false);
  });
});
