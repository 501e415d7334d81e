import { expect } from 'chai';
import { gatedItems } from '../../../../server/workshop/content-check/gates/gated-item.js';
import { crossValidated } from '../../../../server/workshop/content-check/gates/folds.js';
import { optionsOnly } from '../../../../server/workshop/content-check/gates/options-only.js';
import { storyOnly } from '../../../../server/workshop/content-check/gates/story-only.js';
import { learnWords, wordsOf } from '../../../../server/workshop/content-check/gates/word-model.js';
import { bank, chatter, decisions, gated, verdicts, type Decision } from './gated-banks.js';

/** Each right fact, or each wrong one, begins with a word of its own. */
const marked = (word: string, isMarked: (id: string, item: Decision) => boolean) =>
  decisions(90, item => ({
    options: item.options.map(each =>
      isMarked(each.id, item) ? { ...each, text: `${word} ${each.text}` } : each,
    ),
  }));

const isKey = (id: string, { key }: Decision) => key.includes(id);

describe('the word model', () => {
  it('leans to the side on which a word was seen, and to none where it was seen once or on both', () => {
    const texts = (yes: string, no: string) => [
      { words: wordsOf(yes), isYes: true },
      { words: wordsOf(no), isYes: false },
    ];
    const lean = learnWords([...texts('red tea', 'blue tea'), ...texts('red cup', 'blue jar')]);
    expect(lean(wordsOf('Red'))).to.be.above(0);
    expect(lean(wordsOf('BLUE!'))).to.be.below(0);
    for (const text of ['tea', 'cup', 'sky', '']) expect(lean(wordsOf(text)), text).to.equal(0);
  });

  it('reads pairs of words', () => {
    expect([...wordsOf('Don’t look, look')]).to.eql(['don’t', 'look', 'don’t look', 'look look']);
  });

  it('never learns from the twin of what it is asked about', () => {
    const entries = Array.from({ length: 60 }, (_, n) => ({ n, pair: `P-${Math.floor(n / 2)}` }));
    const seen = crossValidated(
      entries,
      ({ pair }) => pair,
      from => entry => from.filter(({ pair }) => pair === entry.pair).length,
    );
    expect(new Set(seen)).to.eql(new Set([0]));
  });
});

describe('the gate on options only', () => {
  it('keeps where options have no pattern', () => {
    expect(verdicts(optionsOnly(gated(decisions(90))))).to.include({ all: 'kept', routes: 'kept' });
  });

  it('finds a word of right options, and one of wrong options', () => {
    for (const planted of [marked('calmly', isKey), marked('only', (id, item) => !isKey(id, item))])
      expect(verdicts(optionsOnly(gated(planted)))).to.include({ all: 'broken', routes: 'broken' });
  });

  it('finds it in safety-critical items, however innocent the rest', () => {
    const planted = decisions(160, item => {
      const critical = Number(item.id.slice(3)) % 4 === 0;
      const options = item.options.map(each =>
        critical && isKey(each.id, item) ? { ...each, text: `calmly ${each.text}` } : each,
      );
      return { critical: critical ? 'never-2' : false, options };
    });
    expect(verdicts(optionsOnly(gated(planted)))).to.include({ critical: 'broken' });
  });

  it('judges no bank that is too small', () => {
    const small = marked('calmly', isKey).slice(0, 19);
    expect(verdicts(optionsOnly(gated(small)))).to.eql({
      all: 'too few',
      critical: 'too few',
      routes: 'too few',
    });
  });

  it('leaves out a set of texts that more than five items share', () => {
    const options = ['a', 'b', 'c'].map(id => ({ id, text: `set ${id}`, feedback: 'It may.' }));
    const [five, six] = [5, 6].map(count => [
      ...decisions(30),
      ...decisions(30 + count, () => ({ options, key: ['a'] })).slice(30),
    ]);
    const [row, without] = [optionsOnly(gated(five ?? []))[0], optionsOnly(gated(six ?? []))[0]];
    expect([row?.n, without?.n]).to.eql([35, 30]);
  });

  it('measures each bank apart, and gives the same figures every time', () => {
    const banks = [
      bank(decisions(30)),
      bank(marked('calmly', isKey).slice(30), { name: 'final', file: 'final/quiz.yaml' }),
    ];
    const measures = optionsOnly(gatedItems(banks));
    expect(verdicts(measures)).to.include({ final: 'broken', routes: 'kept' });
    expect(measures.find(({ of }) => of === 'final')?.file).to.equal('final/quiz.yaml');
    expect(optionsOnly(gatedItems(banks))).to.eql(measures);
  });
});

describe('the gate on the story only', () => {
  const cuts = ['carry on / rest', 'tell, urgent / rest'];

  it('keeps where stories have no pattern', () => {
    expect(Object.values(verdicts(storyOnly(gated(decisions(160)))))).to.not.include('broken');
  });

  it('finds a word of one side, at the cut where it tells', () => {
    const shy = decisions(160, ({ story, disposition }) => ({
      story: disposition === 'carry-on' ? `${story} looks at the floor` : story,
    }));
    expect(verdicts(storyOnly(gated(shy)))[cuts[0] ?? '']).to.equal('broken');
    const owing = decisions(160, ({ story, disposition }) => ({
      story: ['tell', 'urgent'].includes(disposition) ? `${story} owes money` : story,
    }));
    expect(verdicts(storyOnly(gated(owing)))[cuts[1] ?? '']).to.equal('broken');
  });

  it('asks for a look where words lead astray, and keeps twins together so that they do not', () => {
    const alike = (pair: (story: number) => { pair?: string }) =>
      decisions(160, ({ id }) => {
        const number = Number(id.slice(3));
        const story = Math.floor(number / 2);
        const disposition = number % 2 === 0 ? 'carry-on' : 'tell';
        return { disposition, story: chatter(`shared ${story}`, 40), ...pair(story) };
      });
    expect(verdicts(storyOnly(gated(alike(() => ({}))))), 'not marked').to.include({
      [cuts[0] ?? '']: 'look',
    });
    const twins = alike(story => ({ pair: `P-${story}` }));
    expect(verdicts(storyOnly(gated(twins))), 'twins').to.include({ [cuts[0] ?? '']: 'kept' });
  });

  it('reads what an exhibit says as well', () => {
    const shown = decisions(160, ({ disposition }) => ({
      exhibit: {
        kind: 'chat' as const,
        title: 'Messages',
        messages: [{ from: 'A', text: disposition === 'carry-on' ? 'grandmother waits' : 'train late' }],
      },
    }));
    expect(verdicts(storyOnly(gated(shown)))[cuts[0] ?? '']).to.equal('broken');
  });

  it('judges no cut with fewer than thirty items on a side', () => {
    const shy = decisions(50, ({ story, disposition }) => ({
      story: disposition === 'carry-on' ? `${story} floor` : story,
    }));
    expect(verdicts(storyOnly(gated(shy)))).to.eql({
      [cuts[0] ?? '']: 'too few',
      [cuts[1] ?? '']: 'too few',
    });
  });

  it('asks items of before decisions by their judgement', () => {
    const old = Array.from({ length: 80 }, (_, n) => ({
      id: `M2-${100 + n}`,
      objective: 'M2-O1',
      level: 'apply' as const,
      type: 'single',
      depth: 'full' as const,
      critical: false as const,
      judgement: n % 2 === 0 ? ('concern' as const) : ('no-concern' as const),
      stem: `${chatter(`old ${n}`)} ${n % 2 === 0 ? 'taken phone' : 'floor'}`,
      options: [{ id: 'a', text: 'One', feedback: 'It may.' }],
      key: ['a'],
      facts: [],
    }));
    expect(verdicts(storyOnly(gated(old)))).to.eql({ [cuts[0] ?? '']: 'broken', [cuts[1] ?? '']: 'broken' });
  });
});
