import type { Clocked } from '../reaction.js';
import type { Routines } from '../routines/routine.js';
import { pruneJobs } from './job-decisions.js';

/** Jobs that are done. */
export const jobRoutines = {
  'jobs.prune': { cron: '50 3 * * *', run: ({ clock }) => pruneJobs(clock()) },
} satisfies Routines<Clocked>;
