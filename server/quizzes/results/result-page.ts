import type { Kept, Quiz } from '../quiz-model.js';
import { inMinutes, readingSeconds } from '../../courses/cards.js';
import type { CourseSnapshot } from '../../courses/content/snapshot.js';
import { addresses } from '../../learning/cycle-addresses.js';
import type { Translate } from '../../i18n/i18n.js';
import type { AttemptFacts } from '../attempts/attempts.js';
import { isSureButWrong } from '../grading/confidence.js';
import { isCase, itemIn, type gradeForm } from '../quiz.js';
import type { Corrections } from '../regrading/corrections.js';
import { FULL_POINTS } from '../../questions/question-type.js';

type Graded = ReturnType<typeof gradeForm>;
type Missed = Pick<Graded, 'restudy'>;

/**
 * Which lessons to read again, each once, with all it is to be read for; a safety question first. Names no item
 * and no option.
 */
export function restudyRows(course: CourseSnapshot, cycleId: string, graded: Missed) {
  const rows = objectiveRows(course, cycleId, graded);
  return rows
    .filter((row, index) => rows.findIndex(({ lessonHref }) => lessonHref === row.lessonHref) === index)
    .map(row => {
      const same = rows.filter(({ lessonHref }) => lessonHref === row.lessonHref);
      const objectives = same.flatMap(each => each.objectives);
      return { ...row, objectives, critical: same.some(({ critical }) => critical) };
    });
}

/** So many lessons have room for all that they are to be read for; of more, each row is kept short. */
const FEW_LESSONS = 3;

/** Rows with what each says of its lesson: its objectives, or the first one and how many more. Empty without one. */
export function shortRows<Row extends { readonly objectives: readonly string[] }>(
  rows: readonly Row[],
  t: Translate,
) {
  const said = ([first = '', ...more]: readonly string[]) =>
    more.length === 0 ? first : t('result.andMore', { objective: first, count: more.length });
  return rows.map(row => ({
    ...row,
    objective: rows.length <= FEW_LESSONS ? row.objectives.join(' ') : said(row.objectives),
  }));
}

function objectiveRows(course: CourseSnapshot, cycleId: string, { restudy }: Missed) {
  return restudy.flatMap(({ objective, critical }) => {
    const module = course.modules.find(({ objectives }) => objectives.some(({ id }) => id === objective));
    const lesson = module?.lessons.find(({ objectives }) => objectives.includes(objective));
    const text = module?.objectives.find(({ id }) => id === objective)?.text;
    if (!module || !lesson || !text) return [];
    return {
      lessonTitle: lesson.title,
      lessonHref: addresses(cycleId).lesson(module.slug, lesson.name),
      objectives: [text],
      minutes: inMinutes(readingSeconds(lesson)),
      critical,
    };
  });
}

/**
 * After a pass: every drawn question (they stand before the case) as its type reviews it, those first of
 * which the learner was sure and wrong. Never made for an attempt that failed.
 */
export function feedbackRows(
  quiz: Quiz,
  attempt: Pick<AttemptFacts, 'form'>,
  kept: readonly Kept[],
  { slots }: Graded,
  t: Translate,
) {
  const drawnItems = attempt.form.filter(drawn => !isCase(quiz, drawn));
  const rows = drawnItems.map((drawn, index) => {
    const { item, type } = itemIn(quiz, drawn);
    const right = slots[index]?.points === FULL_POINTS;
    const answer = kept.find(({ slot }) => slot === index + 1)?.response ?? {};
    const mark = quiz.marks?.get(item.id)?.kind ?? null;
    return {
      position: index + 1,
      stem: item.stem,
      right,
      sure: isSureButWrong(kept, index + 1, right),
      mark,
      review: mark === 'void' ? null : { view: type.reviewView, values: type.review(item, answer, t) },
    };
  });
  return rows.sort((a, b) => Number(b.sure) - Number(a.sure));
}

/** What was corrected since the quiz was submitted, in sentences; empty where nothing was. Names no question. */
export function correctionTexts(
  { rulings, last }: Pick<Corrections, 'rulings' | 'last'>,
  date: (ms: number) => string,
  t: Translate,
): string[] {
  const ruled = rulings.map(({ kind, at }) => t(`regrade.notice.${kind}`, { date: date(at) }));
  const outcome = last ? [t(`regrade.outcome.${last.change}`, { date: date(last.at) })] : [];
  return [...new Set([...ruled, ...outcome])];
}
