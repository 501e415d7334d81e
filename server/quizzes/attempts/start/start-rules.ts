import type { QuizPolicy } from '../../../courses/content/schema/policy-schema.js';
import type { Translate } from '../../../i18n/i18n.js';
import type { JobName } from '../../../questions/jobs.js';
import type { Quiz } from '../../quiz-model.js';
import { formRules, safetyRules } from './form-rules.js';
import type { Standing } from '../limits.js';
import { lengthInWords } from '../time/time-texts.js';
import { triesRules } from './tries-text.js';

/** The rules of a quiz, told before anybody starts. `job`: that of the open attempt. */
export function startRules(
  quiz: Quiz,
  standing: Standing,
  {
    hasExtra,
    isPaused,
    hasTrial,
    job,
  }: { hasExtra: boolean; isPaused: boolean; hasTrial: boolean; job: JobName | null },
  t: Translate,
): string[] {
  const { policy, scenarios, remediated } = quiz;
  return [
    ...(job ? [t('job.fixed', { job: t(`job.name.${job}`) })] : []),
    t(policy.timeLimit === null ? 'quiz.rule.saved' : 'limits.rule.saved'),
    ...safetyRules(quiz, t),
    ...(remediated.size > 0 ? [t('limits.rule.remediation')] : []),
    ...(scenarios.length > 0 ? [t('quiz.rule.case')] : []),
    ...(hasTrial ? [t('quiz.rule.trial')] : []),
    ...formRules(quiz, t),
    ...triesRules(policy, standing, t),
    ...clockRules(policy, { hasExtra, isPaused }, t),
  ];
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
