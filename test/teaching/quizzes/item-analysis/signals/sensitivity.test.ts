import { expect } from 'chai';
import fc from 'fast-check';
import {
  normalDensity,
  normalQuantile,
} from '../../../../../server/teaching/quizzes/item-analysis/signals/normal.js';
import { sensitivity } from '../../../../../server/teaching/quizzes/item-analysis/signals/sensitivity.js';

describe('the normal distribution', () => {
  // Abramowitz and Stegun 1964, tables 26.1 and 26.5, to six digits.
  for (const [p, z] of [
    [0.5, 0],
    [0.75, 0.67449],
    [0.9, 1.281552],
    [0.95, 1.644854],
    [0.975, 1.959964],
    [0.99, 2.326348],
    [0.999, 3.090232],
    [0.000001, -4.753424],
  ] as const)
    it(`has its ${p} quantile at ${z}`, () => {
      expect(normalQuantile(p)).to.be.closeTo(z, 0.000001);
      expect(normalQuantile(1 - p)).to.be.closeTo(-z, 0.000001);
    });

  it('has a density of 0.398942 in the middle and of 0.241971 at 1', () => {
    expect(normalDensity(0)).to.be.closeTo(0.398942, 0.000001);
    expect(normalDensity(-1)).to.be.closeTo(0.241971, 0.000001);
  });

  it('has no quantile of what is no share', () => {
    for (const p of [0, 1, -0.1, 1.1, NaN]) expect(() => normalQuantile(p)).to.throw(RangeError);
  });
});

describe('how well signal and noise are told apart', () => {
  // The example of the function `signal` in Bonett's R package statpsych 1.7 (after Wickens 2002, "Elementary Signal
  // Detection Theory"): 82 of 100 and 46 of 100 answers yes, with the same correction, give d' 1.002793 and a bias of
  // -0.4019603, which is c.
  const example = sensitivity({ signal: { yes: 82, of: 100 }, noise: { yes: 46, of: 100 } });

  it('is that of the published example', () => {
    expect(example.dPrime.value).to.be.closeTo(1.002793, 0.000001);
    expect(example.criterion.value).to.be.closeTo(-0.4019603, 0.000001);
  });

  // By hand, with H = 82.5 / 101 = 0.816832, z(H) = 0.903357, φ(z(H)) = 0.265281, and F = 46.5 / 101 = 0.460396,
  // z(F) = -0.099436, φ(z(F)) = 0.396975:
  //   H (1 - H) / (100 φ²) = 0.149617 / 7.037408 = 0.021260, F (1 - F) / (100 φ²) = 0.248432 / 15.758905 = 0.015765;
  //   the variance of d' is 0.037025, its root 0.192418, times 1.959964 is 0.377133; for c, half of it, 0.188567.
  it('has the interval that follows by hand from Gourevitch and Galanter', () => {
    expect(example.dPrime.low).to.be.closeTo(1.002793 - 0.377133, 0.00001);
    expect(example.dPrime.high).to.be.closeTo(1.002793 + 0.377133, 0.00001);
    expect(example.criterion.low).to.be.closeTo(-0.40196 - 0.188567, 0.00001);
    expect(example.criterion.high).to.be.closeTo(-0.40196 + 0.188567, 0.00001);
  });

  it('is finite where all or none said yes, by the log-linear correction', () => {
    const { dPrime, criterion } = sensitivity({ signal: { yes: 100, of: 100 }, noise: { yes: 0, of: 100 } });
    // 2 z(100.5 / 101) = 2 * 2.579268
    expect(dPrime.value).to.be.closeTo(5.158536, 0.00001);
    expect(criterion.value).to.be.closeTo(0, 0.000001);
  });

  const count = fc
    .integer({ min: 1, max: 2000 })
    .chain(of => fc.record({ of: fc.constant(of), yes: fc.integer({ min: 0, max: of }) }));

  it('turns round with signal and noise, and leans the other way with yes and no', () => {
    const no = ({ yes, of }: { yes: number; of: number }) => ({ yes: of - yes, of });
    fc.assert(
      fc.property(count, count, (signal, noise) => {
        const found = sensitivity({ signal, noise });
        const swapped = sensitivity({ signal: noise, noise: signal });
        const turned = sensitivity({ signal: no(signal), noise: no(noise) });
        expect(swapped.dPrime.value).to.be.closeTo(-found.dPrime.value, 1e-6);
        expect(swapped.criterion.value).to.be.closeTo(found.criterion.value, 1e-6);
        expect(turned.criterion.value).to.be.closeTo(-found.criterion.value, 1e-6);
        expect(found.dPrime.low < found.dPrime.value && found.dPrime.value < found.dPrime.high).to.equal(
          true,
        );
      }),
    );
  });
});
