import { formatDate, formatTime, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { displayCode } from '../../../platform/lib/ids.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { asSentence } from '../certificate-card.js';
import type { Issuer } from '../issuer/issuer.js';
import type { FileAnswer, FileVerdict } from './file-verdict.js';
import { isoDay, revocationInWords, stateSince } from './state-texts.js';
import { reasonForNoVerdict } from './verdict.js';

/** With these verdicts the file means, or meant until its last day, what it says. */
const STANDING: ReadonlySet<FileVerdict> = new Set(['valid', 'expired']);

/** The page that answers somebody who uploaded a file. */
export function fileVerdictValues(answer: FileAnswer, place: Place, now: number) {
  const certificate = 'certificate' in answer ? answer.certificate : null;
  const facts = 'facts' in answer && answer.verdict !== 'cannot-tell' ? answer.facts : null;
  const number = facts && certificate && displayCode(certificate.code);
  const other = answer.verdict === 'not-ours' ? answer : null;
  return {
    verdict: answer.verdict,
    noindex: true,
    checkedAt: spoken('verify.at', { date: formatDate(now, place), time: formatTime(now, place) }),
    date: certificate && stateSince(certificate, place),
    reason: certificate && revocationInWords(certificate, spoken),
    facts: [
      ...(facts ? factRows(facts, { isStanding: STANDING.has(answer.verdict), place }) : []),
      ...(number ? [{ label: spoken('verify.number'), value: number, code: true }] : []),
      ...(other?.signedBy
        ? [{ label: spoken('verifyFile.signedBy'), value: other.signedBy, code: true }]
        : []),
    ],
    page: number && `/verify/${number}`,
    signed: other && (other.trusted ? 'trusted' : other.signedBy ? 'stranger' : 'unchecked'),
  };
}

/** What was signed. A certificate that does not stand promises nothing, so its last day and meaning are left out. */
function factRows(
  { name, course, narrative, issuer: by, awardedAt, validUntil }: SignedFacts,
  { isStanding, place }: { isStanding: boolean; place: Place },
) {
  const end = validUntil === null ? spoken('components.noEnd') : formatDate(validUntil, place);
  const promised = [
    { label: spoken('components.validUntil'), value: end },
    { label: spoken('verify.meaningLabel'), value: narrative },
  ];
  return [
    { label: spoken('verify.nameOn'), value: name },
    { label: spoken('verify.course'), value: course.title },
    ...(course.subject ? [{ label: spoken('verify.subject'), value: asSentence(course.subject) }] : []),
    { label: spoken('verify.issuedBy'), value: by.name },
    { label: spoken('components.awarded'), value: formatDate(awardedAt, place) },
    ...(isStanding ? promised : []),
  ];
}

/** The same answer for a program. Days are ISO dates in UTC. */
export function fileVerdictInJson(answer: FileAnswer, issuer: Issuer) {
  if (!('facts' in answer)) return answer;
  const { verdict, facts, certificate } = answer;
  if (verdict === 'cannot-tell') return { verdict, why: reasonForNoVerdict(issuer) };
  if (facts === null) return { verdict };
  return {
    verdict,
    code: certificate && displayCode(certificate.code),
    name: facts.name,
    course: facts.course.title,
    subject: facts.course.subject,
    assessed: facts.course.showed,
    issuer: facts.issuer.did,
    awarded: isoDay(facts.awardedAt),
    validUntil: facts.validUntil === null ? null : isoDay(facts.validUntil),
    revocationReason: certificate?.revocationReason ?? null,
  };
}
