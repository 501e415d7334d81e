import type { CertificateFacts } from '../queries.js';

/** A round as the wallet needs it. */
export interface CycleNumber {
  readonly id: string;
  readonly enrolmentId: string;
  readonly number: number;
}

/** One certificate in its chain; `renewedBy` and `renews` are certificates of the same person's wallet. */
export interface WalletEntry {
  readonly certificate: CertificateFacts;
  readonly renewedBy: CertificateFacts | null;
  readonly renews: CertificateFacts | null;
}

/** All certificates of one course, over years and employers, newest first. */
export interface WalletCourse {
  readonly slug: string;
  readonly title: string;
  readonly held: readonly WalletEntry[];
}

/**
 * Certificates by course, the course of the newest one first. A renewal is the next one of the same enrolment: another
 * employer's certificate of the same course stands beside it and renews nothing. The newest title names the course.
 */
export function groupByCourse(
  certificates: readonly CertificateFacts[],
  rounds: readonly CycleNumber[],
): WalletCourse[] {
  const roundOf = new Map(rounds.map(round => [round.id, round]));
  const newestFirst = certificates.toSorted((a, b) => b.awardedAt - a.awardedAt);
  const slugs = [...new Set(newestFirst.map(({ facts }) => facts.course.slug))];
  return slugs.map(slug => {
    const own = newestFirst.filter(({ facts }) => facts.course.slug === slug);
    const held = own.map(certificate => ({ certificate, ...neighbours(certificate, own, roundOf) }));
    return { slug, title: own[0]?.facts.course.title ?? slug, held };
  });
}

function neighbours(
  certificate: CertificateFacts,
  own: readonly CertificateFacts[],
  roundOf: ReadonlyMap<string, CycleNumber>,
): Pick<WalletEntry, 'renewedBy' | 'renews'> {
  const here = roundOf.get(certificate.cycleId);
  if (!here) return { renewedBy: null, renews: null };
  const chain = own
    .map(each => ({ each, round: roundOf.get(each.cycleId) }))
    .flatMap(({ each, round }) =>
      round?.enrolmentId === here.enrolmentId ? { each, number: round.number } : [],
    )
    .toSorted((a, b) => a.number - b.number);
  const stands = chain.filter(({ each }) => each.revokedAt === null && each.suspendedAt === null);
  return {
    renewedBy: stands.find(({ number }) => number > here.number)?.each ?? null,
    renews: stands.findLast(({ number }) => number < here.number)?.each ?? null,
  };
}
