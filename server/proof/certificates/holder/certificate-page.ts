import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import type { CycleFacts } from '../../../teaching/learning/enrolments.js';
import { paperSizeOf } from '../../../people/organisations/certificate-settings.js';
import { can, type Actor } from '../../../policy.js';
import { certificateCard, stateReasonInWords, type CertificateCard } from '../certificate-card.js';
import { certificateState } from '../lifecycle/certificate-state.js';
import { changeLinks } from '../lifecycle/state-changes.js';
import type { CertificateFacts } from '../queries.js';
import { earlierCertificate, laterCertificate, type ChainedCertificate } from '../renewal/renewal-chain.js';
import { expiryExplanation, renewalOffer } from '../renewal/renewal-texts.js';
import { renewalOf } from '../renewal/renew.js';
import { stateSince } from '../verification/state-texts.js';
import type { WalletCourse, WalletEntry } from './by-course.js';
import { newestNameRequest } from './name-corrections.js';
import { nameForStrangers } from './name-privacy.js';

/** When and where a page of certificates is made. `timeZone`: in which the days of renewals begin. */
export interface CertificateContext {
  readonly baseUrl: string;
  readonly timeZone: string;
  readonly place: Place;
  readonly now: number;
}

/** The list of a person's certificates, by course. */
export const certificatesValues = async (courses: readonly WalletCourse[], context: CertificateContext) => ({
  shelves: await Promise.all(
    courses.map(async ({ title, held }) => ({
      title,
      certificates: await Promise.all(held.map(entry => entryValues(entry, context))),
    })),
  ),
});

async function entryValues(
  { certificate, newest, renewedBy, renews }: WalletEntry,
  context: CertificateContext,
) {
  const { awarded, validUntil, href } = cardOf(certificate, context);
  return {
    awarded,
    validUntil,
    href,
    organisation: certificate.facts.organisationName,
    state: certificateState(certificate, context.now),
    chain: [
      ...renewalLinks({ renewedBy, renews }, context),
      ...(certificate.replaces ? [link(certificate.replaces, 'chain.replaces')] : []),
    ],
    renewal: renewedBy ? null : await offer(certificate, context, newest),
  };
}

/** Whether `actor` sees the certificate of somebody else, as an administrator or a manager of the organisation. */
export const isLookedAfter = (certificate: CertificateFacts, actor: Actor): boolean =>
  can(actor, 'person.see', certificate) && !can(actor, 'certificate.hold', certificate);

/** The page of a certificate, for its holder and for those who look after it. */
export async function certificateValues(
  certificate: CertificateFacts,
  actor: Actor,
  context: CertificateContext,
) {
  const { place } = context;
  const card = cardOf(certificate, context);
  const isHeld = can(actor, 'certificate.hold', certificate);
  return {
    back: isLookedAfter(certificate, actor)
      ? listOf(certificate, actor)
      : { href: '/certificates', text: spoken('frame.certificates') },
    certificate: withState(card, certificate, context),
    qr: card.qr,
    explained: expiryExplanation(certificate, place, spoken),
    path: certificate.facts.path ? spoken('renewal.path', { count: certificate.facts.minutes }) : null,
    shownName: await nameForStrangers(certificate, certificate.facts.name),
    files: card.href,
    otherPaper: (await paperSizeOf(certificate.organisationId)) === 'a4' ? 'letter' : 'a4',
    chain: await chainLinks(certificate, context),
    holder: isHeld ? await holderValues(certificate, context) : null,
    isOther: !isHeld,
    rulings: changeLinks(actor, certificate),
    ...organisationLinks(certificate, actor),
  };
}

const cardOf = (certificate: CertificateFacts, { baseUrl, place }: CertificateContext): CertificateCard =>
  certificateCard(certificate, { baseUrl, place, t: spoken });

const withState = (
  card: CertificateCard,
  certificate: CertificateFacts,
  { place, now }: CertificateContext,
) => ({
  ...card,
  state: certificateState(certificate, now),
  reason: stateReasonInWords(certificate, spoken),
  since: stateSince(certificate, place),
});

/** The list that those who look after somebody else's certificate come from. */
const listOf = ({ organisationId }: CertificateFacts, actor: Actor) => ({
  href: actor.isAdministrator ? '/admin/certificates' : `/team/certificates?organisation=${organisationId}`,
  text: spoken('frame.certificates'),
});

/** What the organisation's managers and auditors may open from here; null for others. */
function organisationLinks(certificate: CertificateFacts, actor: Actor) {
  const home = `/organisations/${certificate.organisationId}`;
  return {
    nameRequests: can(actor, 'organisation.manage', certificate) ? '/name-requests' : null,
    settings: can(actor, 'organisation.administer', certificate) ? `${home}/settings/certificates` : null,
    organisationPack: can(actor, 'organisation.manage', certificate) ? `${home}/evidence/audit-pack` : null,
  };
}

/** Links to the certificates that renewed or replaced this one, and to those that it renewed or replaced. */
async function chainLinks(certificate: CertificateFacts, context: CertificateContext) {
  const [renewedBy, renews] = await Promise.all([
    laterCertificate(certificate),
    earlierCertificate(certificate),
  ]);
  return [
    ...renewalLinks({ renewedBy, renews }, context),
    ...(certificate.replaces ? [link(certificate.replaces, 'chain.replaces')] : []),
    ...(certificate.replacedBy ? [link(certificate.replacedBy, 'chain.replacedBy')] : []),
  ];
}

type Renewed = Pick<ChainedCertificate, 'id' | 'awardedAt'>;

function renewalLinks(
  { renewedBy, renews }: { renewedBy: Renewed | null; renews: Renewed | null },
  { place }: CertificateContext,
) {
  const date = ({ awardedAt }: Renewed) => formatDate(awardedAt, place);
  return [
    ...(renewedBy ? [link(renewedBy.id, 'chain.renewedBy', { date: date(renewedBy) })] : []),
    ...(renews ? [link(renews.id, 'chain.renews', { date: date(renews) })] : []),
  ];
}

const link = (id: string, key: string, blanks?: { date: string }) => ({
  href: `/certificates/${id}`,
  text: spoken(key, blanks),
});

/** What only the holder is offered: renewing, sharing, showing less of the name, requesting another name. */
async function holderValues(certificate: CertificateFacts, context: CertificateContext) {
  const request = await newestNameRequest(certificate.cycleId);
  return {
    renewal: await offer(certificate, context),
    request: request && {
      name: request.name,
      state: request.decision ?? 'waiting',
      answer: request.answer,
    },
    mayCorrect: certificateState({ ...certificate, validUntil: null }, context.now) === 'valid',
  };
}

async function offer(
  certificate: CertificateFacts,
  { timeZone, place, now }: CertificateContext,
  newest?: CycleFacts,
) {
  const renewal = await renewalOf(certificate, { timeZone, now, newest });
  return renewalOffer(certificate, renewal, { place, t: spoken, now });
}
