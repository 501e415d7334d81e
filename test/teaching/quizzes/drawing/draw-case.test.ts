import { expect } from 'chai';
import fc from 'fast-check';
import { drawCase } from '../../../../server/teaching/quizzes/drawing/draw-case.js';
import { PoolTooSmall } from '../../../../server/teaching/quizzes/drawing/draw-form.js';
import { JOBS, type JobName } from '../../../../server/teaching/questions/jobs.js';

interface Case {
  readonly id: string;
  readonly roles?: readonly JobName[];
}

const cases: Case[] = [{ id: 'EX-S1' }, { id: 'EX-S2' }, { id: 'EX-S3' }];
const draw = (of: readonly Case[], previous: string[][], seed = 'seed', job: JobName | null = null) =>
  drawCase(of, { job, previous, seed }).id;

/** The cases of so many tries in turn, each form holding an item besides. */
function inTurn(of: readonly Case[], tries: number, seed: string, job: JobName | null = null): string[] {
  const met: string[] = [];
  for (let at = 0; at < tries; at += 1)
    met.push(
      draw(
        of,
        met.map(id => ['M1-001', id]),
        `${seed}:${at}`,
        job,
      ),
    );
  return met;
}

describe('the case of a form', () => {
  it('is settled by the seed, whatever the order of the cases', () => {
    const drawn = Array.from({ length: 40 }, (_, n) => draw(cases, [], `seed ${n}`));
    expect(drawn).to.deep.equal(
      Array.from({ length: 40 }, (_, n) => draw(cases.toReversed(), [], `seed ${n}`)),
    );
    expect([...new Set(drawn)].sort()).to.deep.equal(['EX-S1', 'EX-S2', 'EX-S3']);
    expect(drawn.slice(0, 4)).to.deep.equal(['EX-S3', 'EX-S3', 'EX-S1', 'EX-S3']);
  });

  it('is each in turn before one returns, and then the one met longest ago', () => {
    fc.assert(
      fc.property(fc.string(), seed => {
        const met = inTurn(cases, 7, seed);
        expect(new Set(met.slice(0, 3)).size).to.equal(3);
        for (let at = 3; at < met.length; at += 1) expect(met[at]).to.equal(met[at - 3]);
      }),
    );
  });

  it('returns at once only where no other case fits', () => {
    expect(inTurn(cases.slice(0, 1), 3, 'a')).to.deep.equal(['EX-S1', 'EX-S1', 'EX-S1']);
    const [first, second, third] = inTurn(cases.slice(0, 2), 3, 'a');
    expect(second).to.not.equal(first);
    expect(third).to.equal(first);
  });

  it('suits the job; without a job, only a case for everybody does', () => {
    const own: Case[] = [
      { id: 'EX-S1', roles: ['cabin'] },
      { id: 'EX-S2', roles: ['school', 'phone'] },
      { id: 'EX-S3' },
    ];
    for (const job of JOBS) {
      const met = new Set(inTurn(own, 3, job, job));
      expect(met.has('EX-S1'), job).to.equal(job === 'cabin');
      expect(met.has('EX-S2'), job).to.equal(job === 'school' || job === 'phone');
    }
    expect(new Set(inTurn(own, 3, 'a'))).to.deep.equal(new Set(['EX-S3']));
    expect(() => draw(own.slice(0, 2), [], 'a', 'patrol')).to.throw(PoolTooSmall);
  });

  it('suits the family of a job that has none of its own', () => {
    const own: Case[] = [
      { id: 'EX-S1', roles: ['cabin'] },
      { id: 'EX-S2', roles: ['gate'] },
    ];
    expect(new Set(inTurn(own, 3, 'a', 'driver'))).to.deep.equal(new Set(['EX-S1']));
  });
});
