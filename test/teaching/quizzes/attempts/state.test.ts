import type { Confidence } from '../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  acceptsAnswers,
  isOutOfTime,
  isSubmitted,
  next,
  unanswered,
} from '../../../../server/teaching/quizzes/attempts/state.js';
import type {
  AttemptAction,
  AttemptState,
  Decision,
} from '../../../../server/teaching/quizzes/attempts/state.js';
import { sameAnswer, type Answer } from '../../../../server/teaching/questions/answer.js';
import { rulesFor } from '../../../../server/teaching/quizzes/quiz.js';
import { scenario } from '../../../../server/teaching/questions/types/scenario/scenario.js';
import { sampleCaseItem, wholePaths } from '../../questions/case-samples.js';

const NOON = Date.UTC(2026, 5, 1, 12);
const MINUTE = 60_000;

function attempt(changes: Partial<AttemptState> = {}): AttemptState {
  const slots = [1, 2, 3].map(slot => ({ slot, sequence: 0, response: null }));
  return { submittedAt: null, deadline: null, grace: 0, slots, ...changes };
}

function save(slot: number, sequence: number, choice: string): AttemptAction {
  return { kind: 'save', slot, sequence, response: { choice }, same: sameAnswer };
}

function kept(decision: Decision): AttemptState {
  if (decision.kind !== 'keep') throw new Error(`Not kept: ${decision.kind}`);
  return decision.state;
}

const submit: AttemptAction = { kind: 'submit' };

describe('an attempt, walked through', () => {
  it('keeps answers and changed answers, and is submitted once', () => {
    let state = attempt();
    expect(acceptsAnswers(state)).to.equal(true);
    expect(unanswered(state)).to.deep.equal([1, 2, 3]);

    state = kept(next(state, save(2, 0, 'a'), NOON));
    expect(state.slots[1]).to.deep.include({ slot: 2, sequence: 1, response: { choice: 'a' } });
    expect(unanswered(state)).to.deep.equal([1, 3]);

    state = kept(next(state, save(2, 1, 'b'), NOON));
    expect(state.slots[1]).to.deep.include({ slot: 2, sequence: 2, response: { choice: 'b' } });

    state = kept(next(state, submit, NOON + MINUTE));
    expect(state.submittedAt).to.equal(NOON + MINUTE);
    expect([acceptsAnswers(state), isSubmitted(state)]).to.deep.equal([false, true]);
    expect(next(state, submit, NOON + 2 * MINUTE)).to.deep.equal({ kind: 'same' });
    expect(next(state, save(1, 0, 'a'), NOON + MINUTE)).to.deep.equal({ kind: 'closed' });
  });

  it('returns `same` for an answer sent twice, also when the first reply was lost', () => {
    const state = kept(next(attempt(), save(1, 0, 'a'), NOON));
    expect(next(state, save(1, 0, 'a'), NOON)).to.deep.equal({ kind: 'same' });
    expect(next(state, save(1, 1, 'a'), NOON)).to.deep.equal({ kind: 'same' });
  });

  it('detects a stale tab and returns the current number', () => {
    const state = kept(next(attempt(), save(1, 0, 'a'), NOON));
    for (const sequence of [0, 2, -1, NaN, 0.5]) {
      expect(next(state, save(1, sequence, 'b'), NOON)).to.deep.equal({ kind: 'stale', sequence: 1 });
    }
  });

  it('keeps a change of how sure somebody is like any other change, with the same rules', () => {
    const sure = (sequence: number, confidence: Confidence | null = 'sure') => ({
      ...save(1, sequence, 'a'),
      confidence,
    });
    const said = kept(next(attempt(), sure(0), NOON));
    expect(said.slots[0]).to.deep.equal({
      slot: 1,
      sequence: 1,
      response: { choice: 'a' },
      confidence: 'sure',
    });
    // Sent again, also by a page that did not hear the first yes.
    for (const sequence of [0, 1]) expect(next(said, sure(sequence), NOON).kind).to.equal('same');
    for (const other of ['guess', null] as const) {
      expect(next(said, sure(0, other), NOON)).to.deep.equal({ kind: 'stale', sequence: 1 });
      const changed = kept(next(said, sure(1, other), NOON)).slots[0];
      expect(changed).to.deep.include({ sequence: 2, response: { choice: 'a' }, confidence: other });
    }
  });

  it('counts each question by itself', () => {
    const state = kept(next(attempt(), save(1, 0, 'a'), NOON));
    expect(next(state, save(2, 0, 'a'), NOON).kind).to.equal('keep');
  });

  it('refuses a slot that the form does not have', () => {
    for (const slot of [0, 4, -1, 1.5, NaN, Infinity]) {
      expect(next(attempt(), save(slot, 0, 'a'), NOON)).to.deep.equal({ kind: 'invalid-slot' });
    }
  });

  it('keeps answers until the deadline and its grace are over, and can be submitted after that', () => {
    const state = attempt({ deadline: NOON, grace: MINUTE });
    expect(next(state, save(1, 0, 'a'), NOON).kind).to.equal('keep');
    expect(next(state, save(1, 0, 'a'), NOON + MINUTE).kind).to.equal('keep');
    expect(next(state, save(1, 0, 'a'), NOON + MINUTE + 1)).to.deep.equal({ kind: 'out-of-time' });
    expect(isOutOfTime(state, NOON + MINUTE)).to.equal(false);
    expect(isOutOfTime(state, NOON + MINUTE + 1)).to.equal(true);
    expect(kept(next(state, submit, NOON + 5 * MINUTE)).submittedAt).to.equal(NOON + 5 * MINUTE);
  });

  it('refuses an answer that may not follow the one that is kept, and changes nothing', () => {
    const mayFollow = (before: Answer | null, sent: Answer) =>
      String(sent.choice) > String(before?.choice ?? '');
    const step = (sequence: number, choice: string): AttemptAction =>
      ({ ...save(1, sequence, choice), mayFollow }) as AttemptAction;
    const state = kept(next(attempt(), step(0, 'b'), NOON));
    expect(next(state, step(1, 'a'), NOON)).to.deep.equal({ kind: 'refused' });
    expect(next(state, step(0, 'a'), NOON)).to.deep.equal({ kind: 'stale', sequence: 1 });
    expect(next(state, step(0, 'b'), NOON)).to.deep.equal({ kind: 'same' });
    expect(next(state, step(1, 'c'), NOON).kind).to.equal('keep');
  });

  it('has all the time without a deadline', () => {
    expect(isOutOfTime(attempt(), Number.MAX_SAFE_INTEGER)).to.equal(false);
  });

  it('leaves the state it was given alone', () => {
    const state = attempt();
    next(state, save(1, 0, 'a'), NOON);
    next(state, submit, NOON);
    expect(state).to.deep.equal(attempt());
  });
});

describe('a case in two tabs, at random', () => {
  const rules = rulesFor({ item: sampleCaseItem, type: scenario });
  const letter = fc.constantFrom('a', 'b', 'c', 'd');
  const tab = fc.constantFrom<0 | 1>(0, 1);
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('decide' as const), tab, choice: letter }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('resend' as const, 'reload' as const), tab }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('forge' as const),
        path: fc.array(letter, { maxLength: 5 }),
        sequence: fc.nat({ max: 5 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'submit' as const }) },
  );
  const couldBe = (path: readonly string[]) =>
    wholePaths().some(whole => path.every((id, at) => whole[at] === id));

  it('only ever grows, by one possible decision at a time', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        let state: AttemptState = { ...attempt(), slots: [{ slot: 1, sequence: 0, response: null }] };
        /** What each tab shows, and what it sent last. */
        const tabs = [0, 1].map(() => ({ path: [] as string[], last: null as AttemptAction | null }));
        const path = () => (state.slots[0]?.response?.path ?? []) as string[];

        for (const each of steps) {
          const before = { path: path(), submittedAt: state.submittedAt };
          const shown = 'tab' in each ? tabs[each.tab]! : null;
          let action: AttemptAction | null = null;
          if (each.do === 'reload') shown!.path = path();
          else if (each.do === 'submit') action = submit;
          else if (each.do === 'resend') action = shown!.last;
          else {
            const sent = 'path' in each ? each.path : [...shown!.path, 'choice' in each ? each.choice : ''];
            const sequence = 'sequence' in each ? each.sequence : shown!.path.length;
            action = { kind: 'save', slot: 1, sequence, response: { path: sent }, ...rules };
            if (shown) shown.last = action;
          }
          if (!action) continue;
          const decision = next(state, action, NOON);
          reached.add(decision.kind);
          if (decision.kind === 'keep') state = decision.state;
          const grown = path().length - before.path.length;
          expect(path().slice(0, before.path.length)).to.deep.equal(before.path);
          expect(grown).to.equal(decision.kind === 'keep' && action.kind === 'save' ? 1 : 0);
          if (before.submittedAt !== null) expect(grown).to.equal(0);
          expect(couldBe(path())).to.equal(true);
          expect(state.slots[0]?.sequence).to.equal(path().length);
        }
      }),
      { numRuns: 500 },
    );
    expect([...reached]).to.have.members(['keep', 'same', 'stale', 'refused', 'closed']);
  });
});
