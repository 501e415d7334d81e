import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { Item } from '../../../questions/item.js';
import { questionTypes } from '../../../questions/question-types.js';
import { suitableCases } from '../../drawing/draw-case.js';
import type { Quiz } from '../../quiz-model.js';

/**
 * What nobody may answer and pass. Some questions name the choices that are unsafe; in safety questions that name none, every wrong
 * answer is one.
 */
export function safetyRules({ items }: Pick<Quiz, 'items'>, t: Translate): string[] {
  const counted = items.filter(({ status }) => status !== 'trial');
  const isStrict = counted.some(item => questionTypes.of(item).ruleOfMiss(item) !== false);
  const isNamed = counted.some(namesUnsafe);
  if (isNamed) return [t(isStrict ? 'quiz.rule.unsafeOrMissed' : 'quiz.rule.unsafe')];
  return isStrict ? [t('quiz.rule.safety')] : [];
}

function namesUnsafe(item: Item): boolean {
  const type = questionTypes.of(item);
  if (type.ruleOfMiss(item) !== false) return false;
  return item.critical !== false || type.unsafe(item, type.wrongResponse(item)).length > 0;
}

/** In what the next form differs, so that nobody counts what they answered: the questions stand with the number of tries. */
export function formRules(
  { scenarios, decisions, job = null }: Pick<Quiz, 'scenarios' | 'decisions' | 'job'>,
  t: Translate,
): string[] {
  const { count: _, ...ranges } = decisions ?? { count: 0 };
  const varies = Object.values(ranges).some(([least, most]) => least < most);
  return [
    ...(suitableCases(scenarios, job).length > 1 ? [t('quiz.rule.otherCase')] : []),
    ...(varies ? [t('quiz.rule.counts')] : []),
  ];
}
