import { exhibitOf } from '../../../exhibits/exhibit-parts.js';
import { formatDate, type Place, type Translate } from '../../../../platform/i18n/i18n.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { optionIds } from '../../../questions/item.js';
import { questionTypes } from '../../../questions/question-types.js';
import { prefixOf } from '../../attempts/field-prefix.js';
import { statisticsAddresses } from '../../item-analysis/statistics-page.js';
import { quizName } from '../../quiz-words.js';
import type { AskedQuestion } from './asked-question.js';
import { askedElsewhere } from './item-versions.js';
import { inKeyWords } from './key-texts.js';
import {
  canGrade,
  laterKeys,
  rangeOf,
  rulesOnAnswers,
  sameWording,
  type ItemWording,
  type RulingRefusal,
} from './proposals.js';
import type { RulingForm } from './ruling-form.js';
import { rulingAddress, rulingText } from './ruling-text.js';
import { KINDS } from './rulings.js';

/** The page on which a question is ruled on. `sent`: a form to show again, its errors in words. */
export async function rulingPage(question: AskedQuestion, sent: RulingForm | null, place: Place) {
  const { wordings, version, asked, courseSlug, quiz, itemId } = question;
  const t = spoken;
  const title = `${quizName(quiz, question.quizTitle, t)} · ${question.course}`;
  const { from, to } = rangeOf(wordings, version);
  return {
    title,
    itemId,
    back: { href: statisticsAddresses({ courseSlug, version, quiz, only: 'first' }).quiz, text: title },
    ...wordingComparison(wordings, version, t),
    rulings: rulingRows(question, place, t),
    elsewhere: (await askedElsewhere(asked.item, question)).map(other => ({
      text: `${quizName(other.quiz, other.title, t)} · ${other.course}`,
      href: rulingAddress({ ...other, itemId }),
    })),
    action: rulingAddress(question),
    kinds: kindChoices(question, t),
    keys: laterKeys(wordings, version).map(later => ({
      value: String(later.version),
      label: t('statistics.versionNumber', { number: later.version }),
    })),
    answer: rulesOnAnswers(asked.item) ? answerForm(asked) : null,
    prefix: prefixOf(1),
    response: sent?.response ?? {},
    values: sent?.values ?? { fromVersion: String(from), toVersion: String(to) },
    errors: sent?.errors ?? {},
  };
}

/** The field of the form beside which a refusal is explained. */
const FIELD_OF: Readonly<Record<RulingRefusal, string>> = {
  range: 'fromVersion',
  wording: 'fromVersion',
  key: 'keyVersion',
  answer: 'answer',
  nothing: 'kind',
};

/** Why a ruling cannot be made, beside its field; beside the choice of the kind where the page does not have that field. */
export function refusalErrors(
  refusal: RulingRefusal,
  { wordings, version }: Pick<AskedQuestion, 'wordings' | 'version'>,
  t: Translate,
): Record<string, string> {
  const isShown = refusal !== 'key' || laterKeys(wordings, version).length > 0;
  return { [isShown ? FIELD_OF[refusal] : 'kind']: t(`regrade.refusal.${refusal}`) };
}

/**
 * The question as this version asks it, and beside it as the newest version asks it and as the newest that could grade it
 * does, where they differ.
 */
function wordingComparison(wordings: readonly ItemWording[], version: number, t: Translate) {
  const asked = wordings.find(each => each.version === version);
  if (!asked) throw new RangeError(`Version ${version} does not have the question`);
  const show = ({ version: number, item }: ItemWording) => ({
    heading: t('statistics.versionNumber', { number }),
    stem: item.stem,
    isCritical: item.critical !== false,
    questions: inKeyWords(item, t),
    note: canGrade(asked.item, item) ? null : t('regrade.otherAnswers'),
  });
  const later = [...laterKeys(wordings, version).slice(0, 1), ...wordings.slice(-1)];
  const others = later.filter(
    (each, index) => later.indexOf(each) === index && !sameWording(each.item, asked.item),
  );
  const note = others.length === 0 ? t('regrade.sameInNewest') : null;
  return { wordings: [{ ...show(asked), note }, ...others.map(show)] };
}

const rulingRows = ({ rulings, standing }: AskedQuestion, place: Place, t: Translate) =>
  rulings.map(ruling => ({
    said: rulingText(ruling, t),
    reason: ruling.reason,
    when: formatDate(ruling.createdAt, place),
    stands: ruling === standing,
  }));

/** The kinds of ruling that the question allows. */
function kindChoices({ wordings, version, asked, standing }: AskedQuestion, t: Translate) {
  const may = {
    void: true,
    key: laterKeys(wordings, version).length > 0,
    accept: rulesOnAnswers(asked.item),
    lift: standing !== null,
  };
  return KINDS.filter(kind => may[kind]).map(value => ({
    value,
    label: t(`regrade.kind.${value}`),
    hint: t(`regrade.kindHint.${value}`),
  }));
}

/** The question's own form, to give one more right answer: as on its page, without its key. */
const answerForm = ({ item }: ItemWording) => {
  const type = questionTypes.of(item);
  const { title = null, scene = null } = item;
  return {
    ...{ title, scene, ...type.present(item, optionIds(item)), hint: '' },
    ...{ view: type.view, exhibit: exhibitOf(item) },
  };
};
