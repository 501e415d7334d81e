import { expect } from 'chai';
import fc from 'fast-check';
import { keysBelow } from '../../../../server/platform/i18n/texts.js';
import { eachOnce, judgingWords } from '../../../../server/teaching/questions/types/report/report-words.js';
import { said } from '../../../support/said.js';

const topicsIn = (text: string, extra?: string[]) => judgingWords(text, extra).map(({ topic }) => topic);

/** A sentence as people write it, and what it is about. */
const JUDGING: readonly (readonly [string, ...string[]])[] = [
  ['A pretty girl with blond hair', 'looks', 'looks'],
  ['He has a tattoo', 'looks'],
  ['dark-skinned, mixed race', 'skin', 'skin'],
  ['A black man and a white  girl', 'skin', 'skin'],
  ['foreign-looking man', 'origin'],
  ['She is probably Nigerian', 'origin'],
  ['an Asian couple', 'origin'],
  ['They came from Africa', 'origin'],
  ['strong accent, he cannot speak English', 'language', 'language'],
  ['the girl wore a short skirt', 'clothes'],
  ['two men, badly dressed, in dirty clothes', 'clothes', 'clothes'],
  ['Muslim family', 'faith'],
  ['the girl with a hijab', 'faith'],
  ['a deaf boy', 'disability'],
  ['He is mentally ill', 'disability'],
  ['I think he is gay', 'identity'],
  ['poor family with few bags', 'money', 'money'],
  ['he paid for it in cash', 'money'],
  ['They don’t look related', 'family'],
  ['The girl is not his daughter', 'family'],
  ['the TRAFFICKER', 'adult'],
  ['a victim', 'child'],
  ['She was kidnapped', 'crime'],
  ['He is obviously guilty', 'certainty', 'certainty'],
  ['she was clearly scared', 'certainty'],
  ['a suspicious-looking man', 'suspicion'],
  ['weird and creepy', 'suspicion', 'suspicion'],
  ['The boy was drugged', 'diagnosis'],
];

/** Facts, ordinary uses of the same words, and what people and offices are called. */
const FAIR: readonly string[] = [
  '14:05, gate 14',
  'He looked at his phone and looked away.',
  'The man pulled the boy back by the sleeve.',
  'A man pulled her hair. She has a bruise on the arm.',
  'He held her passport and answered for her.',
  'The boy said that the man is not his father.',
  'A black van and a white lorry',
  'He gave the driver a cheap ticket.',
  'The light was poor, the room was dirty, the signal was poor.',
  'The plane was Russian. Turkish Airlines desk, foreign exchange office',
  'In the Catholic church hall, at the homeless shelter, by the disabled toilet',
  'A man wearing a name badge',
  'She is deaf and needs an interpreter.',
  'He said she must change her clothes. He bought her new clothes.',
  'I am not sure what it means.',
  'I used the words "suspected human trafficking" on the phone.',
  'Anti-trafficking desk, victim support, Victims’ Services, child abuse hotline',
  'Criminal Investigation Department; National Center for Missing and Exploited Children',
  'The boy was lying on the floor. She stopped talking when he came.',
  'Der Mann sagte nichts.',
  'رجل سحب الولد من كمه',
  '男人拉着男孩的袖子',
];

describe('words that do not belong in a record', () => {
  for (const [text, ...topics] of JUDGING) {
    it(`are found in: ${text}`, () => {
      expect(topicsIn(text)).to.deep.equal(topics);
    });
  }

  for (const text of FAIR) {
    it(`are not in: ${text}`, () => {
      expect(judgingWords(text)).to.deep.equal([]);
    });
  }

  it('are told as they were written, in their order, each once', () => {
    expect(judgingWords('The Victim, the pimp and the other victim')).to.deep.equal([
      { text: 'Victim', topic: 'child', kind: 'finding' },
      { text: 'pimp', topic: 'adult', kind: 'finding' },
    ]);
  });

  it('count once where one stands in another', () => {
    expect(topicsIn('poorly dressed poor girl, dirty coat')).to.deep.equal(['clothes', 'money', 'clothes']);
    expect(topicsIn('too young', ['young', 'too young'])).to.deep.equal(['case']);
  });

  it('are whole words, in any case of letters', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('victim', 'Trafficker', 'OBVIOUSLY', 'foreign', 'Muslim', 'homosexual'),
        fc.constantFrom('a', 'Z', 'ß', '1', 'é', 'я'),
        fc.boolean(),
        (word, letter, isBefore) => {
          expect(judgingWords(`x, ${word}. y`)).to.have.length(1);
          expect(judgingWords(isBefore ? letter + word : word + letter)).to.deep.equal([]);
        },
      ),
    );
  });

  it('may be added by a case, as text and not as a pattern', () => {
    expect(topicsIn('He was nervous.')).to.deep.equal([]);
    expect(topicsIn('He was  Nervous.', ['nervous'])).to.deep.equal(['case']);
    expect(topicsIn('abc', ['a.c', '(', '[a-z]+', 'a|b', '.*'])).to.deep.equal([]);
    expect(topicsIn('the (odd) one-off', ['(odd) one-off'])).to.deep.equal(['case']);
    expect(topicsIn('the man’s money', ["man's money"])).to.deep.equal(['case']);
  });

  it('are sought in any text without a fault, and lie in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), (text, extra) => {
        for (const { text: found } of judgingWords(text, extra)) expect(text).to.include(found);
      }),
    );
  });

  // A pattern that backtracks without end never comes back from texts like these: the test would not end.
  it('are looked for to the end of a text that repeats itself', () => {
    for (const part of ['she is ', 'not ', '"', 'paid a ', ' ']) {
      const alone = judgingWords(part);
      expect(judgingWords(part.repeat(600)), part).to.have.length.at.least(alone.length);
    }
  });

  it('each have a reason and a better way to write', () => {
    const topics = new Set([...JUDGING.flatMap(([, ...each]) => each), 'case']);
    expect([...topics].sort()).to.deep.equal(keysBelow('report.avoid').sort());
    for (const topic of topics)
      for (const part of ['why', 'better']) expect(said(`report.avoid.${topic}.${part}`)).to.match(/\S.*\.$/);
  });

  it('count once over all fields', () => {
    const twice = ['victim', 'Victim', 'pimp'].flatMap(text => judgingWords(text));
    expect(eachOnce(twice).map(({ text }) => text)).to.deep.equal(['victim', 'pimp']);
  });
});
