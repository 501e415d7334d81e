import { expect } from 'chai';
import fc from 'fast-check';
import type { RequirementFacts } from '../../../../server/proof/requirements/requirement-facts.js';
import { asKnown, NOW } from '../../../../server/proof/requirements/timeline/as-known.js';
import { timeline } from '../../../../server/proof/requirements/timeline/timeline.js';
import { standingByInputs, whyInputs } from '../../../../server/proof/reports/why/why-inputs.js';
import { whySteps } from '../../../../server/proof/reports/why/why-steps.js';
import { said } from '../../../support/said.js';
import { EVENTS, historyOf } from '../../requirements/timeline/histories.js';

const happening = fc.record({
  what: fc.constantFrom(...EVENTS),
  wait: fc.nat({ max: 45 }),
  shift: fc.integer({ min: -40, max: 40 }),
  chance: fc.nat({ max: 1 << 20 }),
});
const beginning = ['hire', 'rule'].map(what => ({ what, wait: 5, shift: 0, chance: 1 }));

describe('what the page of why shows', () => {
  it('is enough to reckon the same standing and day again, on every day on which something changes', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30, size: 'max' }), happenings => {
        const { units, marks, exemptions, versions, ...member } = historyOf([
          ...beginning,
          ...happenings,
        ]).history;
        const facts: RequirementFacts = { timeZone: 'UTC', member, units, marks, exemptions, versions };
        const known = asKnown(facts, NOW);
        for (const interval of timeline(known)) {
          const inputs = whyInputs(known, interval, interval.fromDay);
          const { standing, dueDay } = interval;
          expect(inputs && standingByInputs(inputs)).to.deep.equal({ standing, dueDay });
          for (const { key, days, count } of inputs ? whySteps(inputs) : [])
            said(`reports.why.step.${key}`, { ...days, count });
        }
      }),
      { numRuns: 40, seed: Number(process.env.SEED ?? 18), endOnFailure: true },
    );
  });
});
