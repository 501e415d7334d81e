import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { remindOfTokens } from './remind-of-tokens.js';

/** Tokens that end soon. */
export const apiTokenRoutines = {
  'api-tokens.remind': { cron: '10 * * * *', run: ({ clock }) => remindOfTokens(clock()) },
} satisfies Routines<Clocked>;
