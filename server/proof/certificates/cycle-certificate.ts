import type { Config } from '../../config.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import type { CycleFacts } from '../../teaching/learning/enrolments.js';
import type { CycleSoFar } from '../../teaching/quizzes/attempts/cycle-so-far.js';
import { certificateCard, type CertificateCard } from './certificate-card.js';
import { lookUntilStored } from './lifecycle/stored-certificates.js';
import { certificateOf, type CertificateFacts } from './queries.js';
import { renewalOf } from './renewal/renew.js';
import { renewalOffer, type RenewalOffer } from './renewal/renewal-texts.js';

/** The certificate of a cycle, as the pages of its course show it; null while none is issued. */
export const cycleCertificate = async (
  cycleId: string,
  config: CardConfig,
): Promise<CertificateCard | null> => card(await issuedTo(cycleId), config);

/**
 * The same of a complete cycle, and how it may be renewed: null where there is nothing to renew. A certificate that is being made is
 * waited for, but no longer than a moment: whoever has just passed, or looks again, need not look once more.
 */
export async function certificateAndRenewal(
  { cycle, isNewest }: Pick<CycleSoFar, 'cycle' | 'isNewest'>,
  { config, clock, catchUp }: Pick<WebDeps, 'config' | 'clock' | 'catchUp'>,
): Promise<{ certificate: CertificateCard | null; renewal: RenewalOffer | null }> {
  const issued = await lookUntilStored(cycle.id, () => issuedTo(cycle.id), catchUp);
  const newest = isNewest ? cycle : undefined;
  const renewal = issued && (await offerFor(issued, config, { now: clock(), newest }));
  return { certificate: card(issued, config), renewal };
}

type CardConfig = Pick<Config, 'baseUrl' | 'timeZone'>;

async function issuedTo(cycleId: string): Promise<CertificateFacts | null> {
  const found = await certificateOf(cycleId);
  return found?.issuedAt ? found : null;
}

const card = (issued: CertificateFacts | null, { baseUrl, timeZone }: CardConfig): CertificateCard | null =>
  issued && certificateCard(issued, { baseUrl, place: hereIn(timeZone), t: spoken });

async function offerFor(
  issued: CertificateFacts,
  { timeZone }: CardConfig,
  { now, newest }: { now: number; newest: CycleFacts | undefined },
) {
  const renewal = await renewalOf(issued, { timeZone, now, newest });
  return renewalOffer(issued, renewal, { place: hereIn(timeZone), t: spoken, now });
}
