import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { reckonLeft } from './reckoning/reckon-pending.js';
import { turnStandings } from './reckoning/turn-standings.js';
import { pruneRequirementDrafts } from './rehearsal/requirement-drafts.js';

/** What each day changes in training status, and old drafts. */
export const requirementRoutines = {
  'requirements.turn-day': {
    cron: '*/15 * * * *',
    atStart: true,
    run: ({ clock }) => turnStandings(clock()),
  },
  'requirements.reckon-left': {
    cron: '7-59/15 * * * *',
    atStart: true,
    run: ({ clock }) => reckonLeft(clock),
  },
  'requirements.prune-drafts': {
    cron: '50 3 * * *',
    run: ({ clock }) => pruneRequirementDrafts(clock()),
  },
} satisfies Routines<Clocked>;
