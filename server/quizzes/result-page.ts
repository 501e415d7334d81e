import type { CourseSnapshot } from '../courses/content/snapshot.js';
import { addresses } from '../learning/course-page.js';
import type { AttemptFacts } from './attempts.js';
import { itemIn, type gradeForm, type Kept, type Quiz } from './quiz.js';
import type { OptionItem } from './types/item.js';

type Graded = ReturnType<typeof gradeForm>;

/**
 * Which lessons to read again, each once, with all it is to be read for; a safety question first. Names no item
 * and no option.
 */
export function restudyRows(course: CourseSnapshot, cycleId: string, graded: Graded) {
  const rows = objectiveRows(course, cycleId, graded);
  return rows
    .filter((row, index) => rows.findIndex(({ lessonHref }) => lessonHref === row.lessonHref) === index)
    .map(row => {
      const same = rows.filter(({ lessonHref }) => lessonHref === row.lessonHref);
      const objective = same.map(each => each.objective).join(' ');
      return { ...row, objective, critical: same.some(({ critical }) => critical) };
    });
}

function objectiveRows(course: CourseSnapshot, cycleId: string, { restudy }: Graded) {
  return restudy.flatMap(({ objective, critical }) => {
    const module = course.modules.find(({ objectives }) => objectives.some(({ id }) => id === objective));
    const lesson = module?.lessons.find(({ objectives }) => objectives.includes(objective));
    const text = module?.objectives.find(({ id }) => id === objective)?.text;
    if (!module || !lesson || !text) return [];
    return {
      lessonTitle: lesson.title,
      lessonHref: addresses(cycleId).lesson(module.slug, lesson.name),
      objective: text,
      minutes: lesson.minutes,
      critical,
    };
  });
}

/** After a pass: every question with the feedback on each option. Never made for an attempt that failed. */
export function feedbackRows(quiz: Quiz, attempt: AttemptFacts, kept: readonly Kept[], { slots }: Graded) {
  return attempt.form.map((drawn, index) => {
    const { item, type } = itemIn(quiz, drawn);
    const answer = kept.find(({ slot }) => slot === index + 1)?.response;
    const summary = answer ? type.summarise(item, answer) : { truth: null, texts: [] };
    const { options, key } = item as OptionItem;
    return {
      stem: item.stem,
      yourAnswer: summary.texts.join(' · '),
      right: slots[index]?.points === 100,
      options: options.map(option => ({
        text: option.text,
        feedback: option.feedback,
        chosen: summary.texts.includes(option.text),
        correct: key.includes(option.id),
      })),
    };
  });
}
