import { expect } from 'chai';
import { outlastingExamples } from '../../../../server/proof/requirements/rules/outlasting.js';
import {
  ruleFault,
  type KnownInOrganisation,
} from '../../../../server/proof/requirements/rules/rule-faults.js';
import { audienceOf, someRule } from '../some-rule.js';

const [OPEN, CLOSED, GONE] = ['open', 'closed', 'gone'];
const TODAY = '2026-06-15';
const known = (others: KnownInOrganisation['others'] = []): KnownInOrganisation => ({
  today: TODAY,
  openUnits: new Set([OPEN]),
  units: new Set([OPEN, CLOSED]),
  courses: new Set(['airline-and-transport', 'volunteers', 'law-enforcement']),
  others,
});
const fault = (
  rule: ReturnType<typeof someRule>,
  fromDay = TODAY,
  others: KnownInOrganisation['others'] = [],
) => {
  const found = ruleFault(rule, fromDay, known(others));
  return found && `${found.field}: ${found.why}`;
};
const needs = (holds: string, ...courses: string[]) => someRule({ audience: audienceOf({ holds }), courses });

describe('what is wrong with a rule', () => {
  it('is nothing where everything it names is there', () => {
    expect(fault(someRule({ audience: audienceOf({ units: [OPEN], holds: 'volunteers' }) }))).to.equal(null);
  });

  it('is a unit or a course that is not there, or is closed on the first day', () => {
    expect(fault(someRule({ audience: audienceOf({ units: [OPEN, GONE] }) }))).to.equal(
      'units: unit-unknown',
    );
    expect(fault(someRule({ audience: audienceOf({ units: [CLOSED] }) }))).to.equal('units: unit-closed');
    expect(fault(someRule({ courses: ['none'] }))).to.equal('courses: course-unknown');
    expect(fault(someRule({ audience: audienceOf({ holds: 'none' }) }))).to.equal('holds: course-unknown');
    const material = [{ course: 'volunteers', version: 2, by: TODAY }];
    expect(fault(someRule({ material }))).to.equal('materialVersion: course-unknown');
  });

  it('is a day in the past, or a day by which before the first', () => {
    expect(fault(someRule(), '2026-06-14')).to.equal('day: day-past');
    expect(fault(someRule(), '2032-01-01')).to.equal('day: day-far');
    expect(fault(someRule({ firstDue: { on: '2026-06-14' } }))).to.equal('dueOn: day-past');
    expect(fault(someRule({ firstDue: { on: TODAY } }))).to.equal(null);
  });

  it('is a circle, alone or over other requirements in force, and nothing that only looks like one', () => {
    const circle = 'holds: circle';
    expect(fault(needs('volunteers', 'volunteers'))).to.equal(circle);
    expect(
      fault(needs('volunteers', 'law-enforcement'), TODAY, [needs('law-enforcement', 'volunteers')]),
    ).to.equal(circle);
    const round = [
      needs('law-enforcement', 'airline-and-transport'),
      needs('airline-and-transport', 'volunteers'),
    ];
    expect(fault(needs('volunteers', 'law-enforcement'), TODAY, round)).to.equal(circle);
    const over = round.map(rule => ({ ...rule, inForce: false }));
    expect(fault(needs('volunteers', 'law-enforcement'), TODAY, over), 'others have ended').to.equal(null);
    expect(
      fault(needs('volunteers', 'law-enforcement'), TODAY, [needs('volunteers', 'airline-and-transport')]),
    ).to.equal(null);
    expect(fault(someRule(), TODAY, [needs('airline-and-transport', 'volunteers')])).to.equal(null);
  });

  it('is asked of no rule that ends', () => {
    expect(fault(someRule({ inForce: false, audience: audienceOf({ units: [GONE] }) }))).to.equal(null);
  });
});

describe('a rule that outlasts a certificate', () => {
  const certificate = () => ({ months: 12, snap: 'none' as const });
  const examples = (renewal: ReturnType<typeof someRule>['renewal']) =>
    outlastingExamples(someRule({ renewal }), certificate, '2026-06-15');

  it('is shown with an example', () => {
    expect(examples({ kind: 'own', validity: { months: 24, snap: 'none' } })).to.deep.equal([
      {
        course: 'airline-and-transport',
        ...{ completedOn: '2026-06-15', certificateEnds: '2027-06-15', ruleEnds: '2028-06-15' },
      },
    ]);
    expect(examples({ kind: 'once' })[0]?.ruleEnds).to.equal(null);
  });

  it('is none that ends with it or before', () => {
    expect(examples({ kind: 'as-certificate' })).to.deep.equal([]);
    expect(examples({ kind: 'own', validity: { months: 12, snap: 'none' } })).to.deep.equal([]);
    expect(examples({ kind: 'own', validity: { months: 6, snap: 'none' } })).to.deep.equal([]);
  });
});
