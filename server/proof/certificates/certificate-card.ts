import { formatDate, type Place, type Translate } from '../../platform/i18n/i18n.js';
import { displayCode } from '../../platform/lib/ids.js';
import { qrPath } from '../../platform/lib/qr-path.js';
import type { CertificateFacts } from './queries.js';
import type { SignedFacts } from '../open-badges/signed-facts.js';
import { maskName } from './verification/holder-name.js';

/** The address where anybody checks a certificate. It is printed in QR codes, so it never changes. */
export const verifyUrl = (baseUrl: string, code: string): string => `${baseUrl}/verify/${displayCode(code)}`;

/** A certificate in texts that are ready to be shown. */
export interface CertificateCard {
  readonly href: string;
  readonly pdfHref: string;
  readonly holder: string;
  readonly maskedName: string;
  readonly course: string;
  /** Completes "awareness training in …"; null when the award names none. */
  readonly subject: string | null;
  readonly awarded: string;
  readonly validUntil: string;
  readonly code: string;
  readonly verifyUrl: string;
  readonly qr: { readonly size: number; readonly path: string };
}

/** The card of a certificate. What costs most is made only where a page shows it: the list and the page of a course do not. */
export function certificateCard(
  certificate: CertificateFacts,
  { baseUrl, place, t }: { baseUrl: string; place: Place; t: Translate },
): CertificateCard {
  const { id, code, facts, awardedAt } = certificate;
  const url = verifyUrl(baseUrl, code);
  return {
    href: `/certificates/${id}`,
    pdfHref: `/certificates/${id}/certificate.pdf`,
    holder: facts.name,
    get maskedName() {
      return maskName(facts.name);
    },
    course: facts.course.title,
    subject: facts.course.certificate?.subject ?? null,
    awarded: formatDate(awardedAt, place),
    validUntil: lastDayInWords(certificate, place, t),
    code: displayCode(code),
    verifyUrl: url,
    get qr() {
      return qrPath(url);
    },
  };
}

/** The subject of a certificate and what was assessed, as rows for people who check it. Old awards name no subject. */
export function subjectRows(
  { subject, showed }: SignedFacts['course'],
  t: Translate,
): { subject: LabelledText[]; assessed: LabelledText[] } {
  return {
    subject: subject === null ? [] : [{ label: t('verify.subject'), value: asSentence(subject) }],
    assessed: [{ label: t('verify.assessed'), value: showed }],
  };
}

interface LabelledText {
  readonly label: string;
  readonly value: string;
}

/** The text with a capital first letter, for use outside a sentence. */
export const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The last day on which a certificate is valid, in words. */
export const lastDayInWords = (
  { validUntil }: Pick<CertificateFacts, 'validUntil'>,
  place: Place,
  t: Translate,
): string => (validUntil === null ? t('components.noEnd') : formatDate(validUntil, place));

/** Why a certificate is revoked, superseded or suspended, in words, in this order; null for any other state. */
export function stateReasonInWords(certificate: CertificateFacts, t: Translate): string | null {
  const { revocationReason, supersessionReason, suspensionReason } = certificate;
  const reason = revocationReason ?? supersessionReason ?? suspensionReason;
  return reason === null ? null : t(`reason.${reason}`);
}
