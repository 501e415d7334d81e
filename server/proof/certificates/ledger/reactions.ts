import { bulk, file, type Clocked } from '../../../platform/events/reaction.js';
import type { Issuer } from '../issuer/issuer.js';
import { doCheck, endGivenUpCheck } from './asked-checks.js';

/** What checking needs from outside. */
interface Checking extends Clocked {
  readonly issuer: Issuer;
}

/** Checks of the ledger that administrators asked for. */
export const ledgerReactions = {
  'ledger.check': file('ledger.check-asked', ({ payload }, { issuer, clock }: Checking) =>
    doCheck(payload.checkId, { addresses: issuer, checkpoints: issuer.checkpoints, clock }),
  ),
  'ledger.end-given-up': bulk('job.given-up', ({ payload }, { clock }: Clocked) =>
    endGivenUpCheck(payload, clock()),
  ),
};
