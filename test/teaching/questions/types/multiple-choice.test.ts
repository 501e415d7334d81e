import { expect } from 'chai';
import fc from 'fast-check';
import { multiple } from '../../../../server/teaching/questions/types/multiple-choice/multiple-choice.js';
import { said, arbitraryItems, OPTION_IDS, sampleItem } from '../samples.js';

describe('multiple choice', () => {
  const two = multiple.itemSchema.parse(sampleItem('multiple', { count: 4, key: ['a', 'c'] }));
  const three = multiple.itemSchema.parse(sampleItem('multiple', { count: 5, key: ['a', 'c', 'e'] }));
  const points = (choice: string[]) => multiple.grade(three, { choice });

  it('reads options in whatever order they were ticked', () => {
    const response = { choice: ['a', 'c'] };
    expect(multiple.parse({ choice: ['c', 'a'] }, two)).to.deep.equal({ ok: true, response });
  });

  it('keeps half an answer, which is not complete', () => {
    const parsed = multiple.parse({ choice: 'c' }, two);
    expect(parsed).to.deep.equal({ ok: true, response: { choice: ['c'] } });
    expect(multiple.isComplete(two, { choice: ['c'] })).to.equal(false);
    expect(multiple.isComplete(two, { choice: ['b', 'd'] })).to.equal(true);
  });

  it('says what is wrong with a form', () => {
    expect(multiple.parse({}, two)).to.deep.equal({ ok: false, problem: 'missing' });
    expect(multiple.parse({ choice: [] }, two)).to.deep.equal({ ok: false, problem: 'missing' });
    expect(multiple.parse({ choice: ['a', 'b', 'c'] }, two)).to.deep.equal({
      ok: false,
      problem: 'too-many',
      typed: { choice: ['a', 'b', 'c'] },
    });
    expect(multiple.parse({ choice: ['a', 'a'] }, two)).to.deep.equal({ ok: false, problem: 'unreadable' });
    expect(multiple.parse({ choice: ['a', 'z'] }, two)).to.deep.equal({ ok: false, problem: 'unreadable' });
  });

  it('gives a share for each right option and takes one for each wrong one', () => {
    expect(points(['a', 'c', 'e'])).to.equal(100);
    expect(points(['a', 'c'])).to.equal(67);
    expect(points(['a', 'c', 'b'])).to.equal(33);
    expect(points(['a'])).to.equal(33);
    expect(points(['a', 'b'])).to.equal(0);
    expect(points(['a', 'b', 'd'])).to.equal(0);
    expect(points(['b', 'd'])).to.equal(0);
  });

  it('gives nothing when more is chosen than was asked for', () => {
    expect(points(['a', 'b', 'c', 'd', 'e'])).to.equal(0);
    expect(points(['a', 'b', 'c', 'e'])).to.equal(0);
  });

  it('gives all or nothing when it is safety-critical', () => {
    const critical = { ...three, critical: 'never-2' as const };
    expect(multiple.grade(critical, { choice: ['a', 'c'] })).to.equal(0);
    expect(multiple.grade(critical, { choice: ['a', 'c', 'b'] })).to.equal(0);
    expect(multiple.grade(critical, { choice: ['a', 'c', 'e'] })).to.equal(100);
  });

  it('gives more to one more right option, and less to one more wrong one', () => {
    fc.assert(
      fc.property(
        arbitraryItems.multiple!,
        fc.subarray(OPTION_IDS),
        fc.constantFrom(...OPTION_IDS),
        (item, had, id) => {
          const without = had.filter(each => each !== id);
          const [before, after] = [without, [...without, id]].map(choice =>
            multiple.grade(parse(item), { choice }),
          );
          if (item.key.includes(id) && without.length < item.key.length)
            expect(after).to.be.at.least(before!);
          if (!item.key.includes(id)) expect(after).to.be.at.most(before!);
        },
      ),
    );
  });

  it('tells the page how many to choose and how it is scored', () => {
    const presented = multiple.present(two, ['d', 'c', 'b', 'a']);
    expect(presented).to.include({ choose: 2, allOrNothing: false });
    expect(multiple.present({ ...two, critical: 'never-1' as const }, ['a', 'b', 'c', 'd'])).to.include({
      allOrNothing: true,
    });
  });

  it('tells in words what was chosen', () => {
    const response = { choice: ['d', 'a'] };
    expect(multiple.summarise(two, response, said)).to.deep.equal(['Option a', 'Option d']);
  });

  it('has at least two right options and two wrong ones', () => {
    const refused = [{ key: ['a'] }, { key: ['a', 'b', 'c'] }];
    for (const fault of refused)
      expect(multiple.itemSchema.safeParse({ ...two, ...fault }).success).to.equal(false);
  });

  function parse(item: unknown) {
    return multiple.itemSchema.parse(item);
  }
});
