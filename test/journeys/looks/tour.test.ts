import { expect } from 'chai';
import { ownWorld } from '../../support/world.js';
import { scene, signingIn } from '../scenes/scene.js';
import type { Novelty } from './novelty.js';
import { tour, type Look } from './tour.js';

/** A page that is only read, and one on which something is done. */
const scenes = [
  scene(null, 'check', '/verify'),
  scene(null, 'sign-in-refused', '/sign-in', signingIn({ email: '', password: '' })),
];

/** Comes to both with one look, which is taken wherever something must be new for it that is. */
async function come(
  known: readonly string[],
  { look = () => [], wholly = 2 }: { readonly look?: Look; readonly wholly?: number } = {},
) {
  const taken: string[] = [];
  const looksAt = (novelty: Novelty): Record<string, Look> => ({
    look: (page, sight) => {
      taken.push(`${novelty} ${sight.scene.name}`);
      return look(page, sight);
    },
  });
  const report = await tour(scenes, { looksAt, known: new Set(known), wholly });
  return { ...report, taken, digests: report.faultless.map(({ digest }) => digest) };
}

describe('the tour of scenes', () => {
  ownWorld();

  it('takes the looks at what is not known, and none at what is', async () => {
    const first = await come([]);
    expect(first.taken).to.deep.equal(['part check', 'part sign-in-refused']);
    expect((await come(first.digests)).taken).to.deep.equal([]);
    expect((await come(first.digests.slice(1))).taken).to.deep.equal(['part check']);
    expect((await come(first.digests.slice(0, 1))).taken).to.deep.equal(['part sign-in-refused']);
  });

  it('sees every page, known or not', async () => {
    const first = await come([]);
    const again = await come(first.digests);
    expect(first.pages.map(({ method, path, status }) => `${method} ${path} ${status}`)).to.deep.equal([
      'GET /verify 200',
      'POST /sign-in 422',
    ]);
    expect(again.pages.map(({ status }) => status)).to.deep.equal([200, 422]);
  });

  it('keeps the digests of what is known beside those of what it looked at', async () => {
    const first = await come([]);
    expect((await come(first.digests.slice(1))).digests).to.deep.equal(first.digests);
  });

  it('keeps no digest of a scene in which something was found', async () => {
    const found = await come([], { look: (_, { scene: { name } }) => (name === 'check' ? ['wrong'] : []) });
    expect(found.faultless.map(({ name }) => name)).to.deep.equal(['sign-in-refused']);
    expect(found.faults.get('look')).to.deep.equal(['check: wrong']);
  });

  it('asks what is new on pages beyond those that it looks at wholly', async () => {
    const { taken } = await come([], { wholly: 1 });
    expect(taken[0]).to.equal('part check');
    expect(taken).to.have.length(2);
  });
});
