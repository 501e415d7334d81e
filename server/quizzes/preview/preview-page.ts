import type { Quiz } from '../quiz-model.js';
import type { PublishedCourse } from '../../courses/catalogue.js';
import type { Translate } from '../../i18n/i18n.js';
import type { PlayedCase } from '../../learning/case-page.js';
import { FINAL } from '../../learning/completion.js';
import { questionPart } from '../attempts/question-page.js';
import { remediationOf } from '../remediation/rules.js';
import { optionIds, type Item } from '../../questions/item.js';
import { questionTypes } from '../../questions/question-types.js';
import { quizName } from '../quiz-name.js';
import { rulingAddress } from '../regrading/ruling/ruling-text.js';
import { typeName, objectiveIn } from '../item-analysis/statistics-texts.js';

/** Addresses of what can be looked at in a course. */
export function previewAddresses(slug: string) {
  const base = `/admin/preview/${slug}`;
  return {
    /** A new form each time. */
    quiz: (name: string) => `${base}/quizzes/${name}`,
    form: (name: string, seed: string) => `${base}/quizzes/${name}?seed=${seed}`,
    result: (name: string, seed: string) => `${base}/quizzes/${name}/result?seed=${seed}`,
    item: (name: string, id: string) => `${base}/quizzes/${name}/items/${encodeURIComponent(id)}`,
    case: (name: string) => `${base}/cases/${name}`,
    /** The case of the final as in the exam. */
    examCase: `${base}/exam-case`,
    examAfter: (path: string) => `${base}/exam-case?path=${path}`,
    examDecision: `${base}/exam-case/decision`,
  };
}

/** One course of the list: its modules and its final, each with quiz and case. */
export function previewListValues({ slug, snapshot }: PublishedCourse, t: Translate) {
  const to = previewAddresses(slug);
  const modules = snapshot.modules.map(({ slug: name, title }) => ({
    title,
    quizHref: to.quiz(name),
    caseHref: to.case(name),
  }));
  const final = snapshot.final && {
    title: t('course.final'),
    quizHref: to.quiz(FINAL),
    caseHref: snapshot.final.scenario ? to.examCase : null,
  };
  return { slug, title: snapshot.title, rows: [...modules, ...(final ? [final] : [])] };
}

/** The case of a module, or of the final; null where there is none. */
export function caseIn({ slug, snapshot }: PublishedCourse, name: string): PlayedCase | null {
  const to = previewAddresses(slug);
  const module = snapshot.modules.find(each => each.slug === name);
  const scenario = name === FINAL ? snapshot.final?.scenario : module?.scenario;
  if (!scenario) return null;
  return { scenario, care: module?.care ?? null, href: to.case(name), back: null };
}

/** One question for its author: as learners see it, and with its key and feedback. */
export function itemValues(
  { slug, number, snapshot }: PublishedCourse,
  quiz: Quiz,
  item: Item,
  t: Translate,
) {
  const type = questionTypes.of(item);
  return {
    id: item.id,
    course: snapshot.title,
    back: { href: previewAddresses(slug).quiz(quiz.name), text: quizName(quiz.name, quiz.title, t) },
    ruleHref: rulingAddress({ courseSlug: slug, version: number, quiz: quiz.name, itemId: item.id }),
    facts: [
      { label: t('statistics.kind.label'), value: typeName(item.type, t) },
      { label: t('statistics.objective'), value: objectiveIn(snapshot, item.objective) },
      { label: t('preview.level'), value: t(`preview.levelName.${item.level}`) },
      {
        label: t('preview.critical'),
        value:
          item.critical === false
            ? t('preview.no')
            : (remediationOf(snapshot, item.critical)?.text ?? item.critical),
      },
    ],
    part: {
      slot: 1,
      prefix: '',
      ...questionPart(quiz, { itemId: item.id, optionOrder: optionIds(item) }, null, t),
    },
    options: type.explain(item, type.correctResponse(item), t),
  };
}
