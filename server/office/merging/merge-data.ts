import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { Merge, MergedMember } from './tables.js';

/** What this slice holds of a person: a closed account is exported and erased together with the one that goes on. */
export const mergeData: readonly PersonalTable[] = [
  personal(
    MergedMember,
    { membership: 'membershipId' },
    {
      exported: { as: 'merged-entries', without: ['loginId'] },
      erased: { do: 'blank', columns: { gaveNumber: null }, stays: 'place' },
    },
  ),
  personal(
    Merge,
    { account: 'keptUserId' },
    {
      exported: { as: 'merges-into-your-account', without: ['mergedBy', 'undoneBy'] },
      erased: { do: 'keep', stays: 'decisions' },
    },
  ),
];
