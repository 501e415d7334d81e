import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { DataExport, ErasureRequest, LegalHold } from './tables.js';

/** What this slice holds of a person. */
export const privacyData: readonly PersonalTable[] = [
  personal(
    DataExport,
    { account: 'userId' },
    { exported: { as: 'exports', without: ['userId'] }, erased: { do: 'verb', stays: 'decisions' } },
  ),
  personal(
    ErasureRequest,
    { account: 'userId' },
    {
      exported: { as: 'requests-for-erasure', without: ['userId', 'askedBy', 'decidedBy'] },
      erased: { do: 'verb', stays: 'decisions' },
    },
  ),
  personal(
    LegalHold,
    { account: 'userId' },
    {
      exported: { not: 'Legal holds: a claim or an inquiry that is going on must not be given away.' },
      erased: { do: 'keep', stays: 'decisions' },
    },
  ),
];
