import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { RulingTerms } from './rulings.js';

/** The address of the form that rules on a question, as one course version asks it in one quiz. */
export const rulingAddress = (asked: {
  courseSlug: string;
  version: number;
  quiz: string;
  itemId: string;
}): string =>
  `/admin/rulings/${asked.courseSlug}/${asked.version}/${asked.quiz}/${encodeURIComponent(asked.itemId)}`;

/** What a ruling says, as one sentence. */
export function rulingText(
  {
    kind,
    fromVersion,
    toVersion,
    keyVersion,
  }: Pick<RulingTerms, 'kind' | 'fromVersion' | 'toVersion' | 'keyVersion'>,
  t: Translate,
): string {
  const said = t(`regrade.said.${kind}`, { version: keyVersion ?? 0 });
  const range =
    fromVersion === toVersion
      ? t('regrade.inVersion', { version: fromVersion })
      : t('regrade.inVersions', { from: fromVersion, to: toVersion });
  return `${said} ${range}`;
}
