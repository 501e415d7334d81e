import type { Translate } from '../i18n/i18n.js';
import type { AttemptFacts } from './attempts.js';
import { itemIn, type Kept, type Quiz } from './quiz.js';
import type { Item, OptionItem } from './types/item.js';
import type { Answer } from './types/answer.js';

/** Addresses of one attempt. */
export const attemptAddresses = (id: string) => ({
  result: `/attempts/${id}`,
  question: (slot: number) => `/attempts/${id}/questions/${slot}`,
  answer: (slot: number) => `/attempts/${id}/answers/${slot}`,
  review: `/attempts/${id}/review`,
  submission: `/attempts/${id}/submission`,
});

/** The values of a question page. Holds nothing of the key. */
export function questionValues(
  attempt: AttemptFacts,
  quiz: Quiz,
  kept: readonly Kept[],
  slot: number,
  t: Translate,
) {
  const drawn = attempt.form[slot - 1];
  if (!drawn) throw new RangeError(`The form has no slot ${slot}`);
  const { item, type } = itemIn(quiz, drawn);
  const to = attemptAddresses(attempt.id);
  const own = kept.find(each => each.slot === slot);
  return {
    attempt: { id: attempt.id },
    position: slot,
    total: attempt.form.length,
    slots: attempt.form.map((_, index) => ({
      position: index + 1,
      href: to.question(index + 1),
      state: index + 1 === slot ? 'now' : kept.some(each => each.slot === index + 1) ? 'done' : 'open',
    })),
    item: { ...type.present(item, drawn.optionOrder), hint: hintFor(item, t) },
    response: own?.response ?? null,
    sequence: own?.sequence ?? 0,
    back: slot > 1 ? { href: to.question(slot - 1), text: t('question.back', { position: slot - 1 }) } : null,
    action: to.answer(slot),
    stale: null as { yours: string } | null,
    error: null as string | null,
    saved: null as { time: string } | null,
  };
}

/** How many to choose, and how it is counted, said on the page. */
function hintFor(item: Item, t: Translate): string {
  if (item.type !== 'multiple') return item.type === 'single' ? t('question.chooseOne') : '';
  const count = (item as OptionItem).key.length;
  return t(item.critical === false ? 'question.chooseCount' : 'question.chooseCountAll', { count });
}

/** An answer in words, for a page that says what was not saved. */
export function inWords(
  quiz: Quiz,
  attempt: AttemptFacts,
  slot: number,
  answer: Answer,
  t: Translate,
): string {
  const drawn = attempt.form[slot - 1];
  if (!drawn) return '';
  const { item, type } = itemIn(quiz, drawn);
  const { truth, texts } = type.summarise(item, answer);
  const said = truth === null ? [] : [t(truth ? 'question.true' : 'question.false')];
  return [...said, ...texts].join(' · ');
}
