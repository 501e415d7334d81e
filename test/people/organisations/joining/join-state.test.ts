import { expect } from 'chai';
import {
  codeIn,
  CODE_LENGTH,
  CODE_LETTERS,
} from '../../../../server/people/organisations/joining/code-text.js';
import { joinState, type JoinRule } from '../../../../server/people/organisations/joining/join-state.js';

const rule: JoinRule = {
  ...{ fromDay: '2026-03-02', untilDay: '2026-03-06', mostPeople: 24, joined: 0 },
  ...{ endedAt: null, suspendedAt: null, closedOn: null },
};

describe('how a code by which people join stands', () => {
  it('on each of its days, and before and after them', () => {
    const on = (day: string) => joinState(rule, day);
    expect(['2026-03-01', '2026-03-02', '2026-03-05', '2026-03-06'].map(on)).to.deep.equal([
      'early',
      'open',
      'open',
      'over',
    ]);
    expect(joinState({ ...rule, untilDay: null }, '2036-01-01')).to.equal('open');
  });

  it('is full with the last person for whom it was made', () => {
    expect(joinState({ ...rule, joined: 23 }, '2026-03-03')).to.equal('open');
    expect(joinState({ ...rule, joined: 24 }, '2026-03-03')).to.equal('full');
    expect(joinState({ ...rule, joined: 9_000, mostPeople: null }, '2026-03-03')).to.equal('open');
  });

  it('is over once it was ended or its unit is closed, and waits while training is paused', () => {
    expect(joinState({ ...rule, endedAt: 1, suspendedAt: 1 }, '2026-03-03')).to.equal('over');
    expect(joinState({ ...rule, closedOn: '2026-03-03' }, '2026-03-03')).to.equal('over');
    expect(joinState({ ...rule, closedOn: '2026-03-04' }, '2026-03-03')).to.equal('open');
    expect(joinState({ ...rule, suspendedAt: 1, joined: 24 }, '2026-03-03')).to.equal('paused');
  });
});

describe('a code as somebody types it', () => {
  it('may be in any case, with spaces and dashes', () => {
    for (const typed of ['7km4-qx9r', ' 7KM4 QX9R ', '7 k m 4 q x 9 r', '7KM4–QX9R'])
      expect(codeIn(typed), typed).to.equal('7KM4QX9R');
  });

  it('is none with other letters, or more or fewer of them', () => {
    for (const typed of ['', '7KM4QX9', '7KM4QX9RR', '7KM4QX9O', '7KM4QX9%', 'ℳKM4QX9R'])
      expect(codeIn(typed), typed).to.equal(null);
  });

  it('has no letters that are taken for one another', () => {
    expect(CODE_LENGTH).to.equal(8);
    for (const alike of ['0OQ', '1IL', '2Z', '5S', '8B', 'UV'])
      expect([...alike].filter(letter => CODE_LETTERS.includes(letter)).length, alike).to.be.at.most(1);
  });
});
