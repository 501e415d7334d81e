import type { Clocked } from '../events/reaction.js';
import type { Routines } from '../events/routines/routine.js';
import { pruneRateLimits } from './security/rate-limits.js';
import { pruneRefusals } from './security/refusals.js';
import type { SessionStore } from './security/sessions.js';

/** What requests leave behind. */
export const httpRoutines = {
  'sessions.prune': { cron: '20 * * * *', run: ({ sessions }) => sessions.prune() },
  'refusals.prune': { cron: '45 * * * *', run: ({ clock }) => pruneRefusals(clock()) },
  'rate-limits.prune': { cron: '40 * * * *', run: ({ clock }) => pruneRateLimits(clock()) },
} satisfies Routines<Clocked & { readonly sessions: SessionStore }>;
