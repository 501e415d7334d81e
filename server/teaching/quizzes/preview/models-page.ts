import type { Library } from '../../content/library.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import type { PlayedCase } from '../../learning/pages/case-page.js';
import { byQuestion } from '../../questions/by-question.js';
import { optionIds, type Item } from '../../questions/item.js';
import { questionTypes } from '../../questions/question-types.js';
import { drawnPart } from '../attempts/question-page.js';
import { typeName } from '../item-analysis/statistics-texts.js';
import { jobsOf } from './job-words.js';

type Models = NonNullable<Library['models']>;

/** Stands in an address where a course stands otherwise. */
export const MODELS = 'models';

const base = `/admin/preview/${MODELS}`;
export const modelAddresses = {
  list: base,
  item: (id: string) => `${base}/items/${encodeURIComponent(id)}`,
  case: (id: string) => `${base}/cases/${encodeURIComponent(id)}`,
};

export const modelListValues = ({ items, scenarios }: Models, t: Translate) => ({
  items: items.map(item => ({
    id: item.id,
    href: modelAddresses.item(item.id),
    kind: typeName(item.type, t),
    jobs: jobsOf(item, t),
  })),
  cases: scenarios.map(({ id, title }) => ({ title, href: modelAddresses.case(id) })),
});

/** The values of `teaching/quizzes/preview/item`. Nobody answers a model item, so there is nothing to rule on. */
export function modelItemValues(item: Item, t: Translate) {
  const type = questionTypes.of(item);
  return {
    id: item.id,
    course: t('preview.models'),
    back: { href: modelAddresses.list, text: t('preview.models') },
    ruleHref: null,
    facts: [
      { label: t('statistics.kind.label'), value: typeName(item.type, t) },
      { label: t('statistics.objective'), value: item.objective },
      { label: t('preview.level'), value: t(`preview.levelName.${item.level}`) },
      { label: t('preview.critical'), value: item.critical || t('preview.no') },
      { label: t('preview.jobs'), value: jobsOf(item, t) },
    ],
    part: drawnPart({ item, type }, { order: optionIds(item) }, t),
    remark: type.remark(item, t),
    questions: byQuestion(type.explain(item, type.correctResponse(item), t)),
  };
}

/** A model case, to be played with its reasons; null where there is none of this id. */
export function modelCase({ scenarios }: Models, id: string): PlayedCase | null {
  const scenario = scenarios.find(each => each.id === id);
  return scenario
    ? { scenario, care: null, careHref: null, href: modelAddresses.case(id), back: null }
    : null;
}
