import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { addresses } from '../../../teaching/learning/cycle-addresses.js';
import { explainExpiry } from '../lifecycle/validity-text.js';
import type { CertificateFacts } from '../queries.js';
import type { Renewal } from './renew.js';

/** How a certificate can be renewed, in words. Once it `isOpen`, a form posts to `action` or a link leads to `href`. */
export interface RenewalOffer {
  readonly text: string;
  readonly isOpen: boolean;
  readonly action: string | null;
  readonly href: string | null;
}

/** The renewal of a certificate in words; null when there is nothing to say. */
export function renewalOffer(
  { id, validUntil, revokedAt }: Pick<CertificateFacts, 'id' | 'validUntil' | 'revokedAt'>,
  renewal: Renewal,
  { place, t, now }: { place: Place; t: Translate; now: number },
): RenewalOffer | null {
  if (renewal.kind === 'none') return null;
  if (renewal.kind === 'paused') return closed(t('renewal.paused'));
  if (renewal.kind === 'restricted') return closed(t('renewal.restricted'));
  if (renewal.kind === 'not-yet')
    return closed(t('renewal.notYet', { opens: dayInWords(renewal.opens, place) }));
  if (renewal.cycle)
    return { text: t('renewal.begun'), isOpen: true, action: null, href: addresses(renewal.cycle.id).course };
  const hasExpired = validUntil !== null && validUntil <= now;
  const kind = revokedAt !== null ? 'withdrawn' : hasExpired ? 'ended' : 'open';
  return { text: t(`renewal.${kind}`), isOpen: true, action: `/certificates/${id}/renewal`, href: null };
}

const closed = (text: string): RenewalOffer => ({ text, isOpen: false, action: null, href: null });

/** A day such as "2027-10-01" in words. It has no time zone: it is the same day wherever it is read. */
export const dayInWords = (day: string, { locale }: Place): string =>
  formatDate(Date.parse(day), { locale, timeZone: 'UTC' });

/** Why a certificate expires on its day; null for old awards, whose inputs were not kept. */
export function expiryExplanation(
  { facts, awardedAt }: CertificateFacts,
  place: Place,
  t: Translate,
): string | null {
  if (!facts.validity || !facts.timeZone) return null;
  const inputs = { ...facts.validity, completedAt: awardedAt, timeZone: facts.timeZone };
  return explainExpiry(inputs, { locale: place.locale, t });
}
