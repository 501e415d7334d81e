import { lastDayInWords } from '../certificates/certificate-card.js';
import { findNameRequest } from '../certificates/holder/name-corrections.js';
import { certificateOf, findCertificate } from '../certificates/queries.js';
import { isReminderWanted } from '../certificates/renewal/reminders.js';
import { dayInWords } from '../certificates/renewal/renewal-texts.js';
import { renewalOf } from '../certificates/renewal/renew.js';
import type { Reactions } from '../events/choreography.js';
import { formatDate } from '../i18n/i18n.js';
import { signLink } from '../lib/signed-links.js';
import { isRequiredOf } from '../notifications/duties/duty-mail.js';
import { sendNotice } from '../notifications/notices.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about somebody's certificates. */
export function certificateMails(deps: ReactionDeps) {
  const { baseUrl, linkKey, clock, config } = deps;
  const { mail, t, place } = mailsWith(deps);
  return {
    'mail.renewal-due': async event => {
      const { certificateId, cycleId, userId, days } = event.payload;
      const certificate = await findCertificate(certificateId);
      if (!certificate || !(await isReminderWanted(certificateId, clock()))) return;
      // Whoever requires the course of them reminds them, in the one mail of the day.
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
      const told = {
        kind: 'renewal-due',
        userId,
        organisationId,
        key: `renewal:${cycleId}:${days}`,
      } as const;
      await sendNotice({ ...told, values, optOut }, deps, clock());
    },
    'mail.name-refused': async event => {
      const request = await findNameRequest(event.payload.requestId);
      const certificate = request && (await certificateOf(request.cycleId));
      if (!certificate || request.answer === null) return;
      const link = `${baseUrl}/certificates/${certificate.id}`;
      await mail('name-refused', event, event.payload.userId, { link, answer: request.answer });
    },
    'mail.certificate-issued': async event => {
      const certificate = await findCertificate(event.payload.certificateId);
      if (!certificate) return;
      const link = `${baseUrl}/certificates/${certificate.id}`;
      const validUntil = lastDayInWords(certificate, place, t);
      const { userId } = event.payload;
      const replaced = await findCertificate(certificate.replaces);
      if (!replaced) return mail('certificate-issued', event, userId, { link, validUntil });
      const reason = t(`reason.${replaced.supersessionReason}`);
      await mail('certificate-replaced', event, userId, { link, validUntil, reason });
    },
    'mail.certificate-suspended': event =>
      mail('certificate-suspended', event, event.payload.userId, {
        link: `${baseUrl}/certificates/${event.payload.certificateId}`,
        reason: t(`reason.${event.payload.reason}`),
        date: formatDate(event.createdAt, place),
      }),
    'mail.certificate-revoked': event =>
      mail('certificate-revoked', event, event.payload.userId, {
        link: `${baseUrl}/certificates/${event.payload.certificateId}`,
        reason: t(`reason.${event.payload.reason}`),
        date: formatDate(event.createdAt, place),
      }),
  } satisfies Partial<Reactions>;
}
