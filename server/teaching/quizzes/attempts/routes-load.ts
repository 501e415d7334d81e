import type { Quiz } from '../quiz-model.js';
import type { Request } from 'express';
import { courseVersion, type PublishedCourse } from '../../courses/catalogue.js';
import { NotFound } from '../../../errors.js';
import { actorOf } from '../../../platform/http/page.js';
import { asks } from '../../learning/completion.js';
import type { CycleFacts } from '../../learning/enrolments.js';
import { takenCourse } from '../../learning/path/taken-course.js';
import { authorise } from '../../../policy.js';
import { findAttempt, findWithAnswers } from './attempts.js';
import { findCycleSoFar, type CycleSoFar } from './cycle-so-far.js';
import { quizOf } from '../quiz.js';

/** A quiz of a cycle; only for its learner. */
export async function loadQuiz(
  req: Request,
): Promise<{ soFar: CycleSoFar; cycle: CycleFacts; course: PublishedCourse; quiz: Quiz }> {
  const soFar = await findCycleSoFar(req.params.cycle);
  authorise(actorOf(req), 'cycle.learn', soFar?.cycle ?? null);
  if (!soFar) throw new NotFound();
  const { cycle } = soFar;
  const course = await takenCourse(cycle);
  const name = String(req.params.quiz);
  const quiz = asks(course.snapshot, name) ? quizOf(course.snapshot, name) : null;
  if (!quiz) throw new NotFound();
  return { soFar, cycle, course, quiz };
}

type LoadedAttempt = Awaited<ReturnType<typeof readAttempt>>;

/** The time guard and the page after it ask for the same attempt: it is read once a request. */
const loaded = new WeakMap<Request, Promise<LoadedAttempt>>();

/**
 * An attempt with its quiz, course and cycle; only for its learner. A page gets the answers that count, too; a form's verb reads them
 * itself, once nobody else can add one.
 */
export function loadAttempt(req: Request): Promise<LoadedAttempt> {
  const attempt = loaded.get(req) ?? readAttempt(req);
  loaded.set(req, attempt);
  return attempt;
}

async function readAttempt(req: Request) {
  const isForm = req.method === 'POST';
  const found = await (isForm ? findAlone : findWithAnswers)(req.params.attempt);
  authorise(actorOf(req), isForm ? 'attempt.answer' : 'attempt.view', found?.attempt ?? null);
  if (!found) throw new NotFound();
  const { attempt, kept } = found;
  const course = await courseVersion(attempt.courseVersionId);
  const quiz = quizOf(course.snapshot, attempt.quiz, attempt.job);
  if (!quiz) throw new NotFound();
  return { attempt, kept, quiz, course, cycle: { id: attempt.cycleId } };
}

async function findAlone(id: unknown): Promise<Awaited<ReturnType<typeof findWithAnswers>>> {
  const attempt = await findAttempt(id);
  return attempt && { attempt, kept: [] };
}
