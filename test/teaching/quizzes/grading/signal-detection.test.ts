import { expect } from 'chai';
import fc from 'fast-check';
import {
  formSignals,
  signalsOf,
  type Signal,
  type SignalOutcome,
  type SlotSignals,
} from '../../../../server/teaching/quizzes/grading/signal-detection.js';
import type { Answer } from '../../../../server/teaching/questions/answer.js';
import type { Item, OptionItem } from '../../../../server/teaching/questions/item.js';
import { questionTypes } from '../../../../server/teaching/questions/question-types.js';
import { optionsOf, rightAnswer } from '../../../support/answers.js';
import { reportItems } from '../../questions/report-samples.js';
import { sampleDecision, sampleItem } from '../../questions/samples.js';
import type { CaseScore } from '../../../../server/teaching/questions/types/scenario/case-score.js';
import {
  DISPOSITIONS,
  type Disposition,
} from '../../../../server/teaching/questions/types/decision/dispositions.js';
import { ownContent } from '../../../support/content/own-content.js';

type Judges = NonNullable<OptionItem['options'][number]['judges']>;

/** A question with the right option b; `said` is what the others judge. */
const situation = (
  judgement: Item['judgement'],
  said: Partial<Record<string, Judges>>,
  type = 'single',
): OptionItem & { truth?: boolean } => {
  const item = sampleItem(type, {
    count: type === 'multiple' ? 4 : 3,
    ...(type === 'multiple' ? { key: ['a', 'b'] } : {}),
    ...(type === 'true-false' ? { truth: true } : {}),
  });
  return {
    ...item,
    judgement,
    options: item.options.map(option => ({ ...option, judges: said[option.id] })),
  };
};

const judged = (item: Item, response: Answer | undefined): SlotSignals =>
  signalsOf({
    item,
    type: questionTypes.of(item),
    response,
    points: response ? questionTypes.of(item).grade(item, response) : 0,
    case: null,
  });

const outcome = (item: Item, response: Answer | undefined): SignalOutcome | undefined =>
  judged(item, response).signal?.outcome;

describe('what an answer made of a situation', () => {
  const concern = situation('concern', { a: 'concern', c: 'no-concern' });
  const noConcern = situation('no-concern', { a: 'concern', c: 'appearance' });

  it('is a hit when a concern is acted on, by the best step or by another', () => {
    expect(outcome(concern, { choice: 'b' })).to.equal('hit');
    expect(outcome(concern, { choice: 'a' })).to.equal('hit');
  });

  it('is a miss only when the answer leaves the concern', () => {
    expect(outcome(concern, { choice: 'c' })).to.equal('miss');
  });

  it('is a false alarm when there is no concern and the answer acts, for whatever reason', () => {
    expect(outcome(noConcern, { choice: 'b' })).to.equal('rejection');
    expect(outcome(noConcern, { choice: 'a' })).to.equal('alarm');
    expect(outcome(noConcern, { choice: 'c' })).to.equal('alarm');
  });

  it('is a correct rejection, too, when it is left in peace for a wrong reason', () => {
    expect(outcome(situation('no-concern', { a: 'concern', c: 'no-concern' }), { choice: 'c' })).to.equal(
      'rejection',
    );
  });

  it('is open when nothing was answered, or an option was chosen that tells nothing', () => {
    expect(outcome(concern, undefined)).to.equal('open');
    expect(outcome(situation('concern', { a: 'concern' }), { choice: 'c' })).to.equal('open');
    expect(outcome(situation('no-concern', { a: 'concern' }), { choice: 'c' })).to.equal('open');
  });

  it('is nothing where nothing was to be judged', () => {
    expect(judged(situation(undefined, {}), { choice: 'a' })).to.deep.equal({});
    expect(judged(situation('concern', {}), { choice: 'b' })).to.deep.equal({});
  });

  it('says whether both judgements were offered', () => {
    const offersBoth = (item: Item) => judged(item, undefined).signal?.offersBoth;
    expect(offersBoth(concern)).to.equal(true);
    expect(offersBoth(situation('concern', { a: 'concern', c: 'concern' }))).to.equal(false);
    expect(offersBoth(noConcern)).to.equal(true);
    expect(offersBoth(situation('no-concern', { a: 'appearance' }))).to.equal(true);
    expect(offersBoth(situation('no-concern', { a: 'no-concern' }))).to.equal(false);
  });

  it('of several options is that of the one that acts', () => {
    const several = situation('concern', { c: 'no-concern', d: 'no-concern' }, 'multiple');
    expect(outcome(several, { choice: ['a', 'c'] })).to.equal('hit');
    expect(outcome(several, { choice: ['c', 'd'] })).to.equal('miss');
    const innocent = situation('no-concern', { c: 'concern' }, 'multiple');
    expect(outcome(innocent, { choice: ['a', 'c'] })).to.equal('alarm');
    expect(outcome(innocent, { choice: ['a', 'd'] })).to.equal('rejection');
  });

  it('of a statement is that of the reason; a right reason beside the wrong side says nothing', () => {
    const statement = situation('concern', { a: 'no-concern', c: 'concern' }, 'true-false');
    expect(outcome(statement, { truth: 'true', reason: 'b' })).to.equal('hit');
    expect(outcome(statement, { truth: 'false', reason: 'a' })).to.equal('miss');
    expect(outcome(statement, { truth: 'false', reason: 'b' })).to.equal('open');
  });

  describe('of a case', () => {
    type Ending = NonNullable<CaseScore['ending']>;
    const signalOf = (judgement: Item['judgement'], ending: Ending | null, passed = false) =>
      signalsOf({
        item: { ...sampleItem('scenario'), judgement },
        type: questionTypes.named('scenario'),
        response: {},
        points: 50,
        case: { steps: 3, right: 2, unsafe: [], passed, ending },
      }).signal;
    const outcomes = (judgement: Item['judgement'], passed = false) =>
      (['passed-on', 'passed-on-fine', 'no-concern', 'not-told', 'told-late', null] as const).map(
        ending => signalOf(judgement, ending, passed)?.outcome,
      );

    it('with a concern, is a miss where nobody was told or too late, which is marked, and else a hit', () => {
      expect(outcomes('concern')).to.deep.equal(['hit', 'hit', 'miss', 'miss', 'miss', 'open']);
      expect(signalOf('concern', 'told-late')).to.include({ shade: 'late' });
      expect(signalOf('concern', 'not-told')).to.not.have.property('shade');
    });

    it('without concern, is an alarm where it was passed on, unless all was fine and the way there was right', () => {
      expect(outcomes('no-concern')).to.deep.equal([
        'alarm',
        'alarm',
        'rejection',
        'rejection',
        'alarm',
        'open',
      ]);
      expect(outcomes('no-concern', true)).to.deep.equal([
        'alarm',
        'rejection',
        'rejection',
        'rejection',
        'alarm',
        'open',
      ]);
    });

    it('is nothing where the case judges nothing', () => {
      expect(signalOf(undefined, 'passed-on')).to.equal(undefined);
    });
  });

  describe('of a decision', () => {
    const decision = (disposition: Disposition, changes: Partial<Item> = {}) => ({
      ...sampleItem('decision', { count: 4, ...sampleDecision(disposition) }),
      ...changes,
    });
    /** In one word each: outcome, shade, whether it was the very step. */
    const made = (item: Item, given: Disposition, fact = 'a') => {
      const { signal } = judged(item, { disposition: given, fact });
      return signal && [signal.outcome, signal.shade, signal.decided].filter(Boolean).join(' ');
    };
    const all = (key: Disposition, fact?: string) =>
      DISPOSITIONS.map(given => made(decision(key), given, fact));

    it('is by the first part alone, whichever fact was named', () => {
      for (const fact of ['a', 'b']) {
        expect(all('tell', fact)).to.deep.equal(['miss other', 'miss late other', 'hit exact', 'hit other']);
        expect(all('urgent', fact)).to.deep.equal([
          'miss other',
          'miss late other',
          'hit other',
          'hit exact',
        ]);
        expect(all('carry-on', fact)).to.deep.equal([
          'rejection exact',
          'rejection watch other',
          'alarm other',
          'alarm other',
        ]);
      }
    });

    it('is nothing where it had to be noted: neither signal nor noise', () => {
      expect(all('note')).to.deep.equal([undefined, undefined, undefined, undefined]);
      expect(judged(decision('note'), undefined)).to.deep.equal({});
    });

    it('stores what was right, offers both, and is open while nothing is decided', () => {
      expect(judged(decision('tell'), { disposition: 'tell' })).to.deep.equal({
        judgement: 'concern',
        signal: { outcome: 'hit', offersBoth: true, decided: 'exact' },
      });
      for (const response of [undefined, {}, { fact: 'b' }])
        expect(judged(decision('carry-on'), response)).to.deep.equal({
          judgement: 'no-concern',
          signal: { outcome: 'open', offersBoth: true },
        });
    });

    it('is right where a ruling made the answer right', () => {
      const ruled = signalsOf({
        item: decision('tell'),
        type: questionTypes.named('decision'),
        response: { disposition: 'note', fact: 'b' },
        points: 100,
        case: null,
      });
      expect(ruled.signal).to.deep.equal({ outcome: 'hit', offersBoth: true, decided: 'exact' });
    });
  });

  it('goes by looks where such an option was chosen, on any question, or such a word was written', () => {
    expect(judged(noConcern, { choice: 'c' }).byLooks).to.equal(true);
    expect(judged(noConcern, { choice: 'a' }).byLooks).to.equal(undefined);
    expect(judged(situation(undefined, { a: 'appearance' }), { choice: 'a' })).to.deep.equal({
      byLooks: true,
    });
    const beside = judged(situation('concern', { a: 'appearance' }), { choice: 'a' });
    expect(beside).to.deep.equal({ signal: { outcome: 'open', offersBoth: false }, byLooks: true });
    expect(judged(reportItems().gate, { behaviour: 'A foreign man took his phone' }).byLooks).to.equal(true);
    expect(judged(reportItems().gate, { behaviour: 'A man took his phone' }).byLooks).to.equal(undefined);
  });
});

describe('the situations of one form', () => {
  const slot = (judgement: 'concern' | 'no-concern', outcome: SignalOutcome, points = 0) => ({
    itemId: 'x',
    critical: false as const,
    points,
    judgement,
    signal: { outcome, offersBoth: true },
  });
  const concerns = [slot('concern', 'hit', 100), slot('concern', 'hit'), slot('concern', 'miss')];
  const innocent = [
    slot('no-concern', 'rejection', 100),
    slot('no-concern', 'alarm'),
    slot('no-concern', 'open'),
  ];

  /** Of a form with an answer in every slot. */
  const told = (slots: Parameters<typeof formSignals>[0]) =>
    formSignals(
      slots,
      slots.map((_, index) => ({ slot: index + 1 })),
    );

  it('are counted by kind, each from three on, and not told from fewer', () => {
    const looks = [{ itemId: 'y', critical: false as const, points: 0, byLooks: true as const }];
    expect(told([...concerns, ...innocent, ...looks])).to.deep.equal({
      concern: { count: 3, acted: 2, right: 1, late: 0, blank: 0 },
      noConcern: { count: 3, left: 1, watch: 0, blank: 0 },
      byLooks: 1,
    });
    expect(told([...concerns, ...innocent.slice(1)])).to.include({ noConcern: null });
    expect(told([...concerns.slice(1), ...innocent])).to.include({ concern: null });
    expect(told([...concerns.slice(1), ...innocent.slice(1), ...looks])).to.equal(null);
    expect(told([])).to.equal(null);
  });

  it('leave out what was left blank, and tell nothing of a kind of which too few were answered', () => {
    const blank = slot('no-concern', 'open');
    const kept = [1, 2, 3, 5, 6].map(at => ({ slot: at }));
    expect(formSignals([...innocent, blank, ...concerns.slice(1)], kept)).to.deep.equal({
      concern: null,
      noConcern: { count: 3, left: 1, watch: 0, blank: 1 },
      byLooks: 0,
    });
    expect(formSignals([...innocent, ...concerns], [])).to.equal(null);
  });

  it('leave out a case that did not come to its end: it has been judged by nobody yet', () => {
    const score = { steps: 4, right: 1, unsafe: [], ending: null, passed: false };
    const open = { ...slot('concern', 'open'), case: score };
    expect(told([...concerns, open])?.concern).to.include({ count: 3, blank: 1 });
    const ended = { ...open, case: { ...score, ending: 'passed-on' as const } };
    expect(told([...concerns, ended])?.concern).to.include({ count: 4, blank: 0 });
  });

  it('tell how many were noted only, and which decisions were the right step whatever they are worth', () => {
    const decided = (of: ReturnType<typeof slot>, more: Partial<Signal>) => ({
      ...of,
      signal: { ...of.signal, ...more },
    });
    const form = [
      decided(slot('concern', 'hit', 60), { decided: 'exact' }),
      decided(slot('concern', 'hit', 40), { decided: 'other' }),
      decided(slot('concern', 'miss'), { decided: 'other', shade: 'late' }),
      decided(slot('no-concern', 'rejection'), { decided: 'other', shade: 'watch' }),
      decided(slot('no-concern', 'rejection', 60), { decided: 'exact' }),
      decided(slot('no-concern', 'alarm'), { decided: 'other' }),
    ];
    expect(told(form)).to.deep.equal({
      concern: { count: 3, acted: 2, right: 1, late: 1, blank: 0 },
      noConcern: { count: 3, left: 2, watch: 1, blank: 0 },
      byLooks: 0,
    });
  });

  it('never tell more right than acted on, nor more than there are', () => {
    const slots = fc.array(
      fc
        .tuple(
          fc.constantFrom('concern' as const, 'no-concern' as const),
          fc.constantFrom<SignalOutcome>('hit', 'miss', 'alarm', 'rejection', 'open'),
          fc.constantFrom(0, 50, 100),
        )
        .map(each => slot(...each)),
    );
    fc.assert(
      fc.property(slots, form => {
        const counts = told(form);
        if (counts?.concern) expect(counts.concern.right <= counts.concern.acted).to.equal(true);
        if (counts?.concern) expect(counts.concern.acted <= counts.concern.count).to.equal(true);
        if (counts?.noConcern) expect(counts.noConcern.left <= counts.noConcern.count).to.equal(true);
      }),
    );
  });
});

describe('what the options of the courses judge', () => {
  const loaded = ownContent();
  const { modules, final } = loaded.content;
  const items: readonly Item[] = [...modules.flatMap(module => module.items), ...(final?.items ?? [])];
  const situations = items.filter(
    item => item.judgement !== undefined && judged(item, undefined).signal !== undefined,
  );

  it('makes most items with a judgement situations, of both kinds in every bank', () => {
    const withJudgement = items.filter(({ judgement }) => judgement !== undefined);
    expect(situations.length / withJudgement.length).to.be.greaterThan(0.9);
    for (const bank of [...modules, ...(final ? [final] : [])]) {
      const kinds = new Set(
        (bank.items as readonly Item[])
          .filter(item => situations.includes(item))
          .map(({ judgement }) => judgement),
      );
      // A bank of decisions has neither: they judge by what is done.
      expect(kinds.size).to.be.oneOf([0, 2]);
    }
  });

  it('makes the right answer a hit or a correct rejection, never by looks', () => {
    for (const item of situations) {
      const { signal, byLooks } = judged(item, rightAnswer(item));
      expect(signal?.outcome, item.id).to.equal(item.judgement === 'concern' ? 'hit' : 'rejection');
      expect(byLooks, item.id).to.equal(undefined);
    }
  });

  it('goes by looks wherever acting breaks the rule on looks and there is no concern', () => {
    const onLooks = situations.filter(item => item.critical === 'never-8' && item.judgement === 'no-concern');
    expect(onLooks.length).to.be.greaterThan(10);
    for (const item of onLooks)
      for (const { id, judges } of optionsOf(item).filter(({ judges }) => judges !== undefined))
        expect(['appearance', 'no-concern'], `${item.id} ${id}`).to.include(judges);
  });
});
