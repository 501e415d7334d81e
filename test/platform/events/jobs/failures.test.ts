import { expect } from 'chai';
import fc from 'fast-check';
import {
  failureOf,
  pauseAfter,
  Refused,
  ServiceAway,
  waitAfter,
} from '../../../../server/platform/events/jobs/failures.js';

describe('the wait after failures', () => {
  const failures = fc.nat({ max: Number.MAX_SAFE_INTEGER });

  it('grows, is never longer than an hour, and never ends the retries', () => {
    fc.assert(
      fc.property(failures, failures, (one, other) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
        expect(waitAfter(fewer)).to.be.at.least(1000).and.at.most(waitAfter(more));
        expect(waitAfter(more)).to.be.at.most(3_600_000);
      }),
    );
  });

  it('doubles until then', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 }), n => waitAfter(n + 1) === 2 * waitAfter(n)));
    expect(waitAfter(1)).to.equal(2000);
    expect(waitAfter(12)).to.equal(3_600_000);
  });

  it('is at most five minutes where a service is away', () => {
    fc.assert(fc.property(failures, n => pauseAfter(n) === Math.min(waitAfter(n), 300_000)));
  });
});

describe('a failure', () => {
  it('has the kind of what was thrown, and its message', () => {
    expect(failureOf(new ServiceAway('silent'))).to.deep.equal({
      kind: 'away',
      reason: 'ServiceAway: silent',
    });
    expect(failureOf(new Refused('550'))).to.deep.equal({ kind: 'refused', reason: 'Refused: 550' });
    expect(failureOf(new TypeError('odd'))).to.deep.equal({ kind: 'fault', reason: 'TypeError: odd' });
  });

  it('is made from whatever was thrown', () => {
    fc.assert(fc.property(fc.anything(), thrown => failureOf(thrown).kind === 'fault'));
  });
});
