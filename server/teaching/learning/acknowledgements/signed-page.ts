import { formatMoment } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import type { SignedStatement } from './signing.js';

/** A statement that somebody signed, as every page shows it. */
export const signedValues = (
  { text, typedName, signedAt, number, locale, sha256 }: SignedStatement,
  timeZone: string,
) => ({
  text,
  locale,
  facts: [
    { label: spoken('acknowledgement.name'), value: typedName },
    { label: spoken('acknowledgement.signedAt'), value: formatMoment(Number(signedAt), hereIn(timeZone)) },
    {
      label: spoken('acknowledgement.version'),
      value: spoken('acknowledgement.versionOf', { number, locale }),
    },
    { label: 'SHA-256', value: sha256, code: true },
  ],
});
