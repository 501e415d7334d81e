import type { Confidence, Kept, Quiz } from '../../../server/teaching/quizzes/quiz-model.js';
import { randomInt } from 'node:crypto';
import { forgetCatalogue } from '../../../server/teaching/courses/catalogue.js';
import type { CourseSnapshot } from '../../../server/teaching/content/snapshot.js';
import type { Param } from '../../../server/platform/db/lanes.js';
import { rows, write } from '../rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import type { DrawnSlot } from '../../../server/teaching/quizzes/drawing/draw-form.js';
import { gradeForm, itemIn, newForm, quizOf } from '../../../server/teaching/quizzes/quiz.js';
import type { Answer } from '../../../server/teaching/questions/answer.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { course, MODULE } from '../walk.js';
import { rightAnswer, wrongAnswer } from '../answers.js';
import { countedQuizzes } from '../../../server/teaching/quizzes/item-analysis/kept/counted-quizzes.js';
import { QUIZZES } from '../../../server/teaching/quizzes/item-analysis/kept/sum-names.js';
import { countFacts } from '../../../server/platform/sums/count.js';
import { countAgain, countLater } from '../../../server/platform/sums/uncounted.js';

/** Where attempts are made up. */
export interface Place {
  readonly organisation: string;
  readonly courseSlug: string;
  readonly versionId: string;
  readonly quiz: Quiz;
}

/** What is special about an attempt; the rest is as it mostly is. */
export interface Wishes {
  /** Epoch milliseconds; handed in ten seconds after the last answer. */
  readonly startedAt?: number;
  /** Items of the form, in this order; drawn without. */
  readonly items?: readonly Item[];
  /** Null leaves a question out. Without, right for some and wrong for others. */
  readonly answer?: (item: Item, place: number) => Answer | null;
  /** How sure they say to be; nothing without. */
  readonly confidence?: (item: Item, place: number) => Confidence | null;
  /** Seconds for each answer. */
  readonly seconds?: number;
  readonly isOpen?: boolean;
  readonly number?: number;
  readonly round?: number;
  /** Somebody who was made up before. */
  readonly by?: MadeUp;
}

/** What is special about a course of one's own. */
interface Own {
  readonly slug?: string;
  readonly number?: number;
  readonly quiz?: string;
  /** Changes the text of the content. */
  readonly change?: (text: string) => string;
}

/** A course that has nobody else's attempts, with the content of the real one. `sweep` takes it away. */
export async function ownPlace({
  slug = `${OWN}${newId()}`,
  number = 1,
  quiz: name = MODULE,
  change = text => text,
}: Own = {}): Promise<Place> {
  const content = change(JSON.stringify((await course()).snapshot));
  const versionId = newId();
  await write(
    `insert into course_versions (id, course_slug, number, content_hash, content, published_at)
     values ($1, $2, $3, $1, $4, 1)`,
    [versionId, slug, number, content],
  );
  const quiz = quizOf(JSON.parse(content) as CourseSnapshot, name);
  if (!quiz) throw new Error(`There is no quiz ${name}`);
  return { organisation: (await openOrganisation()).id, courseSlug: slug, versionId, quiz };
}

const OWN = 'own-';

/** Takes all courses of one's own away, and whatever was made up in them: the shelf shows every course. */
export async function sweep(): Promise<void> {
  const ours = `(select id from course_versions where course_slug like '${OWN}%')`;
  const attempts = `(select id from attempts where course_version_id in ${ours})`;
  await write(`delete from attempt_answers where attempt_id in ${attempts}`);
  await write(`delete from attempts where course_version_id in ${ours}`);
  await write(`delete from kept_sums where subject like '${OWN}%'`);
  await write(`delete from cycles where course_version_id in ${ours}`);
  await write(`delete from enrolments where course_slug like '${OWN}%'`);
  await write(`delete from course_versions where course_slug like '${OWN}%'`);
  forgetCatalogue();
}

type Statement = readonly [string, readonly Param[]];

export interface MadeUp {
  readonly user: string;
  readonly enrolment: string;
  readonly cycle: string;
  readonly attempt: string;
  readonly isOpen: boolean;
  /** What the attempt hangs on: the person, the enrolment, the round. */
  readonly around: readonly Statement[];
  /** The attempt and its answers. */
  readonly own: readonly Statement[];
}

/** Rows of an attempt that nobody made, past the verbs: a hundred thousand of them would take an hour. */
export function madeUpAttempt(place: Place, wishes: Wishes = {}): MadeUp {
  const { quiz } = place;
  const { by, startedAt = Date.now(), seconds = 40, answer = byKnowledge(), number = 1 } = wishes;
  const { confidence = () => null } = wishes;
  const sameRound = by && number > 1 ? by : null;
  const ids = {
    user: by?.user ?? newId(),
    enrolment: by?.enrolment ?? newId(),
    cycle: sameRound?.cycle ?? newId(),
    attempt: newId(),
  };
  const form: readonly DrawnSlot[] = wishes.items
    ? wishes.items.map(({ id }) => ({ itemId: id, optionOrder: [] }))
    : newForm(quiz, [], ids.attempt);
  const kept = form.flatMap((drawn, index): Kept[] => {
    const { item } = itemIn(quiz, drawn);
    const response = answer(item, index);
    return response ? [{ slot: index + 1, sequence: 1, response, confidence: confidence(item, index) }] : [];
  });
  const { slots, total } = gradeForm({ ...quiz, pass: Math.min(quiz.pass, form.length) }, form, kept);
  const submittedAt = startedAt + form.length * seconds * 1000 + 10_000;
  const result = wishes.isOpen
    ? [null, null, null, null, null, null]
    : [submittedAt, total.points, total.maxPoints, total.right, total.passed, JSON.stringify(slots)];
  return {
    ...ids,
    isOpen: wishes.isOpen ?? false,
    around: [...(by ? [] : person(place, ids)), ...(sameRound ? [] : [round(place, ids, wishes.round ?? 1)])],
    own: [
      [
        `insert into attempts (id, organisation_id, user_id, cycle_id, course_version_id, quiz, number, form, started_at,
           submitted_at, points, max_points, right_answers, passed, result)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
        [
          ids.attempt,
          place.organisation,
          ids.user,
          ids.cycle,
          place.versionId,
          quiz.name,
          number,
          JSON.stringify(form),
          startedAt,
          ...result,
        ],
      ],
      ...kept.map(({ slot, response, confidence = null }): Statement => [
        `insert into attempt_answers (attempt_id, organisation_id, slot, sequence, response, answered_at, confidence)
         values ($1, $2, $3, 1, $4, $5, $6)`,
        [
          ids.attempt,
          place.organisation,
          slot,
          JSON.stringify(response),
          startedAt + slot * seconds * 1000,
          confidence,
        ],
      ]),
    ],
  };
}

/** Keeps them, all or none, and counts those that were handed in, as the worker would. */
export async function keep(attempts: readonly MadeUp[]): Promise<void> {
  await keepUncounted(attempts);
  await countFacts(countedQuizzes, Date.now());
}

/** Keeps them, all or none. */
export const keepUncounted = (attempts: readonly MadeUp[]): Promise<void> =>
  inTransaction(async () => {
    for (const { around, own } of attempts)
      for (const [sql, values] of [...around, ...own]) await rows(sql, values);
    for (const { attempt, isOpen } of attempts) if (!isOpen) await countLater(QUIZZES, attempt);
  });

/** An attempt has another result from now on, as after a regrade; it is counted. */
export async function giveResult(attempt: string, result: string): Promise<void> {
  await changeResult(attempt, () => result);
  await countFacts(countedQuizzes, Date.now());
}

/** An attempt has another result from now on, as after a regrade. */
export const changeResult = (attempt: string, change: (result: string) => string): Promise<void> =>
  inTransaction(async () => {
    const [found] = await rows<{ result: string }>('select result from attempts where id = $1', [attempt]);
    await rows('update attempts set result = $2 where id = $1', [attempt, change(found?.result ?? '')]);
    await countAgain(QUIZZES, attempt, found?.result ?? '');
  });

/** Somebody knows much or little of everything. */
function byKnowledge(percent = randomInt(20, 96)): (item: Item) => Answer {
  return item => (randomInt(100) < percent ? rightAnswer(item) : wrongAnswer(item));
}

const person = (place: Place, ids: Pick<MadeUp, 'user' | 'enrolment'>): Statement[] => [
  [`insert into users (id, email, name, created_at) values ($1, $1, 'Somebody', 1)`, [ids.user]],
  [
    `insert into enrolments (id, organisation_id, user_id, course_slug, created_at) values ($1, $2, $3, $4, 1)`,
    [ids.enrolment, place.organisation, ids.user, place.courseSlug],
  ],
];

const round = (
  place: Place,
  ids: Pick<MadeUp, 'user' | 'enrolment' | 'cycle'>,
  number: number,
): Statement => [
  `insert into cycles (id, enrolment_id, organisation_id, user_id, course_version_id, number, opened_at)
   values ($1, $2, $3, $4, $5, $6, 1)`,
  [ids.cycle, ids.enrolment, place.organisation, ids.user, place.versionId, number],
];
