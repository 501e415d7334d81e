import { expect } from 'chai';
import { canonicalJson } from '../../../../server/platform/lib/canonical-json.js';
import { becauseOf } from '../../../../server/proof/requirements/reckoning/stored-intervals.js';

import { asKnown, NOW } from '../../../../server/proof/requirements/timeline/as-known.js';
import { timeline } from '../../../../server/proof/requirements/timeline/timeline.js';
import { credit, person } from '../timeline/one-person.js';

describe('an interval', () => {
  it('is stored with its reasons as canonical JSON', () => {
    const facts = person({ credits: [credit('2025-01-10', '2025-12-31')] });
    for (const interval of timeline(asKnown(facts, NOW)))
      expect(becauseOf(interval)).to.equal(canonicalJson({ ...interval.because }));
  });
});
