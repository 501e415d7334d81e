import { expect } from 'chai';
import fc from 'fast-check';
import { matching } from '../../../../server/teaching/questions/types/matching/matching.js';
import { said, arbitraryItems, completeAnswers, sampleItem, samplePrompts } from '../samples.js';

describe('matching', () => {
  const item = matching.itemSchema.parse(
    sampleItem('matching', { count: 5, prompts: samplePrompts(4), key: ['b', 'a', 'e', 'c'] }),
  );
  const critical = { ...item, critical: 'never-2' as const };
  /** The answer that gives these options to the lines, in their order; '' gives none. */
  const given = (...ids: string[]) =>
    Object.fromEntries(
      ['p', 'q', 'r', 's'].flatMap((line, at) => (ids[at] ? [[`match-${line}`, ids[at]]] : [])),
    );
  const points = (...ids: string[]) => matching.grade(item, given(...ids));

  it('reads an option for each line', () => {
    const response = { 'match-p': 'b', 'match-q': 'a', 'match-r': 'e', 'match-s': 'c' };
    expect(matching.parse({ ...response, _csrf: 'x' }, item)).to.deep.equal({ ok: true, response });
    expect(matching.correctResponse(item)).to.deep.equal(response);
  });

  it('keeps what is given so far: some lines, or one option twice; neither is complete', () => {
    const some = given('b', '', 'e');
    expect(matching.parse({ ...some, 'match-q': '', 'match-s': '' }, item)).to.deep.equal({
      ok: true,
      response: some,
    });
    expect(matching.isComplete(item, some)).to.equal(false);
    const twice = given('b', 'a', 'e', 'e');
    expect(matching.parse(twice, item)).to.deep.equal({ ok: true, response: twice });
    expect(matching.isComplete(item, twice)).to.equal(false);
  });

  it('says what is wrong with a form', () => {
    for (const form of [{}, { 'match-p': '' }, null, [], { 'place-a': '1' }])
      expect(matching.parse(form, item)).to.deep.equal({ ok: false, problem: 'missing' });
    for (const value of [
      'f',
      'A',
      'b ',
      'a,b',
      '1e999',
      '__proto__',
      'constructor',
      ['a', 'b'],
      ['b', 'b'],
      { b: 'b' },
      7,
      Array<string>(100_000).fill('b'),
    ])
      expect(matching.parse({ 'match-p': value }, item), JSON.stringify(value).slice(0, 20)).to.deep.equal({
        ok: false,
        problem: 'unreadable',
      });
    for (const foreign of ['match-t', 'match-a', 'match-', 'match-__proto__'])
      expect(matching.parse({ ...given('b', 'a', 'e', 'c'), [foreign]: 'b' }, item)).to.have.property(
        'problem',
        'unreadable',
      );
  });

  it('gives points by pair, to the nearest point', () => {
    expect(points('b', 'a', 'e', 'c')).to.equal(100);
    expect(points('b', 'a', 'e', 'd')).to.equal(75);
    expect(points('b', 'a', 'c', 'e')).to.equal(50);
    expect(points('b', '', '', '')).to.equal(25);
    expect(points('a', 'b', 'c', 'e')).to.equal(0);
    const six = matching.itemSchema.parse(
      sampleItem('matching', { count: 7, prompts: samplePrompts(6), key: ['a', 'c', 'b', 'e', 'd', 'g'] }),
    );
    const right = (count: number) =>
      Object.fromEntries(Object.entries(matching.correctResponse(six)).slice(0, count));
    expect([1, 2, 3, 4, 5].map(count => matching.grade(six, right(count)))).to.deep.equal([
      17, 33, 50, 67, 83,
    ]);
  });

  it('gives nothing for an option that stands twice, on neither line', () => {
    expect(points('b', 'b', 'e', 'c')).to.equal(50);
    expect(points('b', 'b', 'b', 'b')).to.equal(0);
    expect(points('b', 'a', 'a', 'a')).to.equal(25);
  });

  it('gives all or nothing when it is safety-critical', () => {
    expect(matching.grade(critical, given('b', 'a', 'e', 'c'))).to.equal(100);
    expect(matching.grade(critical, given('b', 'a', 'e', 'd'))).to.equal(0);
    expect(matching.grade(critical, given('b', 'a', 'e'))).to.equal(0);
  });

  it('gives full points to one of all answers only', () => {
    fc.assert(
      fc.property(arbitraryItems.matching!, sample => {
        const all = completeAnswers(sample).map(answer =>
          matching.grade(matching.itemSchema.parse(sample), answer),
        );
        expect(all.filter(each => each === 100).length).to.equal(1);
      }),
      { numRuns: 8 },
    );
  });

  it('says what guessing earns: one in as many as there are options, when each pair counts', () => {
    expect(matching.guessScore(item)).to.be.closeTo(1 / 5, 1e-12);
    expect(matching.guessScore(critical)).to.equal(1 / 120);
  });

  it('letters the options in the given order, and shortens long ones for the selects', () => {
    const long = 'Tell the supervisor at once, and write down the words';
    const options = item.options.map(option => (option.id === 'c' ? { ...option, text: long } : option));
    const presented = matching.present({ ...item, options }, ['c', 'a', 'e', 'b', 'd']);
    expect(presented.options.slice(0, 2)).to.deep.equal([
      { id: 'c', text: long, letter: 'A', short: 'Tell the supervisor at …' },
      { id: 'a', text: 'Option a', letter: 'B', short: 'Option a' },
    ]);
    expect(presented).to.deep.include({
      prompts: samplePrompts(4),
      rows: { fields: ['match-p', 'match-q', 'match-r', 'match-s'], values: ['c', 'a', 'e', 'b', 'd'] },
      allOrNothing: false,
    });
    expect(matching.present(critical, ['c', 'a', 'e', 'b', 'd'])).to.include({ allOrNothing: true });
  });

  it('tells in words what was answered', () => {
    const response = given('c', '', 'b');
    const texts = ['Line p → Option c', 'Line r → Option b'];
    expect(matching.summarise(item, response, said)).to.deep.equal(texts);
  });

  it('explains each line with its option, what was given in its place, and the option that is left over', () => {
    const rows = matching.explain(item, given('b', 'd', '', 'zz'), said);
    expect(
      rows.map(({ label, text, chosen, correct, instead }) => [label, text, chosen, correct, instead]),
    ).to.deep.equal([
      ['Line p', 'Option b', true, true, null],
      ['Line q', 'Option a', false, true, 'Option d'],
      ['Line r', 'Option e', false, true, null],
      ['Line s', 'Option c', false, true, null],
      [null, 'Option d', false, false, null],
    ]);
  });

  it('has four to six lines, each with an id of its own and its option, and one option to spare', () => {
    const [p, q, r] = samplePrompts(4);
    for (const fault of [
      { prompts: samplePrompts(3), key: ['b', 'a', 'e'], options: item.options.slice(0, 4) },
      { prompts: samplePrompts(5), key: ['b', 'a', 'e', 'c', 'd'] },
      { prompts: [p, q, r, p] },
      { prompts: [p, q, r, { id: '__proto__', text: 'Line' }] },
      { prompts: [p, q, r, { id: 's', text: ' ' }] },
      { prompts: [p, q, r, { id: 's', text: 'Line', extra: 1 }] },
      { key: ['b', 'a', 'e'] },
      { key: ['b', 'a', 'e', 'c', 'd'] },
    ])
      expect(matching.itemSchema.safeParse({ ...item, ...fault }).success).to.equal(false);
  });
});
