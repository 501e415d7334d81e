import { spoken } from '../../i18n/spoken.js';
import { isNudge } from './stages.js';

/** A stage of a reminder in words. */
export function stageWords(stage: string): string {
  if (isNudge(stage)) return spoken('reminderLog.stage.nudge');
  const days = /^before-(\d+)$/.exec(stage)?.[1];
  return days === undefined
    ? spoken(`reminderLog.stage.${stage as 'in-grace' | 'overdue' | 'overdue-14'}`)
    : spoken('reminderLog.stage.before', { count: Number(days) });
}
