import type { SnapshotLesson } from '../content/snapshot.js';
import type { Translate } from '../../platform/i18n/i18n.js';
import { askedOf, type JobName } from '../questions/jobs.js';
import { voiceFor } from '../questions/types/decision/decision-words.js';
import { DISPOSITIONS } from '../questions/types/decision/dispositions.js';

/** What a lesson asks on its page: answered there, never stored, never scored. */
export interface LessonQuestion {
  readonly id: string;
  readonly stem: string;
  readonly options: readonly { readonly id: string; readonly text: string; readonly feedback: string }[];
  /** The id of the right option. */
  readonly key: string;
}

/** The questions of a lesson: those from memory, and its decisions in the words of the learner's job, null where none is known. */
export function lessonQuestions(
  { checks, decisions = [] }: SnapshotLesson,
  job: JobName | null,
  t: Translate,
): LessonQuestion[] {
  const voice = voiceFor(askedOf(job, {}));
  return [
    ...checks,
    ...decisions.map(({ id, story, key, feedback }) => ({
      ...{ id, key, stem: story },
      options: DISPOSITIONS.map(each => ({
        ...{ id: each, text: t(`decision.words.${voice}.${each}`), feedback: feedback[each] },
      })),
    })),
  ];
}
