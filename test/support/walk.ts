import {
  courseVersion,
  currentCourse,
  type PublishedCourse,
} from '../../server/teaching/courses/catalogue.js';
import { inTransaction } from '../../server/platform/db/transaction.js';
import { chooseJob } from '../../server/teaching/learning/chosen-job.js';
import { requiredLessons, steps } from '../../server/teaching/learning/completion.js';
import { enrol, findCycle, type CycleFacts } from '../../server/teaching/learning/enrolments.js';
import { takenCourse } from '../../server/teaching/learning/path/taken-course.js';
import { finishLesson } from '../../server/teaching/learning/progress.js';
import { openOrganisation } from '../../server/people/organisations/memberships.js';
import type { Answer } from '../../server/teaching/questions/answer.js';
import type { Item } from '../../server/teaching/questions/item.js';
import {
  attemptsAt,
  findAttempt,
  type AttemptFacts,
} from '../../server/teaching/quizzes/attempts/attempts.js';
import { saveAnswer } from '../../server/teaching/quizzes/attempts/save-answer.js';
import { standingAt, startAttempt } from '../../server/teaching/quizzes/attempts/start/start.js';
import { submitAttempt } from '../../server/teaching/quizzes/attempts/submit.js';
import type { Quiz } from '../../server/teaching/quizzes/quiz-model.js';
import { itemIn, quizOf } from '../../server/teaching/quizzes/quiz.js';
import { finishRemediation } from '../../server/teaching/quizzes/remediation/completions.js';
import { rulesLeftOfPractice } from '../../server/teaching/quizzes/remediation/practice-rules.js';
import { optionsOf, rightAnswer } from './answers.js';
import { signedIn } from './people.js';
import { write } from './rows.js';
import { world } from './world.js';

/** The course that tests take: open to everyone, and the shortest. */
export const COURSE = 'airline-and-transport';

/** Its first module. */
export const MODULE = 'foundations';

export async function course(slug = COURSE): Promise<PublishedCourse> {
  const found = await currentCourse(slug);
  if (!found) throw new Error(`${slug} is not published: does "npm run cli -- content check" pass?`);
  return found;
}

/** Enrols a person by the verb, past the pages. Where the course asks for a job, it is the first one. */
export async function enrolled({ id }: { id: string }, slug = COURSE): Promise<CycleFacts> {
  const { id: organisationId } = await openOrganisation();
  const taken = await course(slug);
  const cycle = await enrol({ userId: id, organisationId, course: taken, now: Date.now() });
  const [job] = taken.snapshot.jobs ?? [];
  if (job && !cycle.job) await chooseJob(cycle, job, Date.now());
  return cycle;
}

/** Reads all lessons that count, of one module or of the whole course. */
export async function readLessons(cycle: CycleFacts, module?: string): Promise<void> {
  const { snapshot } = await takenCourse(cycle);
  await inTransaction(async () => {
    for (const each of snapshot.modules.filter(({ slug }) => module === undefined || slug === module)) {
      for (const { name } of requiredLessons(each)) {
        await finishLesson(cycle, { module: each.slug, lesson: name }, Date.now());
      }
    }
  });
}

/** The names of all quizzes of a round, in order. */
export async function quizzesOf(cycle: CycleFacts): Promise<string[]> {
  const { snapshot } = await takenCourse(cycle);
  return steps(snapshot).flatMap(step => (step.kind === 'quiz' ? step.quiz : []));
}

export async function quizIn(cycle: CycleFacts, name = MODULE): Promise<Quiz> {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const quiz = quizOf(snapshot, name, snapshot.jobs?.[0]);
  if (!quiz) throw new Error(`There is no quiz ${name}`);
  return quiz;
}

/** A quiz whose forms end with its first case, where a test has to know which one comes. */
export const withFirstCase = (quiz: Quiz): Quiz => ({ ...quiz, scenarios: quiz.scenarios.slice(0, 1) });

/** Works through the safety rules that hold up the next attempt, past the pages. */
export async function workThrough(cycle: CycleFacts, quiz: Quiz): Promise<void> {
  const earlier = await attemptsAt(cycle.id, quiz.name);
  const { rules, rulesOf, mayStart } = await standingAt(cycle.id, quiz, earlier, Date.now());
  const attempt = await findAttempt(rulesOf);
  if (mayStart || !attempt) return;
  for (const rule of rules) await finishRemediation(attempt, { rule, itemId: 'R1-001' }, Date.now());
  for (const [rule, id] of await rulesLeftOfPractice(cycle.id))
    await finishRemediation({ ...attempt, id }, { rule, itemId: 'R1-001' }, Date.now());
}

/** Starts, answers and hands in one quiz; what a failed attempt left to work through is done first. */
export async function takeQuiz(cycle: CycleFacts, name: string, answer = rightAnswer): Promise<AttemptFacts> {
  const quiz = await quizIn(cycle, name);
  const { id } = await inTransaction(async () => {
    await workThrough(cycle, quiz);
    const attempt = await startAttempt(cycle, quiz, Date.now());
    await answerAll(attempt, quiz, answer);
    await submitAttempt(attempt, quiz, Date.now());
    return attempt;
  });
  const done = await findAttempt(id);
  if (!done) throw new Error('The attempt is gone');
  return done;
}

/** Answers every question of an open attempt. */
export async function answerAll(attempt: AttemptFacts, quiz: Quiz, answer = rightAnswer): Promise<void> {
  for (const [index, drawn] of attempt.form.entries()) {
    const response = answer(itemIn(quiz, drawn).item);
    for (const [sequence, step] of stepsOf(response).entries()) {
      await saveAnswer(attempt, quiz, { slot: index + 1, sequence, response: step }, Date.now());
    }
  }
}

/** An answer as it is saved: the path of a case decision by decision, every other answer at once. */
const stepsOf = (response: Answer): Answer[] =>
  Array.isArray(response.path)
    ? response.path.map((_, index) => ({ path: response.path?.slice(0, index + 1) ?? [] }))
    : [response];

/** An open attempt with the given items in this order, for tests that need a certain question. */
export async function attemptWith(
  cycle: CycleFacts,
  quiz: Quiz,
  items: readonly Item[],
): Promise<AttemptFacts> {
  const attempt = await startAttempt(cycle, quiz, Date.now());
  const form = items.map(item => ({ itemId: item.id, optionOrder: optionsOf(item).map(({ id }) => id) }));
  await write('update attempts set form = $1 where id = $2', [JSON.stringify(form), attempt.id]);
  return { ...attempt, form };
}

/** Lessons read and every quiz passed but those named. */
export async function almostThrough(cycle: CycleFacts, butFor: readonly string[]): Promise<void> {
  const quizzes = await quizzesOf(cycle);
  await inTransaction(async () => {
    await readLessons(cycle);
    for (const quiz of quizzes.filter(name => !butFor.includes(name))) await takeQuiz(cycle, quiz);
  });
  await world().worker.drain();
}

/** Somebody signed in, the lessons of the module read, and its quiz not begun. */
export async function readyForQuiz(slug = COURSE, module = MODULE) {
  const learner = await signedIn();
  const cycle = await enrolled(learner, slug);
  await readLessons(cycle, module);
  const start = `/learning/${cycle.id}/quizzes/${module}`;
  return { learner, browser: learner.browser, cycle, start, quiz: await quizIn(cycle, module) };
}

/** The cycle as stored now. */
export async function freshCycle({ id }: CycleFacts): Promise<CycleFacts> {
  const found = await findCycle(id);
  if (!found) throw new Error('The cycle is gone');
  return found;
}
