import { spoken } from '../../../platform/i18n/spoken.js';
import { isInvite, isNudge } from './stages.js';

/** A stage of a reminder in words. */
export function stageWords(stage: string): string {
  if (isNudge(stage)) return spoken('reminderLog.stage.nudge');
  if (isInvite(stage)) return spoken('reminderLog.stage.invite');
  const days = /^before-(\d+)$/.exec(stage)?.[1];
  return days === undefined
    ? spoken(`reminderLog.stage.${stage as 'in-grace' | 'overdue' | 'overdue-14'}`)
    : spoken('reminderLog.stage.before', { count: Number(days) });
}
