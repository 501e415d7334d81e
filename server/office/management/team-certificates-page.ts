import { lastDayInWords } from '../../proof/certificates/certificate-card.js';
import { certificatesIn } from '../../proof/certificates/in-organisation.js';
import { certificateState } from '../../proof/certificates/lifecycle/certificate-state.js';
import { changeLinks } from '../../proof/certificates/lifecycle/state-changes.js';
import { findCertificate, type CertificateFacts } from '../../proof/certificates/queries.js';
import { formatDate, type Place } from '../../platform/i18n/i18n.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { isId } from '../../platform/lib/ids.js';
import { placedAll } from '../../people/organisations/reach.js';
import type { Actor } from '../../policy.js';
import { pageOfList } from '../../platform/lib/lists/page-of-list.js';

/** Rows on one page of the list. */
const PAGE = 50;

/** Who looks at the list, when (epoch ms), and where. */
interface Look {
  readonly actor: Actor;
  readonly now: number;
  readonly place: Place;
}

/** The certificates of those people of an organisation whom the actor manages, newest first, after the one with the id `after`. */
export async function teamCertificatesPage(
  organisation: { id: string; name: string },
  after: string,
  look: Look,
) {
  const { shown, last } = await pageOfList(PAGE, limit =>
    certificatesIn(organisation.id, look.actor, { limit, after: isId(after) ? after : null }),
  );
  const found = (await Promise.all(shown.map(findCertificate))).filter(certificate => certificate !== null);
  const query = new URLSearchParams({ organisation: organisation.id, after: last ?? '' });
  return {
    organisation: organisation.name,
    results: (await placedAll(look.actor, found)).map(certificate => describe(certificate, look)),
    next: last ? `/team/certificates?${query.toString()}` : null,
  };
}

function describe(certificate: CertificateFacts, { actor, now, place }: Look) {
  const { id, facts, awardedAt } = certificate;
  const since = changedAt(certificate);
  return {
    holder: facts.name,
    course: facts.course.title,
    awarded: formatDate(awardedAt, place),
    validUntil: lastDayInWords(certificate, place, spoken),
    since: since === null ? null : formatDate(since, place),
    state: certificateState(certificate, now),
    href: `/certificates/${id}`,
    rulings: changeLinks(actor, certificate),
  };
}

/** When a decision ended or interrupted the certificate, in the order in which `certificateState` weighs them. */
const changedAt = ({ revokedAt, supersededAt, suspendedAt }: CertificateFacts): number | null =>
  revokedAt ?? supersededAt ?? suspendedAt;
