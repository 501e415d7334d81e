import { expect } from 'chai';
import { noveltyOf } from './novelty.js';
import { ownWorld } from '../../support/world.js';

describe('what is new on a page', () => {
  ownWorld();
  const main = (inside: string) => `<body><p class="bar"></p><main>${inside}</main></body>`;
  const page = (path: string, html: string, status = 200) => ({
    method: 'GET',
    path,
    status,
    html: main(html),
  });

  it('is a part that no page had before', () => {
    const novelty = noveltyOf();
    expect(novelty(page('/privacy', '<p>One</p>'))).to.equal('part');
    expect(novelty(page('/privacy', '<p>One</p><p class="note">Two</p>'))).to.equal('part');
    expect(novelty(page('/privacy', '<p class="note">Two</p><input type="text">'))).to.equal('part');
    expect(novelty(page('/privacy', '<input type="radio">'))).to.equal('part');
  });

  it('is the page itself where all its parts were seen elsewhere', () => {
    const novelty = noveltyOf();
    novelty(page('/privacy', '<p>One</p>'));
    expect(novelty(page('/accessibility', '<p>Two</p>'))).to.equal('page');
    expect(novelty(page('/accessibility', '<p>Three</p>'))).to.equal('nothing');
  });

  it('is nothing on an error page that looks like others', () => {
    const novelty = noveltyOf();
    novelty(page('/privacy', '<p>One</p>'));
    expect(novelty(page('/accessibility', '<p>Not found</p>', 404))).to.equal('nothing');
  });
});
