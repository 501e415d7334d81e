import { expect } from 'chai';
import { single } from '../../../../server/teaching/questions/types/single-choice/single-choice.js';
import { said, sampleItem } from '../samples.js';

describe('single choice', () => {
  const item = single.itemSchema.parse(sampleItem('single', { key: ['b'] }));

  it('reads one option', () => {
    expect(single.parse({ choice: 'c' }, item)).to.deep.equal({ ok: true, response: { choice: 'c' } });
  });

  it('says what is wrong with a form', () => {
    expect(single.parse({}, item)).to.deep.equal({ ok: false, problem: 'missing' });
    expect(single.parse({ choice: ['a', 'b'] }, item)).to.deep.equal({ ok: false, problem: 'too-many' });
    expect(single.parse({ choice: ['b', 'b'] }, item)).to.deep.equal({ ok: false, problem: 'unreadable' });
    expect(single.parse({ choice: 'd' }, item)).to.deep.equal({ ok: false, problem: 'unreadable' });
    expect(single.parse({ choice: { b: 'b' } }, item)).to.deep.equal({ ok: false, problem: 'unreadable' });
  });

  it('gives full points for the right option and none for the others', () => {
    expect(['a', 'b', 'c', 'd'].map(choice => single.grade(item, { choice }))).to.deep.equal([0, 100, 0, 0]);
  });

  it('tells in words what was chosen', () => {
    expect(single.summarise(item, { choice: 'a' }, said)).to.deep.equal(['Option a']);
    expect(single.summarise(item, {}, said)).to.deep.equal([]);
  });

  it('shows stem and options, in order', () => {
    expect(single.present(item, ['c', 'a', 'b'])).to.deep.equal({
      type: 'single',
      stem: 'What do you do first?',
      options: [
        { id: 'c', text: 'Option c' },
        { id: 'a', text: 'Option a' },
        { id: 'b', text: 'Option b' },
      ],
    });
  });

  it('has exactly one right option', () => {
    expect(single.itemSchema.safeParse({ ...item, key: ['a', 'b'] }).success).to.equal(false);
  });
});
