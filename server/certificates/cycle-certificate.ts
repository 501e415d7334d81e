import type { Config } from '../config.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { certificateCard, type CertificateCard } from './certificate-card.js';
import { certificateOf, type CertificateFacts } from './queries.js';
import { renewalOf } from './renewal/renew.js';
import { renewalOffer, type RenewalOffer } from './renewal/renewal-texts.js';

/** The certificate of a cycle, as the pages of its course show it; null while none is issued. */
export const cycleCertificate = async (
  cycleId: string,
  config: CardConfig,
): Promise<CertificateCard | null> => card(await issuedTo(cycleId), config);

/** The same, and how it may be renewed: null where there is nothing to renew. */
export async function certificateAndRenewal(
  cycleId: string,
  config: CardConfig,
  now: number,
): Promise<{ certificate: CertificateCard | null; renewal: RenewalOffer | null }> {
  const issued = await issuedTo(cycleId);
  return { certificate: card(issued, config), renewal: issued && (await offerFor(issued, config, now)) };
}

type CardConfig = Pick<Config, 'baseUrl' | 'timeZone'>;

async function issuedTo(cycleId: string): Promise<CertificateFacts | null> {
  const found = await certificateOf(cycleId);
  return found?.issuedAt ? found : null;
}

const card = (issued: CertificateFacts | null, { baseUrl, timeZone }: CardConfig): CertificateCard | null =>
  issued && certificateCard(issued, { baseUrl, place: hereIn(timeZone), t: spoken });

async function offerFor(issued: CertificateFacts, { timeZone }: CardConfig, now: number) {
  const renewal = await renewalOf(issued, { timeZone, now });
  return renewalOffer(issued, renewal, { place: hereIn(timeZone), t: spoken, now });
}
