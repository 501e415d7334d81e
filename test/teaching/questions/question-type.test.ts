import { expect } from 'chai';
import fc from 'fast-check';
import { answerSchema } from '../../../server/teaching/questions/answer.js';
import type { Answer } from '../../../server/teaching/questions/answer.js';
import { FULL_POINTS } from '../../../server/teaching/questions/question-type.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import {
  arbitraryItems,
  completeAnswers,
  hostileForm,
  OPTION_IDS,
  ROW_FIELDS,
  said,
  sampleDecision,
} from './samples.js';
import type { Sample } from './samples.js';
import { DISPOSITIONS, opposite } from '../../../server/teaching/questions/types/decision/dispositions.js';

/** What holds for every kind of question, present and to come. */
describe('question types', () => {
  it('each have arbitrary items to be tested with', () => {
    // Kinds that are not answered by options have properties, and tests, of their own.
    const others = ['scenario', 'report', 'spot'];
    const tested = questionTypes.names.filter(name => !others.includes(name));
    expect(Object.keys(arbitraryItems)).to.have.members(tested);
  });

  for (const [name, items] of Object.entries(arbitraryItems)) {
    describe(name, () => {
      const kind = questionTypes.named(name);

      it('accepts its own items and gives them back unchanged', () => {
        fc.assert(
          fc.property(items, item => {
            expect(kind.itemSchema.parse(item)).to.deep.equal(item);
          }),
        );
      });

      it('refuses items with unknown keys, other types and empty texts', () => {
        fc.assert(
          fc.property(items, item => {
            for (const fault of [
              { extra: 1 },
              { type: 'other' },
              { stem: ' ' },
              { critical: true },
              { level: 'x' },
            ]) {
              expect(kind.itemSchema.safeParse({ ...item, ...fault }).success).to.equal(false);
            }
          }),
        );
      });

      it('refuses keys that name no option or one twice, and options that share an id', () => {
        fc.assert(
          fc.property(items, item => {
            const [first, ...others] = item.options;
            const faults: unknown[] = [
              { key: [] },
              { key: item.key.map(() => 'z') },
              { key: [...item.key, ...item.key] },
              { options: [first, first, ...others] },
              { options: [{ ...first, id: '__proto__' }, ...others] },
            ];
            for (const fault of faults) {
              expect(kind.itemSchema.safeParse(Object.assign({}, item, fault)).success).to.equal(false);
            }
          }),
        );
      });

      it('gives full points for the correct response, which is complete and stays so when stored', () => {
        fc.assert(
          fc.property(items, item => {
            const response = answerSchema.parse(JSON.parse(JSON.stringify(kind.correctResponse(item))));
            expect(kind.grade(item, response)).to.equal(FULL_POINTS);
            expect(kind.isComplete(item, response)).to.equal(true);
            expect(kind.same(response, kind.correctResponse(item))).to.equal(true);
          }),
        );
      });

      it('reads the correct response from a form', () => {
        fc.assert(
          fc.property(items, item => {
            const response = kind.correctResponse(item);
            expect(kind.parse({ ...response, _csrf: 'x', sequence: '0' }, item)).to.deep.equal({
              ok: true,
              response,
            });
          }),
        );
      });

      it('reads the wrong response from a form: it is complete and does not earn full points', () => {
        fc.assert(
          fc.property(items, item => {
            const response = kind.wrongResponse(item);
            expect(kind.parse({ ...response }, item)).to.deep.equal({ ok: true, response });
            expect(kind.isComplete(item, response)).to.equal(true);
            expect(kind.grade(item, response)).to.be.lessThan(FULL_POINTS);
          }),
        );
      });

      it('gives full points to nothing else, and no points to an empty answer', () => {
        fc.assert(
          fc.property(items, arbitraryAnswer, (item, response) => {
            const points = kind.grade(item, response);
            expect(Number.isInteger(points) && points >= 0 && points <= FULL_POINTS).to.equal(true);
            if (points === FULL_POINTS)
              expect(holds(item, response, kind.correctResponse(item))).to.equal(true);
            expect(kind.grade(item, {})).to.equal(0);
            expect(kind.isComplete(item, {})).to.equal(false);
          }),
        );
      });

      it('knows every rule that an answer can break, and no other', () => {
        fc.assert(
          fc.property(items, fc.constantFrom(false as const, 'never-2' as const), (item, critical) => {
            const asked = { ...item, critical };
            const broken = completeAnswers(item).flatMap(response => kind.unsafe(asked, response));
            const missed = kind.ruleOfMiss(asked);
            expect(kind.canBreak(asked)).to.have.members([
              ...new Set([...broken, ...(missed ? [missed] : [])]),
            ]);
          }),
          { numRuns: 20 },
        );
      });

      it('never throws on a form, and never scores one that is not an answer', () => {
        fc.assert(
          fc.property(items, hostileForm, (item, form) => {
            const parsed = kind.parse(form, item);
            if (!parsed.ok) {
              expect(parsed.problem).to.be.oneOf(['missing', 'too-many', 'unreadable']);
              return;
            }
            expect(answerSchema.parse(JSON.parse(JSON.stringify(parsed.response)))).to.deep.equal(
              parsed.response,
            );
            const points = kind.grade(item, parsed.response);
            expect(Number.isInteger(points) && points >= 0 && points <= FULL_POINTS).to.equal(true);
            const correct = kind.same(parsed.response, kind.correctResponse(item));
            expect(points === FULL_POINTS).to.equal(correct);
            if (points > 0) expect(rightInForm(form, kind.correctResponse(item))).to.be.greaterThan(0);
          }),
          { numRuns: 1000 },
        );
      });

      it('explains every option once, with its feedback, and marks what was given', () => {
        fc.assert(
          fc.property(items, arbitraryAnswer, (item, response) => {
            const rows = kind.explain(item, kind.correctResponse(item), said);
            const feedback = [
              ...item.options.map(each => each.feedback),
              ...Object.values(item.feedback ?? {}),
            ];
            expect(rows.map(row => row.feedback)).to.have.members(feedback);
            expect(rows.filter(row => row.chosen)).to.deep.equal(rows.filter(row => row.correct));
            expect(rows.filter(row => row.instead !== null)).to.deep.equal([]);
            const rights = item.key.length + (item.disposition === undefined ? 0 : 1);
            expect(rows.filter(row => row.correct).length).to.equal(rights);
            expect(kind.explain(item, response, said).map(row => row.text)).to.deep.equal(
              rows.map(row => row.text),
            );
            expect(kind.explain(item, {}, said).some(row => row.chosen || row.instead !== null)).to.equal(
              false,
            );
          }),
        );
      });

      it('knows what guessing earns: the mean over all complete answers', () => {
        fc.assert(
          fc.property(items, item => {
            const answers = completeAnswers(item);
            const points = answers.map(answer => kind.grade(item, answer));
            const mean = points.reduce((sum, each) => sum + each, 0) / points.length / FULL_POINTS;
            expect(answers.every(answer => kind.isComplete(item, answer))).to.equal(true);
            expect(kind.guessScore(item)).to.be.closeTo(mean, 1e-9);
          }),
          { numRuns: 12 },
        );
      });

      it('gives nothing for choosing everything', () => {
        fc.assert(
          fc.property(items, item => {
            const ids = item.options.map(option => option.id);
            for (const truth of ['true', 'false', ['true', 'false']]) {
              const form = { choice: ids, reason: ids, truth, disposition: [...DISPOSITIONS], fact: ids };
              expect(kind.parse(form, item)).to.have.property('ok', false);
              expect(kind.grade(item, form)).to.equal(0);
            }
          }),
        );
      });

      it('presents every option once in the given order, and nothing that depends on the secrets', () => {
        fc.assert(
          fc.property(items, fc.integer(), (item, turn) => {
            const order = rotate(
              item.options.map(option => option.id),
              turn,
            );
            const presented = kind.present(item, order);
            expect(presented.options.map(option => option.id)).to.deep.equal(order);
            expect(JSON.stringify(presented)).not.to.match(/SECRET|"key"|"truth"|"feedback"/);
            expect(kind.present(withOtherSecrets(item), order)).to.deep.equal(presented);
          }),
        );
      });

      it('refuses to present in an order that is not one of the item', () => {
        fc.assert(
          fc.property(items, item => {
            const ids = item.options.map(option => option.id);
            for (const order of [
              [],
              ids.slice(1),
              [...ids, 'a'],
              ids.map(() => 'a'),
              ['z', ...ids.slice(1)],
            ]) {
              expect(() => kind.present(item, order)).to.throw(RangeError);
            }
          }),
        );
      });

      it('summarises any answer, without feedback', () => {
        fc.assert(
          fc.property(items, arbitraryAnswer, (item, response) => {
            expect(JSON.stringify(kind.summarise(item, response, said))).not.to.include('SECRET');
          }),
        );
      });

      it('finds an answer the same as itself and other than every other', () => {
        fc.assert(
          fc.property(arbitraryAnswer, arbitraryAnswer, (a, b) => {
            expect(kind.same(a, { ...a })).to.equal(true);
            expect(kind.same(a, b)).to.equal(kind.same(b, a));
            if (!kind.same(a, b)) expect(a).not.to.deep.equal(b);
          }),
        );
      });
    });
  }
});

const ids = fc.constantFrom(...OPTION_IDS);
const arbitraryAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record(
    {
      choice: fc.oneof(ids, fc.shuffledSubarray(OPTION_IDS)),
      truth: fc.constantFrom('true', 'false'),
      reason: ids,
      disposition: fc.constantFrom(...DISPOSITIONS),
      fact: ids,
    },
    { requiredKeys: [] },
  ),
  fc.dictionary(
    fc.constantFrom(...ROW_FIELDS),
    fc.oneof(ids, fc.constantFrom('1', '2', '3', '4', '5', '6'), fc.array(ids)),
  ),
  fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
);

/** Does an answer give, in every field, just what another one gives? */
function holds(item: Sample, answer: Answer, other: Answer): boolean {
  // In a list, a choice named twice is one choice, and what is no option of the item is none: no form leaves either.
  const isOption = (value: string) => item.options.some(({ id }) => id === value);
  const given = (value: Answer[string] = []) =>
    typeof value === 'string' ? value : [...new Set(value.filter(isOption))].sort().join();
  return Object.entries(other).every(([name, value]) => given(answer[name]) === given(value));
}

/** How many values of the correct response a form truly holds, as own texts under the fields of our pages. */
function rightInForm(form: unknown, correct: Answer): number {
  const fields = form as Record<string, unknown>;
  return Object.entries(correct).flatMap(([name, values]) => {
    const given = Object.hasOwn(fields, name) ? [fields[name]].flat() : [];
    return [values].flat().filter(value => given.includes(value));
  }).length;
}

function withOtherSecrets(item: Sample): Sample {
  const others = item.options.map(option => option.id).filter(id => !item.key.includes(id));
  const key = [...others, ...item.key.toReversed()].slice(0, item.key.length);
  const options = item.options.map(option => ({ ...option, feedback: 'Quite another word' }));
  return {
    ...item,
    key,
    options,
    ...(item.truth === undefined ? {} : { truth: !item.truth }),
    ...(item.disposition === undefined ? {} : sampleDecision(opposite(item.disposition))),
  };
}

function rotate(values: readonly string[], turn: number): string[] {
  const by = Math.abs(turn) % values.length;
  return [...values.slice(by), ...values.slice(0, by)];
}
