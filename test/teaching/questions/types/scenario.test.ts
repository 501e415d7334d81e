import { expect } from 'chai';
import fc from 'fast-check';
import {
  scenario,
  type CaseItem,
  type PresentedCase,
} from '../../../../server/teaching/questions/types/scenario/scenario.js';
import { answerSchema } from '../../../../server/teaching/questions/answer.js';
import { sampleCase, sampleCaseItem as item, wholePaths } from '../case-samples.js';
import { said, hostileForm } from '../samples.js';

const LETTERS = ['a', 'b', 'c', 'd'];
const letter = fc.constantFrom(...LETTERS);
/** Paths that can be and paths that cannot. */
const anyPath = fc.array(fc.oneof({ weight: 9, arbitrary: letter }, { weight: 1, arbitrary: fc.string() }), {
  maxLength: 6,
});
const anyAnswer = fc.oneof(
  fc.record({ path: anyPath }),
  fc.dictionary(fc.constantFrom('path', 'choice', 'x'), fc.oneof(fc.string(), fc.array(fc.string()))),
);
const present = (path: string[] | null, order = LETTERS) =>
  scenario.present(item, order, path && { path }) as PresentedCase;

describe('a case as a question', () => {
  it('accepts its own items, and no others', () => {
    expect(scenario.itemSchema.parse(item)).to.deep.equal(item);
    for (const fault of [{ type: 'single' }, { extra: 1 }, { scenario: undefined }, { stem: ' ' }])
      expect(scenario.itemSchema.safeParse({ ...item, ...fault }).success).to.equal(false);
  });

  describe('reads the decisions behind and the one that is sent', () => {
    for (const [path, choice, read] of [
      ['', 'a', ['a']],
      ['a', 'd', ['a', 'd']],
      ['a.b.c', 'a', ['a', 'b', 'c', 'a']],
    ] as const) {
      it(`${path} and ${choice}`, () => {
        expect(scenario.parse({ path, choice, sequence: '0' }, item)).to.deep.equal({
          ok: true,
          response: { path: read },
        });
      });
    }

    it('or says that nothing was chosen', () => {
      expect(scenario.parse({ path: 'a' }, item)).to.deep.equal({ ok: false, problem: 'missing' });
      expect(scenario.parse({}, item)).to.deep.equal({ ok: false, problem: 'missing' });
    });

    for (const form of [
      { path: 'a', choice: 'e' },
      { path: 'a.d', choice: 'a' },
      { path: 'a.b.c.d', choice: 'a' },
      { path: 'z', choice: 'a' },
      { path: 'a,b', choice: 'a' },
      { path: ['a', 'b'], choice: 'a' },
      { path: 'a', choice: ['a', 'b'] },
      { path: 'a', choice: '' },
      { path: { 0: 'a' }, choice: 'a' },
    ]) {
      it(`but not ${JSON.stringify(form)}`, () => {
        expect(scenario.parse(form, item)).to.deep.equal({ ok: false, problem: 'unreadable' });
      });
    }

    it('and never throws, nor reads a path that cannot be', () => {
      fc.assert(
        fc.property(hostileForm, form => {
          const parsed = scenario.parse(form, item);
          if (!parsed.ok) return;
          expect(answerSchema.parse(JSON.parse(JSON.stringify(parsed.response)))).to.deep.equal(
            parsed.response,
          );
          expect(
            scenario.mayFollow?.(item, { path: parsed.response.path?.slice(0, -1) ?? [] }, parsed.response),
          ).to.equal(true);
        }),
      );
    });
  });

  it('is complete at an ending and not before', () => {
    for (const path of wholePaths()) {
      expect(scenario.isComplete(item, { path })).to.equal(true);
      expect(scenario.isComplete(item, { path: path.slice(0, -1) })).to.equal(false);
    }
    expect(scenario.isComplete(item, {})).to.equal(false);
  });

  it('goes on by exactly one possible choice', () => {
    fc.assert(
      fc.property(fc.option(anyPath), anyPath, (kept, sent) => {
        const behind = kept ?? [];
        const isNext =
          sent.length === behind.length + 1 &&
          behind.every((id, at) => sent[at] === id) &&
          wholePaths().some(whole => sent.every((id, at) => whole[at] === id));
        expect(scenario.mayFollow?.(item, kept && { path: kept }, { path: sent })).to.equal(isNext);
      }),
    );
    expect(scenario.mayFollow?.(item, { path: ['a'] }, { path: ['b'] })).to.equal(false);
    expect(scenario.mayFollow?.(item, { path: ['a', 'b'] }, { path: ['a'] })).to.equal(false);
    expect(scenario.mayFollow?.(item, { path: ['a'] }, { path: ['a', 'b', 'c'] })).to.equal(false);
  });

  it('is worth the share of right decisions, and nothing before its end', () => {
    expect(scenario.grade(item, { path: ['a', 'a', 'a', 'a'] })).to.equal(100);
    expect(scenario.grade(item, { path: ['a', 'b', 'a', 'b'] })).to.equal(100);
    expect(scenario.grade(item, { path: ['a', 'b', 'c', 'd'] })).to.equal(50);
    expect(scenario.grade(item, { path: ['a', 'd'] })).to.equal(50);
    expect(scenario.grade(item, { path: ['a', 'a', 'a'] })).to.equal(0);
    fc.assert(
      fc.property(anyAnswer, answer => {
        const points = scenario.grade(item, answer);
        expect(Number.isInteger(points) && points >= 0 && points <= 100).to.equal(true);
        if (!scenario.isComplete(item, answer)) expect(points).to.equal(0);
      }),
    );
  });

  it('has a correct response, which is complete and worth all', () => {
    const response = scenario.correctResponse(item);
    expect(response).to.deep.equal({ path: ['a', 'a', 'a', 'a'] });
    expect([scenario.isComplete(item, response), scenario.grade(item, response)]).to.deep.equal([true, 100]);
  });

  it('knows what guessing earns: the mean over all whole paths', () => {
    const points = wholePaths().map(path => scenario.grade(item, { path }));
    const mean = points.reduce((sum, each) => sum + each, 0) / points.length / 100;
    expect(scenario.guessScore(item)).to.be.closeTo(mean, 1e-9);
  });

  it('tells in words what was decided last, and why only where the key may be known', () => {
    const path = { path: ['a', 'd'] };
    expect(scenario.summarise(item, path, said)).to.deep.equal(['Choice d']);
    expect(scenario.explain(item, path, said)).to.deep.equal([
      {
        label: 'Question 1?',
        text: 'Choice a',
        feedback: 'SECRET reason of a',
        chosen: true,
        correct: true,
        instead: null,
      },
      {
        label: 'Question 2?',
        text: 'Choice d',
        feedback: 'SECRET reason of d',
        chosen: true,
        correct: false,
        instead: null,
      },
    ]);
  });

  it('is the same as another answer only with the same path', () => {
    expect(scenario.same({ path: ['a'] }, { path: ['a'] })).to.equal(true);
    expect(scenario.same({ path: ['a'] }, { path: ['a', 'a'] })).to.equal(false);
  });

  describe('is shown', () => {
    it('from the start', () => {
      expect(present(null)).to.include({
        text: 'Text 1',
        stem: 'Question 1?',
        decision: 1,
        path: '',
        isEnded: false,
      });
      expect(present(null).last).to.equal(null);
    });

    it('with what the last choice led to, and the next decision', () => {
      const shown = present(['a', 'c']);
      expect(shown).to.include({ text: 'Text 3', stem: 'Question 3?', decision: 3, total: 4, path: 'a.c' });
      expect(shown.last).to.deep.equal({ choice: 'Choice c', result: 'Result of c' });
    });

    it('without a number of decisions where that hangs on the choices', () => {
      expect(present(null).total).to.equal(null);
    });

    it('at its end without a choice and without the text of the ending', () => {
      const shown = present(['a', 'b', 'c', 'd']);
      expect(shown).to.include({ isEnded: true, text: '', decision: 4, total: 4 });
      expect(shown.options).to.deep.equal([]);
    });

    it('in the order of the form', () => {
      expect(present(['a'], ['d', 'b', 'a', 'c']).options.map(({ id }) => id)).to.deep.equal([
        'd',
        'b',
        'a',
        'c',
      ]);
      for (const order of [[], ['a', 'b', 'c'], ['a', 'a', 'b', 'c', 'd']])
        expect(() => present(['a'], order), order.join()).to.throw(RangeError);
    });

    it('as never begun when a stored answer is none', () => {
      fc.assert(
        fc.property(anyAnswer, answer => {
          const shown = scenario.present(item, LETTERS, answer) as PresentedCase;
          expect(shown.isEnded).to.equal(scenario.isComplete(item, answer));
        }),
      );
      expect(present(['z']).decision).to.equal(1);
    });

    it('with nothing that depends on how good the choices are', () => {
      fc.assert(
        fc.property(fc.array(letter, { maxLength: 4 }), path => {
          const shown = present(path);
          expect(JSON.stringify(shown)).to.not.match(/SECRET|quality|unsafe|never-|acceptable|judgement/);
          expect(scenario.present(turned, LETTERS, { path })).to.deep.equal(shown);
        }),
      );
    });
  });
});

/** The same case with every secret turned round: what was best is unsafe, every reason and ending is another. */
const turned: CaseItem = {
  ...item,
  judgement: 'no-concern',
  scenario: {
    ...sampleCase,
    judgement: 'no-concern',
    nodes: sampleCase.nodes.map(node => ({
      ...node,
      choices: node.choices.map(({ id, text, result, next, quality }) => {
        const told = { id, text, result, next, reason: 'Another reason' };
        return quality === 'best'
          ? { ...told, quality: 'unsafe' as const, never: 'never-8' as const, better: 'Another way' }
          : { ...told, quality: 'best' as const };
      }),
    })),
    endings: sampleCase.endings.map(({ id }) => ({
      id,
      kind: 'passed-on-fine' as const,
      text: 'Another end',
    })),
  },
};
