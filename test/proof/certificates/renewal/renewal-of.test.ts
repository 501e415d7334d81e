import { expect } from 'chai';
import { findCertificate, type CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import { openRenewal, renewalOf } from '../../../../server/proof/certificates/renewal/renew.js';
import { proposeChange } from '../../../../server/teaching/courses/changes/course-changes.js';
import { findCycleSoFar } from '../../../../server/teaching/quizzes/attempts/cycle-so-far.js';
import { expire, holder } from '../../../support/holders.js';
import { publishNext } from '../../../support/quizzes/own-version.js';
import { write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';

/** How a certificate can be renewed now, by what is stored of it. */
async function kindOf({ id }: Pick<CertificateFacts, 'id'>): Promise<string | undefined> {
  const stored = await findCertificate(id);
  const { timeZone } = world().config;
  return stored ? (await renewalOf(stored, { timeZone, now: Date.now() })).kind : undefined;
}

describe('whether a certificate can be renewed', () => {
  ownWorld();

  it('is said by its last weeks', async () => {
    const { certificate } = await holder();
    expect(await kindOf(certificate)).to.equal('not-yet');
    await expire(certificate, 365 - 20);
    expect(await kindOf(certificate)).to.equal('open');
  });

  it('waits while the organisation pauses its training', async () => {
    const { certificate } = await holder();
    await expire(certificate, 365 - 20);
    const pause = (at: number | null) =>
      write('update organisations set suspended_at = $1 where id = $2', [at, certificate.organisationId]);
    await pause(Date.now());
    expect(await kindOf(certificate)).to.equal('paused');
    await pause(null);
    expect(await kindOf(certificate)).to.equal('open');
  });

  it('is known from the newest cycle alone, which a finished one is until it is renewed', async () => {
    const { certificate, cycle } = await holder();
    const { timeZone } = world().config;
    const isNewest = async () => (await findCycleSoFar(cycle.id))?.isNewest;
    expect(await isNewest()).to.equal(true);
    await expire(certificate, 365 - 20);
    const next = await openRenewal(cycle.enrolmentId, { timeZone, now: Date.now() });
    expect(next.number).to.equal(2);
    expect(await isNewest()).to.equal(false);
    // Nor is one that is not finished.
    expect((await findCycleSoFar(next.id))?.isNewest).to.equal(false);
  });

  it('is so at once where it is from before a material change of its course, and only then', async () => {
    const { certificate: before } = await holder();
    const next = await publishNext(({ summary, ...rest }) => ({ ...rest, summary: `${summary} Changed.` }));
    expect(await kindOf(before)).to.equal('not-yet');
    await proposeChange(
      next,
      { kind: 'material', says: 'The order has changed.' },
      { actorId: null, now: 1 },
    );
    const { certificate: after } = await holder();
    expect([await kindOf(before), await kindOf(after)]).to.deep.equal(['open', 'not-yet']);
  });
});
