import { lastDayInWords } from '../../proof/certificates/certificate-card.js';
import { certificateState } from '../../proof/certificates/lifecycle/certificate-state.js';
import { certificateHistory } from '../../proof/certificates/lifecycle/history.js';
import { changeLinks } from '../../proof/certificates/lifecycle/state-changes.js';
import {
  certificateByCode,
  certificatesOf,
  newestCertificates,
  type CertificateFacts,
} from '../../proof/certificates/queries.js';
import { checksInLastMonth } from '../../proof/certificates/verification/counters.js';
import { formatDate, formatMoment, type Place } from '../../platform/i18n/i18n.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { displayCode, isId, normaliseCode } from '../../platform/lib/ids.js';
import { foldedWords } from '../../platform/lib/text/folding.js';
import type { Actor } from '../../policy.js';
import { oneByOne } from '../../platform/lib/lists/one-by-one.js';
import { pageOfList } from '../../platform/lib/lists/page-of-list.js';
import { findPeople } from './people/search.js';

/** Rows on one page of the list. */
const PAGE = 50;

/** When a page is looked at (epoch ms), and where. */
interface Look {
  readonly now: number;
  readonly place: Place;
}

/** The newest certificates, those after the one with the id `after`, or those that `query` finds. */
export async function certificatesPage({ query, after }: { query: string; after: string }, look: Look) {
  const { shown, last } = query
    ? { shown: await foundBy(query), last: null }
    : await pageOfList(PAGE, limit => newestCertificates(limit, isId(after) ? after : null));
  return {
    query,
    results: shown.map(certificate => describe(certificate, look)),
    next: last ? `/admin/certificates?after=${last.id}` : null,
    checks: await checksInLastMonth(look.now),
  };
}

/** One certificate with its history, and what `actor` may do about it. */
export async function certificatePage(certificate: CertificateFacts, actor: Actor, look: Look) {
  return {
    certificate: describe(certificate, look),
    history: await historyOf(certificate, look),
    rulings: changeLinks(actor, certificate),
    isOwn: certificate.userId === actor.id,
    chain: chainOf(certificate),
    packs: packsOf(certificate),
  };
}

/** So many people are looked through, and of so many the certificates are shown: whoever finds more types more of the name. */
const [MOST_FOUND, MOST_SHOWN] = [200, 20];

/** The one with this number, else those of people whose name has words that begin so, or whose address begins so. */
async function foundBy(query: string): Promise<CertificateFacts[]> {
  const [found] = await byCode(query);
  if (found) return [found];
  // A word of an address alone, as of its domain, would find everybody there.
  const named = (await findPeople(query, '', MOST_FOUND)).filter(isNamed(query)).slice(0, MOST_SHOWN);
  return (await oneByOne(named, ({ id }) => certificatesOf(id))).flat();
}

const isNamed =
  (query: string) =>
  ({ name, email }: { name: string; email: string }): boolean =>
    email.startsWith(query.toLowerCase()) ||
    foldedWords(query).every(word => foldedWords(name).some(part => part.startsWith(word)));

async function byCode(query: string): Promise<CertificateFacts[]> {
  const code = normaliseCode(query);
  const found = code && (await certificateByCode(code));
  return found ? [found] : [];
}

const describe = (certificate: CertificateFacts, { now, place }: Look) => ({
  holder: certificate.facts.name,
  course: certificate.facts.course.title,
  awarded: formatDate(certificate.awardedAt, place),
  validUntil: lastDayInWords(certificate, place, spoken),
  state: certificateState(certificate, now),
  code: displayCode(certificate.code),
  href: `/admin/certificates/${certificate.id}`,
});

async function historyOf({ id }: CertificateFacts, { place }: Look) {
  const history = await certificateHistory(id);
  return history.map(entry => ({
    what: spoken(`admin.event.${entry.what}`),
    who: entry.who ?? spoken('admin.system'),
    when: formatMoment(entry.at, place),
    reason: entry.reason && [spoken(`reason.${entry.reason}`), entry.note].filter(Boolean).join(' · '),
  }));
}

/** The certificates before and after this one. */
function chainOf({ replaces, replacedBy }: CertificateFacts) {
  const link = (id: string, text: string) => ({ href: `/admin/certificates/${id}`, text });
  return [
    ...(replaces ? [link(replaces, spoken('rulings.replaces'))] : []),
    ...(replacedBy ? [link(replacedBy, spoken('rulings.replacedBy'))] : []),
  ];
}

/** What proves it to an auditor: alone, and with all others of the organisation. */
function packsOf({ id, organisationId, ledgerSeq }: CertificateFacts) {
  const whole = {
    href: `/organisations/${organisationId}/evidence/audit-pack`,
    text: spoken('certificate.organisationPack'),
  };
  const own = { href: `/certificates/${id}/audit-pack.zip`, text: spoken('certificate.auditPack') };
  return ledgerSeq === null ? [whole] : [own, whole];
}
