import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { files, withFolder } from '../../teaching/content/fixture.js';
import { ownContent } from '../../support/content/own-content.js';

const card = `cards:
  - role: helper
    name: Helpers
    who: You help.
    courses: [volunteers]
    covers: [volunteers]
    tell: [Your lead., The police.]
    say: "I have a concern."
    toChild: "Thank you for telling me."
    do: [Stay calm., Listen.]
    doNot: [Follow., Promise.]
    facts: [F001]
    written: 2026-11-24
`;

/** What loading and checking say of a folder with these cards, in one list. */
function problems(cards: string): string {
  const result = withFolder({ ...files(), 'cards.yaml': cards }, loadContent);
  const faults = result.ok
    ? checkContent(result.content, { now: Date.parse('2026-12-01'), lineOf: result.lineOf }).faults
    : result.faults;
  return faults
    .filter(({ file }) => file === 'cards.yaml')
    .map(({ line, problem }) => `${line} ${problem}`)
    .join('\n');
}

describe('the check of the cards', () => {
  it('finds nothing in a card that covers the audience of its course', () => {
    expect(problems(card)).to.equal('');
  });

  it('has several cards to check in this program', () => {
    expect(ownContent().content.cards).to.have.length.of.at.least(6);
  });

  const wrong: [string, string, string, string][] = [
    ['people whom no card covers', 'covers: [volunteers]', 'covers: [teachers]', 'is for: volunteers.'],
    ['people whom no course names', 'covers: [volunteers]', 'covers: [volunteers, pilots]', 'names "pilots"'],
    ['a course that is not there', 'courses: [volunteers]', 'courses: [pilots]', 'no course "pilots"'],
    ['a fact that is not there', 'facts: [F001]', 'facts: [F999]', 'F999'],
    ['a forbidden word', 'Stay calm.', 'Rescue the real victim.', 'real victim'],
    ['a telephone number', 'The police.', 'Call 911.', 'telephone number'],
    ['a text too long for a card', 'Stay calm.', `${'Stay calm '.repeat(7)}.`, 'at most 60 characters'],
    ['a sentence too long to be read', 'You help.', `You ${'do so '.repeat(12)}.`, 'words'],
    ['a single thing not to do', 'doNot: [Follow., Promise.]', 'doNot: [Follow.]', 'doNot'],
  ];
  for (const [what, from, to, word] of wrong) {
    it(`finds ${what}`, () => {
      expect(card).to.include(from);
      expect(problems(card.replace(from, to))).to.include(word);
    });
  }

  it('finds a role that is there twice, with its line', () => {
    const twice = `${card}${card.replace('cards:\n', '')}`;
    expect(problems(twice)).to.equal('14 helper appears twice.');
  });
});
