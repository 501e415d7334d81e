import type { Config } from '../../../config.js';
import type { Clocked } from '../../../platform/events/reaction.js';
import type { Routines } from '../../../platform/events/routines/routine.js';
import { pruneSealed } from './make-sealed.js';

/** Sealed files whose time is over. */
export const sealedRoutines = {
  'sealed-files.prune': {
    cron: '15 * * * *',
    atStart: true,
    run: ({ config, clock }) => pruneSealed(config.dataDir, clock()),
  },
} satisfies Routines<Clocked & { readonly config: Config }>;
