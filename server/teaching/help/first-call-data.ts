import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { FirstCall } from './tables.js';

/** What this slice holds of a person. */
export const firstCallData: readonly PersonalTable[] = [
  personal(
    FirstCall,
    { account: 'userId' },
    {
      exported: { as: 'first-call', without: ['userId'] },
      erased: { do: 'remove' },
    },
  ),
];
