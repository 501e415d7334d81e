import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { ProvisionedGroupMember, ProvisionedPerson } from './tables.js';

const directoryPerson = personal(
  ProvisionedPerson,
  { membership: 'membershipId' },
  { exported: { as: 'told-by-directories' }, erased: { do: 'remove' } },
);

/** What this slice holds of a person. Groups come first: they name the person whom a directory keeps. */
export const provisioningData: readonly PersonalTable[] = [
  personal(
    ProvisionedGroupMember,
    { through: 'personId', of: directoryPerson },
    { exported: { as: 'groups-of-directories' }, erased: { do: 'remove' } },
  ),
  directoryPerson,
];
