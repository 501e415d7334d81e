import type { Rule } from '../requirement-rule.js';
import { dayInText, type RuleWords } from './rule-sentence.js';

/** What a rule says besides its sentence, each with its label. */
export function ruleDetails(rule: Rule, words: RuleWords): { label: string; value: string }[] {
  const { t } = words;
  const said = [
    ['mode', t(`requirements.mode.${rule.mode}`)],
    ['grace', graceText(rule, words)],
    ['reminders', remindersText(rule, words)],
    ['leave', leaveText(rule, words)],
    ['notice', t('requirements.days', { count: rule.noticeDays })],
    ...rule.material.map(change => ['material', materialText(change, words)] as const),
    ...(rule.source === '' ? [] : [['source', rule.source] as const]),
  ] as const;
  return said.map(([name, value]) => ({ label: t(`requirements.detail.${name}`), value }));
}

function graceText({ graceDays, graceCounts, renewal }: Rule, { t }: RuleWords): string {
  if (graceDays === 0 || renewal.kind === 'once') return t('requirements.noGrace');
  return t(`requirements.grace-${graceCounts ? 'counts' : 'apart'}`, {
    days: t('requirements.days', { count: graceDays }),
  });
}

const remindersText = ({ reminders }: Rule, { t }: RuleWords): string =>
  reminders.length === 0
    ? t('requirements.noReminders')
    : t('requirements.remindersBefore', { items: reminders.map(String) });

const leaveText = ({ leave }: Rule, { t }: RuleWords): string =>
  leave.due === 'stays'
    ? t('requirements.leave.stays')
    : t('requirements.leave.after-return', { count: leave.days });

const materialText = (
  { course, version, by }: Rule['material'][number],
  { t, locale, courseTitle }: RuleWords,
): string =>
  t('requirements.materialChange', { course: courseTitle(course), version, day: dayInText(by, locale) });
