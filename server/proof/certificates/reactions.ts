import { formatDate } from '../../platform/i18n/i18n.js';
import { notice, type Mailing } from '../../people/mails/mail-reactions.js';
import type { RecordedEvent } from '../../platform/events/event-payloads.js';
import { lastDayInWords } from './certificate-card.js';
import { findNameRequest } from './holder/name-corrections.js';
import { certificateOf, findCertificate } from './queries.js';

/** Mails about somebody's certificates. */
export const certificateReactions = {
  'mail.name-refused': notice('name-request.refused', async (event, { mail, baseUrl }) => {
    const request = await findNameRequest(event.payload.requestId);
    const certificate = request && (await certificateOf(request.cycleId));
    if (!certificate || request.answer === null) return;
    const link = `${baseUrl}/certificates/${certificate.id}`;
    await mail('name-refused', event, event.payload.userId, { link, answer: request.answer });
  }),
  'mail.certificate-issued': notice('certificate.issued', async (event, { mail, t, place, baseUrl }) => {
    const certificate = await findCertificate(event.payload.certificateId);
    if (!certificate) return;
    const link = `${baseUrl}/certificates/${certificate.id}`;
    const validUntil = lastDayInWords(certificate, place, t);
    const { userId } = event.payload;
    const replaced = await findCertificate(certificate.replaces);
    if (!replaced) return mail('certificate-issued', event, userId, { link, validUntil });
    const reason = t(`reason.${replaced.supersessionReason}`);
    await mail('certificate-replaced', event, userId, { link, validUntil, reason });
  }),
  'mail.certificate-suspended': notice('certificate.suspended', (event, mailing) =>
    mailing.mail('certificate-suspended', event, event.payload.userId, endedValues(event, mailing)),
  ),
  'mail.certificate-revoked': notice('certificate.revoked', (event, mailing) =>
    mailing.mail('certificate-revoked', event, event.payload.userId, endedValues(event, mailing)),
  ),
};

const endedValues = (
  { payload, createdAt }: RecordedEvent<'certificate.suspended' | 'certificate.revoked'>,
  { t, place, baseUrl }: Mailing,
) => ({
  link: `${baseUrl}/certificates/${payload.certificateId}`,
  reason: t(`reason.${payload.reason}`),
  date: formatDate(createdAt, place),
});
