import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
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
      not: 'A record, kept for ten minutes, that a browser was sent to a provider. It holds hashes of what the browser holds, and what the provider sent back.',
    },
    erased: { do: 'remove' },
  }),
  personal(
    IdentityProvider,
    { account: 'keyholderId' },
    {
      exported: { not: 'A setting of an organisation: who can always sign in with a password.' },
      erased: { do: 'keep', stays: 'decisions' },
    },
  ),
  personal(ClaimedRole, OWN, {
    exported: { not: 'Which roles came from a claim. The roles themselves are exported.' },
    erased: { do: 'remove' },
  }),
];
