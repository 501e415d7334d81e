import { bulk, dated, file } from '../../../platform/events/reaction.js';
import { failGivenUp, makeSealed } from './make-sealed.js';
import { SEALED_KINDS } from './sealed-kinds.js';
import type { SealedDeps } from './sealed-kind.js';

/** Work on files in the background. */
export const sealedReactions = {
  'sealed-files.make': dated(
    file('sealed-file.asked', ({ payload }, deps: Omit<SealedDeps, 'progress'>) =>
      makeSealed(payload.fileId, { ...deps, kinds: SEALED_KINDS }),
    ),
  ),
  'sealed-files.end-given-up': bulk('job.given-up', ({ payload }) => failGivenUp(payload)),
};
