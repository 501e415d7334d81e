import { personal, type PersonalTable } from '../db/personal-data.js';
import { ClaimedRole, Identity, IdentityProvider, IdentityTrip } from './tables.js';

const OWN = { account: 'userId' } as const;

/** What this slice holds of a person. */
export const identityData: readonly PersonalTable[] = [
  personal(Identity, OWN, {
    exported: { as: 'connected-identities', without: ['userId'] },
    erased: { do: 'remove' },
  }),
  personal(IdentityTrip, OWN, {
    exported: {
      not: 'That a browser was sent to a provider, for ten minutes: hashes of what it holds, and what the provider sent back.',
    },
    erased: { do: 'remove' },
  }),
  personal(
    IdentityProvider,
    { account: 'keyholderId' },
    {
      exported: { not: 'Settings of an organisation: that somebody keeps the key of its sign-in.' },
      erased: { do: 'keep', stays: 'decisions' },
    },
  ),
  personal(ClaimedRole, OWN, {
    exported: { not: 'Which roles came of a claim: the roles themselves are exported.' },
    erased: { do: 'remove' },
  }),
];
