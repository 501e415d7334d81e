import type { PublishedCourse } from '../../courses/catalogue.js';
import type { CourseSnapshot } from '../../content/snapshot.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import type { PlayedCase } from '../../learning/pages/case-page.js';
import { FINAL } from '../../learning/completion.js';
import { byQuestion } from '../../questions/by-question.js';
import { optionIds, type Item } from '../../questions/item.js';
import { questionTypes } from '../../questions/question-types.js';
import { mendingLinks, partsOf, type Problems } from '../attempts/all-questions-page.js';
import { questionPart } from '../attempts/question-page.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import { objectiveIn, typeName } from '../item-analysis/statistics-texts.js';
import type { Kept, Quiz } from '../quiz-model.js';
import { caseOfForm } from '../quiz.js';
import { quizName } from '../quiz-words.js';
import { rulingAddress } from '../regrading/ruling/ruling-text.js';
import { remediationOf } from '../remediation/rules.js';
import { jobsOf } from './job-words.js';

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
    /** A case of the final as in the exam. */
    examCase: (id: string) => `${base}/exam-case/${id}`,
    examAfter: (id: string, path: string) => `${base}/exam-case/${id}?path=${path}`,
    examDecision: (id: string) => `${base}/exam-case/${id}/decision`,
  };
}

/** One course of the list: its modules and its final, each with its quiz and cases. */
export function previewListValues({ slug, snapshot }: PublishedCourse, t: Translate) {
  const to = previewAddresses(slug);
  const modules = snapshot.modules.map(({ slug: name, title }) => ({
    title,
    quizHref: to.quiz(name),
    cases: [{ href: to.case(name), text: t('preview.case') }],
  }));
  const final = snapshot.final && {
    title: t('course.final'),
    quizHref: to.quiz(FINAL),
    cases: snapshot.final.scenarios.map(({ id, title: text }) => ({ href: to.examCase(id), text })),
  };
  return { slug, title: snapshot.title, rows: [...modules, ...(final ? [final] : [])] };
}

/** A drawn form on one page. `kept`: the answers to show in it; `seed` names it in the address. */
export function previewFormValues(
  { slug, snapshot }: PublishedCourse,
  { quiz, form, kept, seed }: { quiz: Quiz; form: readonly DrawnSlot[]; kept: readonly Kept[]; seed: string },
  { problems, mayKnow }: { problems: Problems; mayKnow: boolean },
  t: Translate,
) {
  const to = previewAddresses(slug);
  const parts = partsOf({ quiz, form, kept }, problems, t);
  const scenario = caseOfForm(quiz, form);
  return {
    title: quizName(quiz.name, quiz.title, t),
    course: snapshot.title,
    // Nothing is saved here.
    parts: parts.map(part => ({ ...part, isSaved: false })),
    errors: mendingLinks(parts, t),
    caseHref: scenario && to.examCase(scenario.id),
    reasonsHref: scenario && mayKnow ? to.case(scenario.id) : null,
    againHref: to.quiz(quiz.name),
    action: to.result(quiz.name, seed),
    mayKnow,
  };
}

/** The case of a module, by its slug, or one of the final, by its id; null where there is none. */
export function caseIn({ slug, snapshot }: PublishedCourse, name: string): PlayedCase | null {
  const to = previewAddresses(slug);
  const module = snapshot.modules.find(each => each.slug === name);
  const scenario = module?.scenario ?? snapshot.final?.scenarios.find(({ id }) => id === name);
  if (!scenario) return null;
  return { scenario, care: module?.care ?? null, careHref: null, href: to.case(name), back: null };
}

/** One question for its author: as learners see it, in the words of the jobs that it is written for, with its key and feedback. */
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
    facts: itemFacts(snapshot, item, t),
    part: {
      slot: 1,
      prefix: '',
      ...questionPart({ ...quiz, job: null }, { itemId: item.id, optionOrder: optionIds(item) }, null, t),
    },
    remark: type.remark(item, t),
    questions: byQuestion(type.explain(item, type.correctResponse(item), t)),
  };
}

function itemFacts(snapshot: CourseSnapshot, item: Item, t: Translate) {
  const { type, objective, level, critical } = item;
  const rule = critical === false ? t('preview.no') : (remediationOf(snapshot, critical)?.text ?? critical);
  return [
    { label: t('statistics.kind.label'), value: typeName(type, t) },
    { label: t('statistics.objective'), value: objectiveIn(snapshot, objective) },
    { label: t('preview.level'), value: t(`preview.levelName.${level}`) },
    { label: t('preview.critical'), value: rule },
    { label: t('preview.jobs'), value: jobsOf(item, t) },
  ];
}
