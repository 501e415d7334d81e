import { expect } from 'chai';
import { ownWorld, world } from '../../support/world.js';

/** What search engines may show of this site. */
describe('search engines', () => {
  ownWorld();
  const NOINDEX = '<meta name="robots" content="noindex">';
  const textOf = async (path: string) => (await world().visitor().get(path)).text;

  it('are kept away from certificates and restricted courses', async () => {
    expect(await textOf('/verify/0000-0000-0000-0000')).to.include(NOINDEX);
    expect(await textOf('/courses/law-enforcement')).to.include(NOINDEX);
  });

  it('may index the rest', async () => {
    for (const path of ['/', '/courses', '/courses/volunteers', '/verify', '/concern']) {
      expect(await textOf(path), path).to.not.include(NOINDEX);
    }
  });
});
