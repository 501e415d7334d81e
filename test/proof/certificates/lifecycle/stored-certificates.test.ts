import { expect } from 'chai';
import { certificateAndRenewal } from '../../../../server/proof/certificates/cycle-certificate.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { onNudge } from '../../../../server/platform/events/jobs/nudge.js';
import { FINAL } from '../../../../server/teaching/learning/completion.js';
import { person } from '../../../support/people.js';
import { almostThrough, enrolled, freshCycle, takeQuiz } from '../../../support/walk.js';
import { ownWorld, reactToNews, world } from '../../../support/world.js';
import {
  earnAndWait,
  lookUntilStored,
  tellStored,
} from '../../../../server/proof/certificates/lifecycle/stored-certificates.js';

const never = () => new Promise<void>(() => undefined);

/** Finds nothing at the first look, and the certificate from then on. */
function laterFound(atFirstLook: () => void = () => undefined): () => Promise<string | null> {
  let looks = 0;
  return () => {
    looks += 1;
    if (looks === 1) atFirstLook();
    return Promise.resolve(looks === 1 ? null : 'certificate');
  };
}

describe('a page that waits for a certificate', () => {
  it('does not wait where it is there', async () => {
    expect(await lookUntilStored('cycle', () => Promise.resolve('certificate'), never)).to.equal(
      'certificate',
    );
  });

  it('looks again when it is stored', async () => {
    const found = lookUntilStored('cycle', laterFound(), () => {
      tellStored('cycle');
      return never();
    });
    expect(await found).to.equal('certificate');
  });

  it('misses none that is stored while it looks', async () => {
    expect(
      await lookUntilStored(
        'cycle',
        laterFound(() => tellStored('cycle')),
        never,
      ),
    ).to.equal('certificate');
  });

  it('does not take that of another cycle for it', async () => {
    const steps: string[] = [];
    const look = () => Promise.resolve(steps.push('look') > 2 ? 'certificate' : null);
    const patience = () => {
      tellStored('another');
      return new Promise<void>(done => {
        setImmediate(() => {
          steps.push('patience is over');
          done();
        });
      });
    };
    await lookUntilStored('cycle', look, patience);
    expect(steps).to.deep.equal(['look', 'patience is over', 'look']);
  });

  it('looks once more when its patience is over, and finds nothing', async () => {
    expect(
      await lookUntilStored(
        'cycle',
        () => Promise.resolve(null),
        () => Promise.resolve(),
      ),
    ).to.equal(null);
  });

  it('is not begun before the certificate of the last quiz is stored, or patience is over', async () => {
    const steps: string[] = [];
    const earn = () => Promise.resolve(void steps.push('handed in'));
    await earnAndWait('cycle', earn, () => {
      steps.push('waits');
      setImmediate(() => {
        steps.push('stored');
        tellStored('cycle');
      });
      return never();
    });
    await earnAndWait('cycle', earn, () => Promise.resolve(void steps.push('over')));
    expect(steps).to.deep.equal(['handed in', 'waits', 'stored', 'handed in', 'over']);
  });

  it('does not wait for a certificate that was stored before the hand-in came back', async () => {
    const earn = () => Promise.resolve(tellStored('cycle'));
    expect(await earnAndWait('cycle', earn, never).then(() => 'over')).to.equal('over');
  });
});

describe('the page of somebody who has just passed', () => {
  ownWorld();
  afterEach(reactToNews);

  it('has the certificate at the first look', async () => {
    // Jobs run where a page waits for them.
    onNudge(() => undefined);
    const learner = await person();
    const taken = await enrolled(learner);
    await almostThrough(taken, [FINAL]);
    await takeQuiz(taken, FINAL);
    expect((await certificateOf(taken.id))?.issuedAt ?? null).to.equal(null);
    const { config, worker } = world();
    // However long it takes: a page itself waits no longer than a moment.
    const deps = { config, clock: Date.now, catchUp: () => worker.drain() };
    const { certificate } = await certificateAndRenewal(
      { cycle: await freshCycle(taken), isNewest: true },
      deps,
    );
    expect(certificate?.href).to.equal(`/certificates/${(await certificateOf(taken.id))?.id}`);
  });
});
