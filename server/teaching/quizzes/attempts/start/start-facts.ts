import { answeringSeconds, inMinutes } from '../../../courses/cards.js';
import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { TriesLeft } from '../limits.js';
import type { Quiz } from '../../quiz-model.js';
import { lengthInWords } from '../time/time-texts.js';
import { triesInShort } from './tries-text.js';

/** What a learner wants to know before they start, at a glance; `startRules` holds the rules behind it. */
export function startFacts(
  quiz: Quiz,
  standing: TriesLeft,
  { questions }: { questions: number },
  t: Translate,
): { label: string; value: string }[] {
  const { pass, practice, scenarios, policy } = quiz;
  const facts = {
    questions: scenarios.length > 0 ? t('quiz.fact.withCase', { questions }) : String(questions),
    pass: practice ? t('quiz.fact.practice') : t('quiz.fact.right', { pass }),
    time: t('quiz.fact.minutes', { count: inMinutes(answeringSeconds(quiz)) }),
    attempts: triesInShort(policy, standing, t),
    countdown: policy.timeLimit === null ? t('quiz.fact.none') : lengthInWords(policy.timeLimit, t),
  };
  return Object.entries(facts).map(([name, value]) => ({ label: t(`quiz.fact.label.${name}`), value }));
}
