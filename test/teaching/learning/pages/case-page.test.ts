import { expect } from 'chai';
import { endingValues, placeIn } from '../../../../server/teaching/learning/pages/case-page.js';
import { branchingCase } from '../../questions/case-samples.js';

describe('the last page of a practice case', () => {
  it('tells how it ended, and more to whoever made the choice that the ending speaks of', () => {
    const played = { scenario: branchingCase, care: null, careHref: null, href: '/case', back: null };
    const texts = (path: string) => {
      const place = placeIn(played, path);
      return place?.ending ? endingValues(place, place.ending, null).texts : null;
    };
    expect(texts('c')).to.deep.equal(['SECRET silent', 'SECRET for c']);
    expect(texts('b.c')).to.deep.equal(['SECRET silent']);
  });
});
