import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { displayCode } from '../../../platform/lib/ids.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { lastDayInWords, stateReasonInWords, subjectRows } from '../certificate-card.js';
import type { CertificateState } from '../lifecycle/certificate-state.js';
import { shownFacts } from '../verification/verdict.js';
import type { SharedCertificate } from './share-links.js';

/** The page behind a holder's link. `href`: its address, below which the files are. */
export function sharedValues(
  { certificate, expiresAt }: SharedCertificate,
  { verdict, href, place }: { verdict: CertificateState; href: string; place: Place },
) {
  const signed = shownFacts(certificate, verdict);
  const number = { label: spoken('verify.number'), value: displayCode(certificate.code), code: true };
  return {
    verdict,
    reason: stateReasonInWords(certificate, spoken),
    holder: signed?.name ?? null,
    facts: [...(signed ? signedRows(signed, place) : []), number],
    results: signed?.results ?? [],
    until: formatDate(expiresAt, place),
    files: href,
    checkHref: `/verify/${displayCode(certificate.code)}`,
    noindex: true,
  };
}

function signedRows(signed: SignedFacts, place: Place) {
  const about = subjectRows(signed.course, spoken);
  return [
    { label: spoken('verify.course'), value: signed.course.title },
    ...about.subject,
    ...about.assessed,
    { label: spoken('verify.issuedBy'), value: signed.issuer.name },
    { label: spoken('components.awarded'), value: formatDate(signed.awardedAt, place) },
    { label: spoken('components.validUntil'), value: lastDayInWords(signed, place, spoken) },
    { label: spoken('verify.meaningLabel'), value: signed.narrative },
  ];
}
