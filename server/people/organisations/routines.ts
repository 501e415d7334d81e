import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { enforcedFor } from '../identity/enforcement.js';
import { turnDays } from './day-turn.js';
import { remindOfFactors } from './grants/remind-of-factors.js';
import { indexDueMembers } from './people/member-words.js';
import { pruneRosters } from './roster/keep-roster.js';

/** What each day changes in organisations. */
export const organisationRoutines = {
  'organisations.turn-day': { cron: '*/15 * * * *', atStart: true, run: ({ clock }) => turnDays(clock()) },
  'organisations.index-people': { cron: '*/10 * * * *', atStart: true, run: () => indexDueMembers() },
  'accounts.remind-of-factors': {
    cron: '25 * * * *',
    run: ({ clock }) => remindOfFactors(clock(), enforcedFor),
  },
  'rosters.prune': { cron: '45 3 * * *', run: ({ clock }) => pruneRosters(clock()) },
} satisfies Routines<Clocked>;
