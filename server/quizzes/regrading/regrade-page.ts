import type { Translate } from '../../i18n/i18n.js';
import { canGrade, laterKeys, sameWording, rulesOnAnswers, type ItemWording } from './proposals.js';
import type { RegradeTally, RegradeFacts } from './regrades.js';
import { KINDS, type RulingTerms } from './rulings.js';
import { optionIds } from '../../questions/item.js';
import { questionTypes } from '../../questions/question-types.js';
import { inKeyWords } from './key-texts.js';
import type { LineRow } from './lines-and-log.js';

/** The address at which a question is ruled on, as one course version has it in one quiz. */
export const rulingAddress = (place: {
  courseSlug: string;
  version: number;
  quiz: string;
  itemId: string;
}): string =>
  `/admin/rulings/${place.courseSlug}/${place.version}/${place.quiz}/${encodeURIComponent(place.itemId)}`;

/** The addresses of one regrade. */
export const regradeAddresses = (id: string) => ({
  page: `/admin/regrades/${id}`,
  preview: `/admin/regrades/${id}/preview`,
  application: `/admin/regrades/${id}/application`,
  continuation: `/admin/regrades/${id}/continuation`,
  end: `/admin/regrades/${id}/end`,
  file: `/admin/regrades/${id}/changes.csv`,
});

/** What may be ruled on a question, in words; what cannot be is left out. */
export function kindChoices(
  {
    wordings,
    version,
    standing,
  }: { wordings: readonly ItemWording[]; version: number; standing: RulingTerms | null },
  t: Translate,
) {
  const item = wordings.find(each => each.version === version)?.item;
  const may = {
    void: true,
    key: laterKeys(wordings, version).length > 0,
    accept: item !== undefined && rulesOnAnswers(item),
    lift: standing !== null,
  };
  return KINDS.filter(kind => may[kind]).map(value => ({
    value,
    label: t(`regrade.kind.${value}`),
    hint: t(`regrade.kindHint.${value}`),
  }));
}

/**
 * The question as it was asked, and beside it as the newest version asks it and as the newest that could grade it does,
 * as far as they differ.
 */
export function wordingComparison(wordings: readonly ItemWording[], version: number, t: Translate) {
  const asked = wordings.find(each => each.version === version);
  if (!asked) throw new RangeError(`Version ${version} does not have the question`);
  const show = ({ version: number, item }: ItemWording) => ({
    heading: t('statistics.versionNumber', { number }),
    stem: item.stem,
    isCritical: item.critical !== false,
    rows: inKeyWords(item, t),
    note: canGrade(asked.item, item) ? null : t('regrade.otherAnswers'),
  });
  const later = [...laterKeys(wordings, version).slice(0, 1), ...wordings.slice(-1)];
  const others = later.filter(
    (each, index) => later.indexOf(each) === index && !sameWording(each.item, asked.item),
  );
  const note = others.length === 0 ? t('regrade.sameInNewest') : null;
  return { wordings: [{ ...show(asked), note }, ...others.map(show)] };
}

/** The question's own form, for one more right answer: as on its page, and without its key. */
export const answerForm = ({ item }: ItemWording) => {
  const type = questionTypes.of(item);
  return { ...type.present(item, optionIds(item)), hint: '', view: type.view };
};

/** The figures of a preview, in texts; once it was carried out, what has happened. */
export function tallyRows({ changes, certificates }: RegradeTally, isDone: boolean, t: Translate) {
  const row = (key: string, count: number) => ({ name: t(`regrade.tally.${key}`), count });
  const tense = isDone ? 'Done' : '';
  return [
    row('passed', changes.passed),
    row('points', changes.points),
    row('kept', changes.kept),
    row('withdrawn', changes.withdrawn),
    row(`issue${tense}`, certificates.issue),
    row(`replace${tense}`, certificates.replace),
    row(`suspend${tense}`, certificates.suspend),
  ];
}

/** One attempt that changes, in texts. */
export function changeLine(line: LineRow, texts: { name: string | null; date: string }, t: Translate) {
  const questions = line.maxPoints / 100;
  return {
    ...texts,
    before: t('regrade.right', { right: line.rightBefore, count: questions }),
    after: t('regrade.right', { right: line.rightAfter, count: questions }),
    change: t(`regrade.change.${line.change}`),
    certificate: line.certificate === 'none' ? null : t(`regrade.certificate.${line.certificate}`),
  };
}

/** What a ruling says, as one sentence. */
export function rulingText(
  {
    kind,
    fromVersion,
    toVersion,
    keyVersion,
  }: Pick<RegradeFacts, 'kind' | 'fromVersion' | 'toVersion' | 'keyVersion'>,
  t: Translate,
): string {
  const said = t(`regrade.said.${kind}`, { version: keyVersion ?? 0 });
  const range =
    fromVersion === toVersion
      ? t('regrade.inVersion', { version: fromVersion })
      : t('regrade.inVersions', { from: fromVersion, to: toVersion });
  return `${said} ${range}`;
}
