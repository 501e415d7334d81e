import { expect } from 'chai';
import { checkEverything } from '../../../server/proof/certificates/ledger/check/check-everything.js';
import {
  askForErasure,
  decideErasure,
  findErasure,
} from '../../../server/office/privacy/erasure/erasure-requests.js';
import { dina } from '../../support/people.js';
import { world } from '../../support/world.js';

/** The whole account of somebody. */
export const of = (userId: string) => ({ userId, membershipId: null });

/** What an erasure needs from outside. */
export const deps = () => ({
  dataDir: world().config.dataDir,
  papers: world().papers,
  checkpoints: world().issuer.checkpoints,
  clock: Date.now,
});

/** Asked for by the person and decided by an administrator; the worker has carried it out. */
export async function erase(userId: string): Promise<string> {
  const id = await askForErasure(of(userId), '', { actorId: userId, now: Date.now() });
  const { id: actorId } = await dina();
  expect(await decideErasure(id, 'As they asked', { actorId, now: Date.now() })).to.equal('decided');
  await world().worker.drain();
  expect((await findErasure(id))?.state).to.equal('done');
  return id;
}

/** What the check of everything finds. */
export const ledger = () =>
  checkEverything({ addresses: world().config, published: world().issuer.checkpoints.read() });
