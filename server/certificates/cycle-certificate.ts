import type { Config } from '../config.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { certificateCard, type CertificateCard } from './certificate-card.js';
import { certificateOf } from './queries.js';
import { renewalOf } from './renewal/renew.js';
import { renewalOffer, type RenewalOffer } from './renewal/renewal-texts.js';

/** The certificate of a cycle, as the pages of its course show it; null while none is issued. */
export async function cycleCertificate(
  cycleId: string,
  { baseUrl, timeZone }: Pick<Config, 'baseUrl' | 'timeZone'>,
): Promise<CertificateCard | null> {
  const certificate = await certificateOf(cycleId);
  if (!certificate?.issuedAt) return null;
  return certificateCard(certificate, { baseUrl, place: hereIn(timeZone), t: spoken });
}

/** How the certificate of a cycle may be renewed, as the same pages say it; null where there is nothing to renew. */
export async function cycleRenewal(
  cycleId: string,
  { timeZone }: Pick<Config, 'timeZone'>,
  now: number,
): Promise<RenewalOffer | null> {
  const certificate = await certificateOf(cycleId);
  if (!certificate?.issuedAt) return null;
  const renewal = await renewalOf(certificate, { timeZone, now });
  return renewalOffer(certificate, renewal, { place: hereIn(timeZone), t: spoken, now });
}
