import type { Config } from '../../config.js';
import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { endRetention } from './erasure/end-retention.js';
import { pruneExports } from './export/data-exports.js';

/** What is erased or removed when its time is over. */
export const privacyRoutines = {
  'privacy.end-retention': { cron: '25 2 * * *', run: ({ clock }) => endRetention(clock()) },
  'privacy.prune-exports': {
    cron: '5 * * * *',
    atStart: true,
    run: ({ config, clock }) => pruneExports(config.dataDir, clock()),
  },
} satisfies Routines<Clocked & { readonly config: Config }>;
