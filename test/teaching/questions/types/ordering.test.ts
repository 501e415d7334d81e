import { expect } from 'chai';
import fc from 'fast-check';
import { ordering } from '../../../../server/teaching/questions/types/ordering/ordering.js';
import { said, arbitraryItems, completeAnswers, sampleItem } from '../samples.js';

describe('ordering', () => {
  const four = ordering.itemSchema.parse(sampleItem('ordering', { count: 4, key: ['c', 'a', 'd', 'b'] }));
  const critical = { ...four, critical: 'never-2' as const };
  /** The answer that puts the steps in this order. */
  const inOrder = (...ids: string[]) =>
    Object.fromEntries(ids.map((id, at) => [`place-${id}`, String(at + 1)]));
  const points = (...ids: string[]) => ordering.grade(four, inOrder(...ids));

  it('reads a place for each step', () => {
    const response = { 'place-a': '2', 'place-b': '4', 'place-c': '1', 'place-d': '3' };
    expect(ordering.parse({ ...response, _csrf: 'x' }, four)).to.deep.equal({ ok: true, response });
    expect(ordering.correctResponse(four)).to.deep.equal(response);
  });

  it('keeps what is given so far: some places, or one place twice; neither is complete', () => {
    const some = { 'place-a': '2', 'place-c': '1' };
    expect(ordering.parse({ ...some, 'place-b': '', 'place-d': '' }, four)).to.deep.equal({
      ok: true,
      response: some,
    });
    expect(ordering.isComplete(four, some)).to.equal(false);
    const twice = { 'place-a': '2', 'place-b': '2', 'place-c': '1', 'place-d': '3' };
    expect(ordering.parse(twice, four)).to.deep.equal({ ok: true, response: twice });
    expect(ordering.isComplete(four, twice)).to.equal(false);
    expect([some, twice].map(response => ordering.grade(four, response))).to.deep.equal([0, 0]);
  });

  it('says what is wrong with a form', () => {
    const blank = { 'place-a': '', 'place-b': '', 'place-c': '', 'place-d': '' };
    for (const form of [{}, blank, null, 'place-a=1', { 'match-p': 'a' }])
      expect(ordering.parse(form, four)).to.deep.equal({ ok: false, problem: 'missing' });
    for (const value of [
      '0',
      '5',
      '-1',
      '1.0',
      '01',
      ' 1',
      '1e0',
      '1e999',
      'NaN',
      'a',
      '__proto__',
      ['1', '2'],
      [],
      {},
      1,
      Array<string>(100_000).fill('1'),
    ]) {
      const problem = Array.isArray(value) && value.length === 0 ? 'missing' : 'unreadable';
      expect(ordering.parse({ 'place-a': value }, four), JSON.stringify(value).slice(0, 20)).to.deep.equal({
        ok: false,
        problem,
      });
    }
    for (const foreign of ['place-e', 'place-z', 'place-', 'place-__proto__', 'place-A'])
      expect(ordering.parse({ ...inOrder('c', 'a', 'd', 'b'), [foreign]: '1' }, four)).to.have.property(
        'problem',
        'unreadable',
      );
  });

  it('gives half for one swap of neighbours, and nothing for any other fault', () => {
    expect(points('c', 'a', 'd', 'b')).to.equal(100);
    expect(points('a', 'c', 'd', 'b')).to.equal(50);
    expect(points('c', 'd', 'a', 'b')).to.equal(50);
    expect(points('c', 'a', 'b', 'd')).to.equal(50);
    expect(points('d', 'a', 'c', 'b'), 'a swap over one step').to.equal(0);
    expect(points('b', 'a', 'd', 'c'), 'first with last').to.equal(0);
    expect(points('a', 'c', 'b', 'd'), 'two swaps of neighbours').to.equal(0);
    expect(points('a', 'd', 'c', 'b'), 'three steps turned round').to.equal(0);
  });

  it('gives all or nothing when it is safety-critical', () => {
    expect(ordering.grade(critical, inOrder('c', 'a', 'd', 'b'))).to.equal(100);
    expect(ordering.grade(critical, inOrder('a', 'c', 'd', 'b'))).to.equal(0);
  });

  it('of all orders gives full points to one, half to one less than it has steps, none to the rest', () => {
    fc.assert(
      fc.property(arbitraryItems.ordering!, sample => {
        const item = ordering.itemSchema.parse(sample);
        const all = completeAnswers(sample).map(answer => ordering.grade(item, answer));
        expect(all.filter(each => each === 100).length).to.equal(1);
        const halves = item.critical === false ? item.options.length - 1 : 0;
        expect(all.filter(each => each === 50).length).to.equal(halves);
        expect(all.filter(each => each === 0).length).to.equal(all.length - 1 - halves);
      }),
      { numRuns: 10 },
    );
  });

  it('says what guessing earns', () => {
    expect(ordering.guessScore(four)).to.equal(2.5 / 24);
    expect(ordering.guessScore(critical)).to.equal(1 / 24);
  });

  it('shows the steps in the given order with as many places, and how it is scored', () => {
    const presented = ordering.present(four, ['b', 'd', 'a', 'c']);
    expect(presented.options.map(({ text }) => text)).to.deep.equal([
      'Option b',
      'Option d',
      'Option a',
      'Option c',
    ]);
    expect(presented).to.have.deep.property('rows', {
      fields: ['place-b', 'place-d', 'place-a', 'place-c'],
      values: ['1', '2', '3', '4'],
    });
    expect(presented).to.include({ allOrNothing: false });
    expect(ordering.present(critical, ['a', 'b', 'c', 'd'])).to.include({ allOrNothing: true });
  });

  it('tells in words what was answered, by place', () => {
    const response = inOrder('b', 'c', 'a');
    const texts = ['1. Option b', '2. Option c', '3. Option a'];
    expect(ordering.summarise(four, response, said)).to.deep.equal(texts);
  });

  it('explains the right order, and the place that was given to each step', () => {
    const rows = ordering.explain(four, { ...inOrder('a', 'c', 'd'), 'place-b': '9' }, said);
    expect(rows.map(({ label, text, chosen, instead }) => [label, text, chosen, instead])).to.deep.equal([
      ['result.place 1', 'Option c', false, 'result.place 2'],
      ['result.place 2', 'Option a', false, 'result.place 1'],
      ['result.place 3', 'Option d', true, null],
      ['result.place 4', 'Option b', false, null],
    ]);
  });

  it('has four to six steps, and a key that names each', () => {
    for (const fault of [
      { key: ['c', 'a', 'd'] },
      { options: four.options.slice(0, 3), key: ['c', 'a', 'b'] },
      sampleItem('ordering', { count: 7, key: ['c', 'a', 'd', 'b', 'e', 'f', 'g'] }),
    ])
      expect(ordering.itemSchema.safeParse({ ...four, ...fault }).success).to.equal(false);
  });
});
