import type { BankShare } from '../../../content/bounds.js';
import type { QuizPolicy } from '../../../content/schema/policy-schema.js';
import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { JobName } from '../../../questions/jobs.js';
import type { Quiz } from '../../quiz-model.js';
import { formRules, safetyRules } from './form-rules.js';
import type { TriesLeft } from '../limits.js';
import { lengthInWords } from '../time/time-texts.js';
import { triesRules } from './tries-text.js';

/** The rules of a quiz, told before anybody starts. `job`: that of the open attempt. */
export function startRules(
  quiz: Quiz,
  standing: TriesLeft,
  {
    hasExtra,
    isPaused,
    hasTrial,
    job,
  }: { hasExtra: boolean; isPaused: boolean; hasTrial: boolean; job: JobName | null },
  t: Translate,
): string[] {
  const { policy, practice, scenarios, remediated, from = [], draw } = quiz;
  return [
    ...(job ? [t('job.fixed', { job: t(`job.name.${job}`) })] : []),
    t(policy.timeLimit === null ? 'quiz.rule.saved' : 'limits.rule.saved'),
    ...partRules(from, draw, t),
    ...(practice ? [] : safetyRules(quiz, t)),
    ...(remediated.size > 0 ? [t(practice ? 'quiz.rule.practice' : 'limits.rule.remediation')] : []),
    ...(scenarios.length > 0 ? [t('quiz.rule.case')] : []),
    ...(hasTrial ? [t('quiz.rule.trial')] : []),
    ...formRules(quiz, t),
    ...triesRules(policy, standing, t),
    ...clockRules(policy, { hasExtra, isPaused }, t),
  ];
}

/** How many questions each part of a form has, where it has parts: a renewal asks all modules in one. */
function partRules(from: readonly BankShare[], draw: number, t: Translate): string[] {
  const work = from.reduce((sum, { count }) => sum + count, 0);
  if (work === 0 || work === draw) return [];
  return [t('part.rule', { work, course: draw - work })];
}

function clockRules(
  { timeLimit }: QuizPolicy,
  { hasExtra, isPaused }: { hasExtra: boolean; isPaused: boolean },
  t: Translate,
): string[] {
  if (timeLimit === null) return [t('quiz.rule.clock')];
  return [
    t('limits.rule.time', { time: lengthInWords(timeLimit, t) }),
    ...(isPaused ? [] : [t('limits.rule.runsOn')]),
    ...(hasExtra ? [t('limits.rule.extra')] : []),
  ];
}
