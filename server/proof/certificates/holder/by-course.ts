import type { CycleFacts } from '../../../teaching/learning/enrolments.js';
import type { CertificateFacts } from '../queries.js';

/** A certificate in a wallet, and its neighbours in the chain of renewals, from the same wallet. */
export interface WalletEntry {
  readonly certificate: CertificateFacts;
  /** The newest cycle of its enrolment. */
  readonly newest: CycleFacts | undefined;
  readonly renewedBy: CertificateFacts | null;
  readonly renews: CertificateFacts | null;
}

/** A person's certificates of one course, from any employer, newest first. */
export interface WalletCourse {
  readonly slug: string;
  readonly title: string;
  readonly held: readonly WalletEntry[];
}

/**
 * Group certificates by course, beginning with the course of the newest one, whose title names the course. A renewal is
 * the next certificate of the same enrolment: a certificate of the same course from another employer renews nothing.
 */
export function groupByCourse(
  certificates: readonly CertificateFacts[],
  cycles: readonly CycleFacts[],
): WalletCourse[] {
  const cycleById = new Map(cycles.map(cycle => [cycle.id, cycle]));
  const newestFirst = certificates.toSorted((a, b) => b.awardedAt - a.awardedAt);
  const slugs = [...new Set(newestFirst.map(({ facts }) => facts.course.slug))];
  return slugs.map(slug => {
    const own = newestFirst.filter(({ facts }) => facts.course.slug === slug);
    const held = own.map(certificate => ({ certificate, ...neighbours(certificate, own, cycleById) }));
    return { slug, title: own[0]?.facts.course.title ?? slug, held };
  });
}

function neighbours(
  { cycleId }: CertificateFacts,
  own: readonly CertificateFacts[],
  cycleById: ReadonlyMap<string, CycleFacts>,
): Omit<WalletEntry, 'certificate'> {
  const here = cycleById.get(cycleId);
  if (!here) return { newest: undefined, renewedBy: null, renews: null };
  const sameEnrolment = [...cycleById.values()].filter(({ enrolmentId }) => enrolmentId === here.enrolmentId);
  const chain = own
    .filter(({ revokedAt, suspendedAt }) => revokedAt === null && suspendedAt === null)
    .map(certificate => ({ certificate, cycle: cycleById.get(certificate.cycleId) }))
    .filter(({ cycle }) => cycle?.enrolmentId === here.enrolmentId)
    .map(({ certificate, cycle }) => ({ certificate, number: cycle?.number ?? 0 }))
    .toSorted((a, b) => a.number - b.number);
  return {
    newest: sameEnrolment.toSorted((a, b) => a.number - b.number).at(-1),
    renewedBy: chain.find(({ number }) => number > here.number)?.certificate ?? null,
    renews: chain.findLast(({ number }) => number < here.number)?.certificate ?? null,
  };
}
