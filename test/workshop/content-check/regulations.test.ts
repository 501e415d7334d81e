import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { isReadLongAgo } from '../../../server/teaching/content/regulation-age.js';
import { ownContent } from '../../support/content/own-content.js';
import { files, withFolder } from '../../teaching/content/fixture.js';

const GAPS = 'gaps:\n  - { id: G1, text: Adults., lessons: [routes/00-essentials] }\n';
const RULE = `rules:
  - id: some-rule
    title: A rule
    cite: Act 1
    place: US
    level: statute
    force: must
    claim: supports-with-gap
    who: Crew.
    first: { from: hire, within: P60D }
    renew: { every: P12M, count: annual-unspecified }
    minimum: null
    keep: null
    proof: [completion-record]
    approval: null
    courses: [volunteers]
    topics:
      - { text: Noticing, objectives: [M2-O1], gaps: [G1], lessons: [routes/00-essentials], items: [M2-001] }
    gaps: [G1]
    says: [It is asked for each year.]
    confidence: text-seen
    readOn: 2026-11-24
    source: The act.
    reviewedBy: []
`;

/** What loading and checking say of a map in which one text is another. */
function problems(from = '', to = '', now = '2026-12-01'): string[] {
  expect(RULE + GAPS).to.include(from);
  const map = {
    'regulations/air.yaml': RULE.replace(from, () => to),
    'regulations/gaps.yaml': GAPS.replace(from, () => to),
  };
  const result = withFolder({ ...files(), ...map }, loadContent);
  const found = result.ok
    ? checkContent(result.content, { now: Date.parse(now), lineOf: result.lineOf })
    : { faults: result.faults, warnings: [] };
  return [...found.faults, ...found.warnings]
    .filter(({ file }) => file.startsWith('regulations/'))
    .map(({ problem }) => problem);
}

/** What loading says about a course that names this rule with this claim among what it supports. */
function supportProblems(rule: string, claim: string): string[] {
  const all = files();
  const COURSE = 'courses/volunteers.yaml';
  const named = `supports:\n  - { name: Act 1, framework: US, url: 'https://law.example/', ${rule}claim: ${claim} }\ncriteria:`;
  const course = (all[COURSE] ?? '').replace('criteria:', () => named);
  const map = { 'regulations/air.yaml': RULE, 'regulations/gaps.yaml': GAPS };
  const result = withFolder({ ...all, ...map, [COURSE]: course }, loadContent);
  return result.ok ? [] : result.faults.filter(({ file }) => file === COURSE).map(({ problem }) => problem);
}

describe('what a course supports', () => {
  it('is what the map says about the rule, and no more', () => {
    expect(supportProblems('rule: some-rule, ', 'supports-with-gap')).to.deep.equal([]);
    expect(supportProblems('rule: some-rule, ', 'supports')).to.deep.equal([
      'some-rule says "supports-with-gap", not "supports".',
    ]);
    expect(supportProblems('rule: no-rule, ', 'supports')).to.deep.equal(['There is no rule "no-rule".']);
  });

  it('needs a rule, unless it is only context', () => {
    expect(supportProblems('', 'context')).to.deep.equal([]);
    expect(supportProblems('', 'supports')).to.have.length(1);
  });
});

describe('the map of rules', () => {
  it('is sound where everything that it names exists', () => {
    expect(problems()).to.deep.equal([]);
  });

  it('fails on a course, an objective, a lesson, a question or a gap that does not exist', () => {
    for (const [from, to] of [
      ['courses: [volunteers]', 'courses: [pilots]'],
      ['objectives: [M2-O1]', 'objectives: [M2-O9]'],
      ['gaps: [G1], lessons: [routes/00-essentials]', 'gaps: [G1], lessons: [routes/09-nowhere]'],
      ['items: [M2-001]', 'items: [M2-999]'],
      ['gaps: [G1], lessons', 'gaps: [G2], lessons'],
      ['text: Adults., lessons: [routes/00-essentials]', 'text: Adults., lessons: [routes/09-nowhere]'],
    ] as const)
      expect(problems(from, to), to).to.have.length(1);
  });

  it('fails on a claim that says more than its topics, its gaps or an approval carry', () => {
    for (const [from, to] of [
      ['gaps: [G1]\n    says', 'gaps: []\n    says'],
      ['claim: supports-with-gap', 'claim: after-approval'],
      ['objectives: [M2-O1]', 'objectives: []'],
      ['It is asked for each year.', 'Whoever takes it is compliant.'],
    ] as const)
      expect(problems(from, to), to).to.have.length.greaterThan(0);
    expect(problems('claim: supports-with-gap', 'claim: compliant')).to.have.length(1);
  });

  it('asks for a new reading after a year', () => {
    expect(isReadLongAgo({ readOn: '2026-11-24' }, Date.parse('2027-11-24'))).to.equal(false);
    expect(isReadLongAgo({ readOn: '2026-11-24' }, Date.parse('2027-11-25'))).to.equal(true);
    expect(problems('', '', '2028-01-01')).to.have.length(1);
  });

  it('has every rule that carriers, hotels and academies ask for, read by no lawyer yet', () => {
    const { rules } = ownContent().content.regulations;
    expect(rules.map(({ id }) => id)).to.include.members([
      ...['us-49usc-44734-fa', 'us-49usc-44738-staff', 'us-14cfr-121-401', 'us-far-52-247-69'],
      ...['us-ca-gov-12950-3', 'us-fl-509-096', 'us-ca-pen-13519-14', 'us-tx-occ-1701-258'],
    ]);
    expect(rules.flatMap(({ reviewedBy }) => reviewedBy)).to.deep.equal([]);
  });
});
