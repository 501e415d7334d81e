import { isCase, openSlots, questionsIn } from '../quiz.js';
import type { Kept, Quiz } from '../quiz-model.js';
import type { AttemptFacts } from './attempts.js';
import { attemptAddresses } from './question-page.js';

/** The values of the last look: what is still open. `isOnePage`: the learner answers on the page with all questions. */
export function reviewValues(
  { id, form }: AttemptFacts,
  quiz: Quiz,
  kept: readonly Kept[],
  isOnePage: boolean,
) {
  const to = attemptAddresses(id);
  const missing = openSlots(quiz, form, kept).map(position => {
    const drawn = form[position - 1];
    const inCase = drawn !== undefined && isCase(quiz, drawn);
    const href = isOnePage && !inCase ? to.part(position) : to.question(position);
    return { position, isCase: inCase, href };
  });
  const total = questionsIn(quiz, form);
  return {
    answered: total - missing.filter(slot => !slot.isCase).length,
    total,
    missing,
    action: to.submission,
    backHref: isOnePage ? to.questions : to.question(form.length),
  };
}
