import type { Confidence } from '../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  next,
  type AttemptAction,
  type AttemptState,
  type Decision,
} from '../../../../server/teaching/quizzes/attempts/state.js';
import { sameAnswer } from '../../../../server/teaching/questions/answer.js';

const NOON = Date.UTC(2026, 5, 1, 12);
const SECOND = 1000;
const SLOTS = [1, 2, 3];

/** An answer, and how sure of it somebody was. */
interface Said {
  readonly choice: string;
  readonly confidence: Confidence | null;
}

/** What anybody would expect, in words of a notebook: per question the answers that were kept, and when it ended. */
interface Notebook {
  readonly deadline: number | null;
  readonly grace: number;
  readonly answers: Map<number, Said[]>;
  submittedAt: number | null;
}

/** The same for both: the time, and what each tab has on its screen and has sent last. */
interface Desk {
  now: number;
  readonly tabs: { readonly seen: Map<number, number>; last: Sent | null }[];
}

interface Sent extends Said {
  readonly slot: number;
  readonly sequence: number;
}

type Model = Notebook & Desk;
interface Real {
  state: AttemptState;
}

/** Every decision that any walk has met; each must be met. */
const met = new Set<Decision['kind']>();

/** Looks at the state as one that knows nothing of how it came to be. */
function isLegal({ slots, submittedAt, deadline, grace }: AttemptState): boolean {
  return (
    slots.map(({ slot }) => slot).join() === SLOTS.join() &&
    slots.every(
      ({ sequence, response }) =>
        Number.isInteger(sequence) && sequence >= 0 && (sequence === 0) === (response === null),
    ) &&
    (submittedAt === null || Number.isInteger(submittedAt)) &&
    (deadline === null || deadline > NOON) &&
    grace >= 0
  );
}

function agree(model: Model, { state }: Real): void {
  expect(isLegal(state)).to.equal(true);
  expect(state).to.deep.equal({
    submittedAt: model.submittedAt,
    deadline: model.deadline,
    grace: model.grace,
    slots: SLOTS.map(slot => {
      const kept = model.answers.get(slot) ?? [];
      const last = kept.at(-1);
      if (!last) return { slot, sequence: 0, response: null };
      return { slot, sequence: kept.length, response: { choice: last.choice }, confidence: last.confidence };
    }),
  });
}

/** One thing that happens at the desk: to the notebook and to the rules, which must then say the same. */
abstract class Step implements fc.Command<Model, Real> {
  check(_model: Readonly<Model>): boolean {
    return true;
  }

  run(model: Model, real: Real): void {
    this.happen(model, real);
    agree(model, real);
  }

  abstract happen(model: Model, real: Real): void;
  abstract toString(): string;
}

function send(model: Model, real: Real, sent: Sent): Decision {
  const before = structuredClone(real.state);
  const action: AttemptAction = {
    kind: 'save',
    slot: sent.slot,
    sequence: sent.sequence,
    response: { choice: sent.choice },
    confidence: sent.confidence,
    same: sameAnswer,
  };
  const decision = next(real.state, action, model.now);
  met.add(decision.kind);
  expect(real.state, 'the state that was given').to.deep.equal(before);
  expect(decision.kind).to.equal(expectedOf(model, sent));
  const kept = model.answers.get(sent.slot);
  if (decision.kind === 'stale') expect(decision.sequence).to.equal(kept?.length);
  if (decision.kind === 'keep') {
    kept?.push({ choice: sent.choice, confidence: sent.confidence });
    real.state = decision.state;
  }
  return decision;
}

function expectedOf(model: Model, { slot, sequence, choice, confidence }: Sent): Decision['kind'] {
  const kept = model.answers.get(slot);
  if (model.submittedAt !== null) return 'closed';
  if (!kept) return 'invalid-slot';
  if (model.deadline !== null && model.now > model.deadline + model.grace) return 'out-of-time';
  const last = kept.at(-1);
  if (last?.choice === choice && last.confidence === confidence) return 'same';
  return sequence === kept.length ? 'keep' : 'stale';
}

class Save extends Step {
  constructor(
    readonly tab: number,
    readonly slot: number,
    readonly said: Said,
  ) {
    super();
  }

  happen(model: Model, real: Real): void {
    const tab = model.tabs[this.tab]!;
    const sent = { slot: this.slot, sequence: tab.seen.get(this.slot) ?? 0, ...this.said };
    tab.last = sent;
    if (send(model, real, sent).kind === 'keep') tab.seen.set(this.slot, sent.sequence + 1);
  }

  toString = () => `tab ${this.tab} answers ${this.slot} with ${JSON.stringify(this.said)}`;
}

/** The reply was lost, or the button was pressed twice: the same bytes again. */
class Resend extends Step {
  constructor(readonly tab: number) {
    super();
  }

  override check = ({ tabs }: Readonly<Model>) => tabs[this.tab]?.last != null;

  happen(model: Model, real: Real): void {
    send(model, real, model.tabs[this.tab]!.last!);
  }

  toString = () => `tab ${this.tab} sends again`;
}

class Forge extends Step {
  constructor(readonly sent: Sent) {
    super();
  }

  happen(model: Model, real: Real): void {
    send(model, real, this.sent);
  }

  toString = () => `somebody sends ${JSON.stringify(this.sent)}`;
}

class Reload extends Step {
  constructor(readonly tab: number) {
    super();
  }

  happen({ tabs, answers }: Model): void {
    for (const [slot, kept] of answers) tabs[this.tab]!.seen.set(slot, kept.length);
  }

  toString = () => `tab ${this.tab} loads anew`;
}

class Wait extends Step {
  constructor(readonly ms: number) {
    super();
  }

  happen(model: Model): void {
    model.now += this.ms;
  }

  toString = () => `${this.ms} ms pass`;
}

/** To the very edge: the last moment in which an answer counts, and the first in which it does not. */
class WaitForEnd extends Step {
  constructor(readonly past: number) {
    super();
  }

  override check = ({ deadline, grace, now }: Readonly<Model>) =>
    deadline !== null && now < deadline + grace + this.past;

  happen(model: Model): void {
    model.now = (model.deadline ?? 0) + model.grace + this.past;
  }

  toString = () => `time passes to ${this.past} ms after the end`;
}

class Submit extends Step {
  happen(model: Model, real: Real): void {
    const decision = next(real.state, { kind: 'submit' }, model.now);
    met.add(decision.kind);
    expect(decision.kind).to.equal(model.submittedAt === null ? 'keep' : 'same');
    model.submittedAt ??= model.now;
    if (decision.kind === 'keep') real.state = decision.state;
  }

  toString = () => 'submits';
}

describe('an attempt beside its notebook, at random', () => {
  const tab = fc.constantFrom(0, 1);
  const slot = fc.constantFrom(1, 1, 1, 2, 3, 0, 4, -1, 1.5, NaN);
  const said = fc.record({
    choice: fc.constantFrom('a', 'b', 'c'),
    confidence: fc.constantFrom<Confidence | null>(null, null, 'sure', 'guess'),
  });
  const steps = fc.commands(
    [
      // As often as it is named.
      ...[1, 2, 3].map(() => fc.tuple(tab, slot, said).map(given => new Save(...given))),
      tab.map(n => new Resend(n)),
      tab.map(n => new Reload(n)),
      fc
        .tuple(fc.record({ slot, sequence: fc.constantFrom(0, 1, 2, 3, -1, NaN, Infinity) }), said)
        .map(([place, answer]) => new Forge({ ...place, ...answer })),
      fc.integer({ min: 1, max: 90 * SECOND }).map(ms => new Wait(ms)),
      fc.constantFrom(-1, 0, 1).map(past => new WaitForEnd(past)),
      fc.constant(new Submit()),
    ],
    { size: 'max', maxCommands: 60 },
  );
  const limits = fc.record({
    deadline: fc.option(fc.integer({ min: 1, max: 600 }).map(seconds => NOON + seconds * SECOND)),
    grace: fc.constantFrom(0, 1, 30 * SECOND),
  });

  it('never reaches a state that may not be, nor one that the notebook does not have', () => {
    fc.assert(
      fc.property(limits, steps, (limit, commands) => {
        const setup = () => ({
          model: {
            ...limit,
            answers: new Map(SLOTS.map(each => [each, [] as Said[]])),
            submittedAt: null,
            now: NOON,
            tabs: [0, 1].map(() => ({ seen: new Map<number, number>(), last: null })),
          } as Model,
          real: {
            state: {
              ...limit,
              submittedAt: null,
              slots: SLOTS.map(each => ({ slot: each, sequence: 0, response: null })),
            } as AttemptState,
          },
        });
        fc.modelRun(setup, commands);
      }),
      { numRuns: 500 },
    );
    expect([...met]).to.have.members(['keep', 'same', 'stale', 'out-of-time', 'closed', 'invalid-slot']);
  });
});
