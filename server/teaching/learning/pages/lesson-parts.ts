import type { SnapshotLesson } from '../../content/snapshot.js';
import type { RenderedBlock } from '../../courses/lesson-html.js';
import type { Exhibit } from '../../exhibits/exhibit-shape.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { typed } from '../../../platform/http/forms.js';
import type { JobName } from '../../questions/jobs.js';
import { lessonQuestions, type LessonQuestion } from '../lesson-questions.js';
import { fieldOfThing, shownSort, sortedIn } from '../lesson-sorts.js';

/** An answer to something that a lesson asks: its id, and the form that came. */
export interface LessonAnswer {
  readonly id: string;
  readonly form: unknown;
}

interface PartInputs {
  readonly lesson: SnapshotLesson;
  readonly job: JobName | null;
  readonly answer: LessonAnswer | null;
  /** The address of the lesson. */
  readonly here: string;
  readonly isCopy: boolean;
}

/** What a lesson asks, by its id, for the page; `open` is the field to be mended where an answer lacks something. */
export function lessonParts({ lesson, job, answer, here, isCopy }: PartInputs) {
  const addressOf = (id: string) => `${here}/checks/${id}#check-${id}`;
  const formOf = (id: string) => (answer?.id === id ? answer.form : null);
  const questions = lessonQuestions(lesson, job, spoken).map(question => {
    const choice = answer?.id === question.id ? typed(answer.form, 'choice') : null;
    const isOpen = choice !== null && !question.options.some(({ id }) => id === choice);
    return {
      ...{ id: question.id, kind: 'check' as const },
      check: { ...shownQuestion(question, choice, isCopy), action: addressOf(question.id) },
      error: isOpen ? spoken('question.problem.missing') : null,
      open: isOpen ? `${question.id}-${question.options[0]?.id}` : null,
    };
  });
  const sorts = (lesson.sorts ?? []).map(sort => {
    const form = formOf(sort.id);
    const given = form === null ? null : sortedIn(sort, form);
    const at = given?.indexOf(null) ?? -1;
    return {
      ...{ id: sort.id, kind: 'sort' as const },
      sort: { ...shownSort(sort, given, isCopy), action: addressOf(sort.id) },
      error: at >= 0 ? spoken('components.sortOpen') : null,
      open: at >= 0 ? `${sort.id}-${fieldOfThing(at)}` : null,
    };
  });
  return [...questions, ...sorts];
}

type LessonPart = ReturnType<typeof lessonParts>[number];

function shownQuestion({ id, stem, options, key }: LessonQuestion, choice: string | null, isCopy: boolean) {
  const chosen = options.find(option => option.id === choice);
  return {
    ...{ id, stem },
    // A copy is read where no server can answer; what is asked in a lesson is practice.
    options: options.map(option => ({
      ...{ id: option.id, text: option.text },
      ...(isCopy ? { right: option.id === key, feedback: option.feedback } : {}),
    })),
    answered: chosen ? { chosen: chosen.id, right: chosen.id === key, feedback: chosen.feedback } : null,
  };
}

/** The blocks of a lesson with what they name, in stops: each ends with something to do, the last one where the lesson ends. */
export function lessonStops(blocks: readonly RenderedBlock[], lesson: SnapshotLesson, parts: LessonPart[]) {
  const stops: StopBlock[][] = [];
  let isDone = true;
  for (const block of blocks) {
    const isDoing = block.kind === 'check' || block.kind === 'exercise';
    // Things to do that follow each other end one stop.
    if (isDone && !isDoing) stops.push([]);
    isDone = isDoing;
    stops.at(-1)?.push(stopBlock(block, lesson, parts));
  }
  return stops;
}

type StopBlock =
  | Exclude<RenderedBlock, { kind: 'check' | 'exhibit' }>
  | { readonly kind: 'exhibit'; readonly exhibit: Exhibit }
  | LessonPart;

function stopBlock(
  block: RenderedBlock,
  { name, exhibits = [] }: SnapshotLesson,
  parts: LessonPart[],
): StopBlock {
  if (block.kind !== 'check' && block.kind !== 'exhibit') return block;
  const part = block.kind === 'check' ? parts.find(({ id }) => id === block.id) : undefined;
  const exhibit = block.kind === 'exhibit' ? exhibits.find(({ id }) => id === block.id) : undefined;
  if (exhibit) return { kind: 'exhibit', exhibit };
  if (!part) throw new Error(`Lesson ${name} places something that it does not have: ${block.id}`);
  return part;
}
