import { formatDate, formatTime, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { displayCode } from '../../../platform/lib/ids.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { lastDayInWords, subjectRows } from '../certificate-card.js';
import { nameForStrangers } from '../holder/name-privacy.js';
import type { Issuer } from '../issuer/issuer.js';
import { certificatesBefore, type CertificateFacts } from '../queries.js';
import { renewalRows } from '../renewal/renewal-chain.js';
import { sameName } from './holder-name.js';
import { isoDay, revocationInWords, stateSince } from './state-texts.js';
import { reasonForNoVerdict, shownFacts, type PublicVerdict } from './verdict.js';

/** A certificate that was looked up by its number, and the verdict on it. */
export interface CheckedCertificate {
  readonly certificate: CertificateFacts;
  readonly verdict: PublicVerdict;
}

interface When {
  readonly place: Place;
  readonly now: number;
}

/** The page about a certificate. `name`: what was typed to be compared; null where nothing was. */
export async function verdictValues(found: CheckedCertificate, name: string | null, when: When) {
  const { certificate, verdict } = found;
  const isEmpty = verdict === 'valid' && name?.trim() === '';
  return {
    ...commonValues(when),
    verdict,
    errors: isEmpty ? { name: spoken('errors.verify-name') } : {},
    facts: await factRows(found, when.place),
    nameCheck: verdict === 'valid' ? nameCheck(certificate, name) : null,
    reason: revocationInWords(certificate, spoken),
    date: stateSince(certificate, when.place),
  };
}

/** The page about a number that no certificate has. `code` is null when it is no number, and so any text in a link. */
export function unknownNumberValues(code: string | null, verdict: 'cannot-tell' | 'unknown', when: When) {
  const asked = code && displayCode(code);
  const facts = asked ? [{ label: spoken('verify.number'), value: asked, code: true }] : [];
  return { ...commonValues(when), verdict, facts, asked, nameCheck: null, reason: null, date: null };
}

const commonValues = ({ place, now }: When) => ({
  checkedAt: spoken('verify.at', { date: formatDate(now, place), time: formatTime(now, place) }),
  noindex: true,
});

/** What was signed, and only the number where we cannot tell. */
async function factRows({ certificate, verdict }: CheckedCertificate, place: Place) {
  const signed = shownFacts(certificate, verdict);
  const number = { label: spoken('verify.number'), value: displayCode(certificate.code), code: true };
  return [
    ...(signed ? await signedRows({ certificate, verdict }, signed, place) : []),
    number,
    ...(verdict === 'cannot-tell' ? [] : await renewalRows(certificate, place, spoken)),
    ...(verdict === 'cannot-tell' ? [] : await earlierRows(certificate, place)),
  ];
}

/**
 * The name is shown only while it proves something, as its holder and the organisation allow. Long texts come last, since
 * a phone shows little.
 */
async function signedRows({ certificate, verdict }: CheckedCertificate, signed: SignedFacts, place: Place) {
  const name = verdict === 'valid' ? await nameForStrangers(certificate, signed.name) : null;
  const about = subjectRows(signed.course, spoken);
  const named = name === null ? [] : [{ label: spoken('verify.nameOn'), value: name, code: true }];
  return [
    ...named,
    { label: spoken('verify.course'), value: signed.course.title },
    { label: spoken('verify.issuedBy'), value: signed.issuer.name },
    { label: spoken('components.awarded'), value: formatDate(signed.awardedAt, place) },
    ...endRows(signed, verdict, place),
    ...about.subject,
    ...(verdict === 'valid' ? about.assessed : []),
    ...(verdict === 'valid' ? [{ label: spoken('verify.meaningLabel'), value: signed.narrative }] : []),
  ];
}

/** A certificate that was revoked, superseded or suspended has no last valid day to come. */
function endRows(signed: SignedFacts, verdict: PublicVerdict, place: Place) {
  if (verdict !== 'valid' && verdict !== 'expired') return [];
  return [{ label: spoken('components.validUntil'), value: lastDayInWords(signed, place, spoken) }];
}

/** When earlier certificates with this number were superseded. Not why: the reason may point to a former name. */
async function earlierRows(certificate: CertificateFacts, place: Place) {
  return (await certificatesBefore(certificate)).map(({ supersededAt }) => ({
    label: spoken('verify.replaced'),
    value: spoken('verify.replacedOn', { date: formatDate(supersededAt ?? 0, place) }),
  }));
}

/** Only beside the verdict "valid", when the name in the row is the name that was signed. */
function nameCheck({ code, facts }: CertificateFacts, name: string | null) {
  const result = !name?.trim() ? null : sameName(name, facts.name) ? 'same' : 'different';
  return { action: `/verify/${displayCode(code)}`, value: name ?? '', result };
}

/** The same answer for a program, without the name. Days are ISO dates in UTC. */
export async function verdictInJson(found: CheckedCertificate | null, issuer: Issuer) {
  if (!found && issuer.mayHaveForgotten()) return { verdict: 'cannot-tell', why: reasonForNoVerdict(issuer) };
  if (!found) return { verdict: 'unknown' };
  const { certificate, verdict } = found;
  const signed = shownFacts(certificate, verdict);
  return {
    verdict,
    ...(verdict === 'cannot-tell' ? { why: reasonForNoVerdict(issuer) } : {}),
    code: displayCode(certificate.code),
    ...(signed && signedInJson(signed)),
    revocationReason: certificate.revocationReason,
    replaced: (await certificatesBefore(certificate)).map(({ supersededAt }) => ({
      on: supersededAt === null ? null : isoDay(supersededAt),
    })),
  };
}

const signedInJson = ({ course, issuer, awardedAt, validUntil }: SignedFacts) => ({
  course: course.title,
  subject: course.subject,
  assessed: course.showed,
  issuer: issuer.did,
  awarded: isoDay(awardedAt),
  validUntil: validUntil === null ? null : isoDay(validUntil),
});
