import { bulk, type Clocked } from '../../../platform/events/reaction.js';
import { endGivenUp, importRoster } from './import-roster.js';

/** Lists of people that were confirmed. */
export const rosterReactions = {
  'rosters.import': bulk('roster.confirmed', ({ payload }, { clock }: Clocked) =>
    importRoster(payload.rosterId, clock),
  ),
  'rosters.end-given-up': bulk('job.given-up', ({ payload }, { clock }: Clocked) =>
    endGivenUp(payload, clock()),
  ),
};
