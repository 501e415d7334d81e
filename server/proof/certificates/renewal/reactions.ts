import { dated } from '../../../platform/events/reaction.js';
import { signLink } from '../../../platform/lib/signed-links.js';
import { isRequiredOf } from '../../reminders/duties/duty-mail.js';
import { notice } from '../../../people/mails/mail-reactions.js';
import { lastDayInWords } from '../certificate-card.js';
import { findCertificate } from '../queries.js';
import { isReminderWanted } from './reminders.js';
import { renewalOf } from './renew.js';
import { dayInWords } from './renewal-texts.js';

/** The mail that says that a certificate ends. */
export const renewalReactions = {
  'mail.renewal-due': dated(
    notice('renewal.due', async (event, { send, t, place, baseUrl, linkKey, config, clock }) => {
      const { certificateId, cycleId, userId, days } = event.payload;
      const certificate = await findCertificate(certificateId);
      if (!certificate || !(await isReminderWanted(certificateId, clock()))) return;
      // If an organisation requires the course, its own mail of the day reminds them.
      if (await isRequiredOf(certificate, clock())) return;
      const renewal = await renewalOf(certificate, { timeZone: config.timeZone, now: clock() });
      if (renewal.kind === 'none' || renewal.kind === 'paused') return;
      const optOut = `${baseUrl}/reminders?token=${signLink('reminders', cycleId, linkKey)}`;
      const values = {
        link: `${baseUrl}/certificates/${certificateId}`,
        until: lastDayInWords(certificate, place, t),
        opens: renewal.kind === 'not-yet' ? dayInWords(renewal.opens, place) : null,
        isRestricted: renewal.kind === 'restricted',
        optOut,
      };
      const { organisationId } = certificate;
      const key = `renewal:${cycleId}:${days}`;
      await send({ kind: 'renewal-due', userId, organisationId, key, values, optOut });
    }),
  ),
};
