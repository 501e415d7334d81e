import { expect } from 'chai';
import { ownWorld, world } from '../support/world.js';

/** What search engines may show of this site. */
describe('search engines', () => {
  ownWorld();
  const NOINDEX = '<meta name="robots" content="noindex">';
  const textOf = async (path: string) => (await world().visitor().get(path)).text;

  it('are kept from answers about a certificate and from courses that only some may take', async () => {
    expect(await textOf('/verify/0000-0000-0000-0000')).to.include(NOINDEX);
    expect(await textOf('/courses/law-enforcement')).to.include(NOINDEX);
  });

  it('may show the rest', async () => {
    for (const path of ['/', '/courses', '/courses/volunteers', '/verify', '/concern']) {
      expect(await textOf(path), path).to.not.include(NOINDEX);
    }
  });
});
