import type { Routines } from '../../platform/events/routines/routine.js';
import { inLanguageOf } from '../../people/organisations/languages.js';
import { remindOfDuties } from './duties/remind.js';
import { remindOfHotlines } from './hotlines-due.js';
import type { MailingDeps } from '../../people/mails/mail-reactions.js';

/** No organisation and no person: in the language of the installation. */
const NOBODY = { organisationId: null, userId: null };

/** Reminders of what is due. */
export const reminderRoutines = {
  'reporting-lines.remind': {
    cron: '35 * * * *',
    lane: 'mail',
    run: deps => inLanguageOf(NOBODY, deps.config, () => remindOfHotlines(deps, deps.clock())),
  },
  'mail.remind-of-duties': {
    cron: '*/15 * * * *',
    atStart: true,
    run: ({ clock }) => remindOfDuties(clock()),
  },
} satisfies Routines<MailingDeps>;
