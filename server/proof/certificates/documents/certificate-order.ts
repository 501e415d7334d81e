import type { Config } from '../../../config.js';
import { verifyUrl } from '../certificate-card.js';
import type { CertificateFacts } from '../queries.js';
import type { PaperOrder } from './paper-orders.js';
import type { PaperSize } from './pdf/paper.js';

/** A certificate on paper, to be drawn. `credential`: its signed text. */
export function certificateOrder(
  { credential, code, ledgerHead, facts }: CertificateFacts & { readonly credential: string },
  { baseUrl, timeZone }: Pick<Config, 'baseUrl' | 'timeZone'>,
  size: PaperSize,
): PaperOrder {
  const [codeUrl, checkUrl] = [verifyUrl(baseUrl, code), `${baseUrl}/verify`];
  const shown = { credential, code, ledgerHead, codeUrl, checkUrl, size };
  return { kind: 'pdf', facts: { ...shown, timeZone: facts.timeZone ?? timeZone } };
}
