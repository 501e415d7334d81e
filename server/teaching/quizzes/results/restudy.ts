import { inMinutes, readingSeconds } from '../../courses/cards.js';
import type { CourseSnapshot } from '../../content/snapshot.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { addresses } from '../../learning/cycle-addresses.js';
import type { GradedForm } from '../quiz.js';

type Missed = Pick<GradedForm, 'restudy'>;

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
