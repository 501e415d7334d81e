import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { announceDue } from './refreshers.js';

/** Questions some time after a course. */
export const followUpRoutines = {
  'refreshers.announce': { cron: '5 * * * *', run: ({ clock }) => announceDue(clock()) },
} satisfies Routines<Clocked>;
