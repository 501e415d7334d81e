import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { LEVELS } from '../../../../server/teaching/questions/levels.js';
import type { Drawable, FormBlueprint } from '../../../../server/teaching/quizzes/drawing/blueprint.js';
import { drawForm } from '../../../../server/teaching/quizzes/drawing/draw-form.js';

/** A bank of one shape for ever; its numbers share no factor, so that every kind of item is there. */
const bank = (size: number): Drawable[] =>
  Array.from({ length: size }, (_, n) => ({
    id: `M2-${String(n).padStart(3, '0')}`,
    objective: `M2-O${n % 7}`,
    level: LEVELS[(n * 3) % 5] ?? 'apply',
    depth: n % 4 === 0 ? 'full' : 'essentials',
    critical: n % 6 === 1 ? 'never-1' : false,
    options: ['a', 'b', 'c'].map(id => ({ id })),
  }));

type Quiz = Omit<FormBlueprint, 'previous' | 'seed'>;

const QUIZZES: Record<string, Quiz> = {
  small: { items: bank(18), draw: 6, minCritical: 1, depth: 'essentials' },
  promising: {
    items: bank(40),
    draw: 10,
    minCritical: 2,
    levels: { apply: 5, evaluate: 1 },
    objectives: { 'M2-O3': 2, 'M2-O5': 1 },
    depth: 'full',
  },
  scarce: { items: bank(13), draw: 8, minCritical: 2, levels: { analyse: 3 }, depth: 'full' },
};

/** Five learners with four attempts each. */
function formsOf(name: string, quiz: Quiz) {
  return Array.from({ length: 5 }, (_, learner) => {
    const previous: string[][] = [];
    return Array.from({ length: 4 }, (_unused, attempt) => {
      const form = drawForm({ ...quiz, previous, seed: `${name} ${learner} ${attempt}` });
      previous.push(form.map(({ itemId }) => itemId));
      return form;
    });
  });
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Written down before drawing learned anything new: a quiz that asks for nothing new gives the same forms for ever. */
const DIGESTS: Record<string, string> = {
  small: 'aca8270ce32d5327d3ecde8b5366fee8d9cc3cf818db93a310c9b7a3e4ab4636',
  promising: '1f81e0ef3492b2026f3c9d72a74789414b9837fbc52bcf7f1f2c336182b5a893',
  scarce: '2d0129b7b06148f63d573191b1ff05eeb98b7f82facf1e813ae31d8998086e6b',
};
const FIRST_FORM =
  'M2-033 bca, M2-025 cab, M2-037 bca, M2-013 bac, M2-031 cba, M2-024 bca, M2-021 bac, M2-022 cab, M2-034 bac, M2-000 acb';

describe('the forms of a quiz without decisions, jobs or trials', () => {
  for (const [name, quiz] of Object.entries(QUIZZES))
    it(`are the same as ever: ${name}`, () => {
      expect(digest(formsOf(name, quiz))).to.equal(DIGESTS[name]);
    });

  it('begin with the one written here', () => {
    const [first = []] = formsOf('promising', QUIZZES.promising as Quiz)[0] ?? [];
    expect(first.map(({ itemId, optionOrder }) => `${itemId} ${optionOrder.join('')}`).join(', ')).to.equal(
      FIRST_FORM,
    );
  });
});
