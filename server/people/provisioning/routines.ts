import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { settleGroups } from './groups/settle-groups.js';

/** Groups of a directory. */
export const provisioningRoutines = {
  'provisioning.settle-groups': { cron: '3-59/5 * * * *', run: ({ clock }) => settleGroups(clock()) },
} satisfies Routines<Clocked>;
