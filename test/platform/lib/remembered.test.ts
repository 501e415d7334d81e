import { expect } from 'chai';
import { remembered } from '../../../server/platform/lib/remembered.js';

describe('a function that remembers', () => {
  const made: string[] = [];
  const shout = remembered({ most: 2, keyOf: (word: string) => word }, word => {
    made.push(word);
    return word.toUpperCase();
  });

  beforeEach(() => made.splice(0));

  it('makes a result once', () => {
    expect([shout('one'), shout('one')]).to.deep.equal(['ONE', 'ONE']);
    expect(made).to.deep.equal(['one']);
  });

  it('forgets what has not been used for longest', () => {
    for (const word of ['a', 'b', 'a', 'c', 'a', 'b']) shout(word);
    expect(made).to.deep.equal(['a', 'b', 'c', 'b']);
  });
});
