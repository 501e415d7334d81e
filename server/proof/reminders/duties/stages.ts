import { daysAfter } from '../../../platform/lib/days.js';
import type { Standing } from '../../requirements/standings.js';

/** `before-30`: from so many days before the due day on. `in-grace`: the cover ended, its grace lasts. `overdue`: neither. */
export type Stage = `before-${number}` | 'in-grace' | 'overdue' | 'overdue-14';

/** The stage of a reminder that somebody sent by hand on a day: once a day for each duty. */
export const nudgeStage = (day: string): string => `nudge-${day}`;

/** The stage of an invitation at once, on a day: to somebody without an account of whom something is asked and who has no link. */
export const inviteStage = (day: string): string => `invite-${day}`;

/** Whether it invited somebody at once. */
export const isInvite = (stage: string): boolean => stage.startsWith('invite-');

/** Whether a reminder was sent by hand. */
export const isNudge = (stage: string): boolean => stage.startsWith('nudge-');

/** Days after which somebody who is overdue is reminded once more. */
const AGAIN_AFTER = 14;

/** The last due day of the duties that stay overdue on a day: whoever manages the person is told of them. */
export const lastingSince = (today: string): string => daysAfter(today, -AGAIN_AFTER);

/** Which duties a stage is for, on a day: how people stand, and between which due days (both inclusive; null: any). */
export interface StageSpan {
  readonly stage: Stage;
  readonly standings: readonly Standing[];
  readonly dueFrom: string | null;
  readonly dueTo: string | null;
}

const AHEAD: readonly Standing[] = ['current', 'expiring', 'due-soon', 'not-yet-due'];

/**
 * The stages of a requirement on a day: each duty is in one of them at most, the nearest that has come. `reminders`: days before
 * the due day.
 */
export function stageSpans(reminders: readonly number[], today: string): StageSpan[] {
  const days = [...new Set(reminders)].sort((a, b) => b - a);
  const before = days.map((count, at): StageSpan => {
    const next = days[at + 1];
    return {
      stage: `before-${count}`,
      standings: AHEAD,
      dueFrom: next === undefined ? today : daysAfter(today, next + 1),
      dueTo: daysAfter(today, count),
    };
  });
  const again = lastingSince(today);
  return [
    ...before,
    { stage: 'in-grace', standings: ['in-grace'], dueFrom: null, dueTo: null },
    { stage: 'overdue', standings: ['overdue'], dueFrom: daysAfter(again, 1), dueTo: today },
    { stage: 'overdue-14', standings: ['overdue'], dueFrom: null, dueTo: again },
  ];
}

/** The stages that a later one overtakes, furthest first: those which had come before it and did not go out. */
export function overtakenBy(stage: Stage, reminders: readonly number[]): Stage[] {
  const all: Stage[] = [
    ...[...new Set(reminders)].sort((a, b) => b - a).map((count): Stage => `before-${count}`),
    'in-grace',
    'overdue',
    'overdue-14',
  ];
  return all.slice(0, all.indexOf(stage));
}
