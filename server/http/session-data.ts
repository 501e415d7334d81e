import { personal, type PersonalTable } from '../db/personal-data.js';
import { Session } from './tables.js';

/** What this slice holds of a person. Guesses are counted under a keyed hash, for two hours at the most. */
export const sessionData: readonly PersonalTable[] = [
  personal(
    Session,
    { account: 'userId' },
    {
      exported: { as: 'sessions', without: ['idHash', 'userId'] },
      erased: { do: 'remove' },
    },
  ),
];
