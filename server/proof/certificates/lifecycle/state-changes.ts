import { spoken } from '../../../platform/i18n/spoken.js';
import { can, type Action, type Actor } from '../../../policy.js';
import type { CertificateFacts } from '../queries.js';

/** What a person may decide about a certificate. Each has a page of its own, which asks before it acts. */
export type StateChange = 'suspension' | 'reinstatement' | 'correction' | 'revocation';

/** The right that each takes. */
export const ALLOWED: Readonly<Record<StateChange, Action>> = {
  suspension: 'certificate.suspend',
  reinstatement: 'certificate.suspend',
  correction: 'certificate.correct',
  revocation: 'certificate.revoke',
};

/** The changes that the state of a certificate leaves open, whoever asks. */
export function changesOpenTo({
  issuedAt,
  revokedAt,
  supersededAt,
  suspendedAt,
}: CertificateFacts): StateChange[] {
  if (revokedAt !== null || supersededAt !== null) return [];
  if (issuedAt === null) return ['revocation'];
  return suspendedAt === null ? ['correction', 'suspension', 'revocation'] : ['reinstatement', 'revocation'];
}

/** What `actor` may do to a certificate now, as links; nothing to one's own. */
export const changeLinks = (
  actor: Actor | null,
  certificate: CertificateFacts,
): { href: string; text: string }[] =>
  changesOpenTo(certificate)
    .filter(change => can(actor, ALLOWED[change], certificate))
    .map(change => ({
      href: `/certificates/${certificate.id}/${change}`,
      text: spoken(`rulings.${change}.heading`),
    }));
