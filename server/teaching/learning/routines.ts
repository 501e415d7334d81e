import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { creditUncredited } from './credits/credits.js';

/** Credits that are missing. */
export const learningRoutines = {
  'learning.credit-uncredited': {
    cron: '45 * * * *',
    atStart: true,
    run: ({ clock }) => creditUncredited(clock()),
  },
} satisfies Routines<Clocked>;
