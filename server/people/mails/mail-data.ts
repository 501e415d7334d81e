import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { MailRecord } from './tables.js';

/** What this slice holds of a person. The texts of mails are not kept. */
export const mailData: readonly PersonalTable[] = [
  personal(
    MailRecord,
    { account: 'userId' },
    {
      exported: { as: 'mails', without: ['userId', 'dedupeKey'] },
      erased: { do: 'remove' },
    },
  ),
];
