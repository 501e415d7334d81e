import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { DutyReminder } from './duties/tables.js';
import { DutyDigest, DutyEscalation } from './managers/tables.js';

const BY_MEMBERSHIP = { membership: 'membershipId' } as const;

/** What this slice holds of a person. */
export const reminderData: readonly PersonalTable[] = [
  personal(
    DutyDigest,
    { account: 'userId' },
    {
      exported: { as: 'weekly-summaries', without: ['userId'] },
      erased: { do: 'remove' },
    },
  ),
  personal(DutyReminder, BY_MEMBERSHIP, {
    exported: { as: 'reminders' },
    erased: { do: 'keep', stays: 'duties' },
  }),
  personal(DutyEscalation, BY_MEMBERSHIP, {
    exported: { as: 'told-to-managers', without: ['userId'] },
    erased: { do: 'keep', stays: 'duties' },
  }),
];
