import { personal, type PersonalTable } from '../db/personal-data.js';
import { RefusalCount, Session } from './tables.js';

/** What this slice holds of a person. Guesses are counted under a keyed hash, for two hours at the most. */
export const sessionData: readonly PersonalTable[] = [
  personal(
    Session,
    { account: 'userId' },
    {
      exported: { as: 'sessions', without: ['idHash', 'userId', 'network', 'providerSession'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    RefusalCount,
    { account: 'userId' },
    {
      exported: { as: 'refusals', without: ['id', 'userId', 'network'] },
      erased: { do: 'remove' },
    },
  ),
];
