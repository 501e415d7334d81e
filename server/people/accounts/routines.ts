import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { pruneSignIns } from './activity/sign-ins.js';
import { pruneChallenges } from './factors/passkeys/challenges.js';
import { pruneAddressChanges } from './new-address/address-changes.js';

/** What accounts leave behind. */
export const accountRoutines = {
  'accounts.prune-challenges': { cron: '35 * * * *', run: ({ clock }) => pruneChallenges(clock()) },
  'accounts.prune-address-changes': { cron: '30 * * * *', run: ({ clock }) => pruneAddressChanges(clock()) },
  'accounts.prune-sign-ins': { cron: '35 3 * * *', run: ({ clock }) => pruneSignIns(clock()) },
} satisfies Routines<Clocked>;
