import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { closeOverdue } from './attempts/time/close-overdue.js';
import { pruneDrafts } from './regrading/preview/drafts.js';

/** Attempts whose time is over, and old drafts of rulings. */
export const quizRoutines = {
  'attempts.close-overdue': { cron: '* * * * *', run: ({ clock }) => closeOverdue(clock()) },
  'regrades.prune-drafts': { cron: '55 3 * * *', run: ({ clock }) => pruneDrafts(clock()) },
} satisfies Routines<Clocked>;
