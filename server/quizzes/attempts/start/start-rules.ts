import type { QuizPolicy } from '../../../courses/content/schema/policy-schema.js';
import type { Translate } from '../../../i18n/i18n.js';
import type { JobName } from '../../../questions/jobs.js';
import type { Quiz } from '../../quiz-model.js';
import type { Standing } from '../limits.js';
import { lengthInWords } from '../time/time-texts.js';

/** The rules of a quiz, told before anybody starts. `job`: that of the open attempt. */
export function startRules(
  { policy, scenarios, remediated }: Quiz,
  standing: Standing,
  {
    hasExtra,
    isPaused,
    hasTrial,
    job,
  }: { hasExtra: boolean; isPaused: boolean; hasTrial: boolean; job: JobName | null },
  t: Translate,
): string[] {
  return [
    ...(job ? [t('job.fixed', { job: t(`job.name.${job}`) })] : []),
    t(policy.timeLimit === null ? 'quiz.rule.saved' : 'limits.rule.saved'),
    t('quiz.rule.safety'),
    ...(remediated.size > 0 ? [t('limits.rule.remediation')] : []),
    ...(scenarios.length > 0 ? [t('quiz.rule.case')] : []),
    ...(hasTrial ? [t('quiz.rule.trial')] : []),
    triesText(standing, t),
    ...waitRule(policy, t),
    ...clockRules(policy, { hasExtra, isPaused }, t),
  ];
}

function waitRule({ coolDown }: QuizPolicy, t: Translate): string[] {
  if (!coolDown) return [];
  const time = lengthInWords(coolDown.minutes, t);
  return [t(coolDown.grows ? 'limits.rule.waitGrows' : 'limits.rule.wait', { time })];
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

/** How many tries are left, and of how many. The open one is counted separately: it is neither left nor used. */
function triesText({ isOpen, left, allowed }: Standing, t: Translate): string {
  if (left === null || allowed === null) return t('quiz.rule.tries');
  if (isOpen)
    return t(left === 0 ? 'limits.rule.lastTry' : 'limits.rule.afterThis', { left, count: allowed });
  if (left === 0) return t('limits.rule.used', { count: allowed });
  return t(left === allowed ? 'limits.rule.attempts' : 'limits.rule.left', { left, count: allowed });
}
