import { Router, type Request } from 'express';
import { courseVersion, type PublishedCourse } from '../courses/catalogue.js';
import { inMinutes, quizSeconds } from '../courses/cards.js';
import { Conflict, NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { formatDate, translator } from '../i18n/i18n.js';
import { FINAL, isComplete, mayTake, nextStep } from '../learning/completion.js';
import { addresses, stepHref } from '../learning/course-page.js';
import { findCycle, type CycleFacts } from '../learning/enrolments.js';
import { progressOf } from '../learning/progress.js';
import { parseInteger } from '../lib/numbers.js';
import { authorise } from '../policy.js';
import {
  answersOf,
  attemptsAt,
  findAttempt,
  resultOf,
  saveAnswer,
  startAttempt,
  submitAttempt,
  type AttemptFacts,
} from './attempts.js';
import { caseFeedback, caseOutcome, joinedRestudy } from './case-result.js';
import { itemIn, openSlots, questionsIn, quizOf, type Quiz } from './quiz.js';
import { attemptAddresses, inWords, questionValues, retyped } from './question-page.js';
import { feedbackRows, restudyRows } from './result-page.js';

/** Taking a quiz: its start, one question a page, a last look, the result. */
export function routes({ show, clock, settle, certificateOf, config }: WebDeps): Router {
  const router = Router();
  const t = translator('en');
  const place = { locale: 'en', timeZone: config.timeZone };

  router.get('/learning/:cycle/quizzes/:quiz', async (req, res) => {
    const { cycle, course, quiz } = await loadQuiz(req);
    const attempts = await attemptsAt(cycle.id, quiz.name);
    const open = mayTake(course.snapshot, quiz.name, await progressOf(cycle.id));
    const values = {
      quiz: {
        title: quiz.name === FINAL ? t('course.final') : quiz.title,
        questions: quiz.draw,
        passRight: quiz.pass,
        hasCase: quiz.scenario !== null,
        minutes: inMinutes(quizSeconds(quiz)),
        rules: ['saved', 'safety', ...(quiz.scenario ? ['case'] : []), 'tries', 'clock'].map(rule =>
          t(`quiz.rule.${rule}`),
        ),
      },
      state: stateOfQuiz(attempts, open),
      lockedReason: open ? null : t(quiz.name === FINAL ? 'quiz.lockedFinal' : 'quiz.lockedLessons'),
      action: `${addresses(cycle.id).quiz(quiz.name)}/attempts`,
      backHref: quiz.name === FINAL ? addresses(cycle.id).course : addresses(cycle.id).module(quiz.name),
      history: attempts
        .filter(attempt => attempt.submittedAt !== null)
        .map(attempt => ({
          date: formatDate(attempt.submittedAt ?? 0, place),
          right: attempt.rightAnswers,
          total: questionsIn(quiz, attempt.form),
          passed: attempt.passed,
        })),
    };
    show(req, res, 'quizzes/start', values, { nav: 'learning' });
  });

  router.post('/learning/:cycle/quizzes/:quiz/attempts', async (req, res) => {
    const { cycle, course, quiz } = await loadQuiz(req);
    if (!mayTake(course.snapshot, quiz.name, await progressOf(cycle.id))) {
      throw new Conflict('The lessons come first');
    }
    const attempt = await startAttempt(cycle, quiz, clock());
    const [first] = openSlots(quiz, attempt.form, await answersOf(attempt.id));
    const to = attemptAddresses(attempt.id);
    res.redirect(303, first === undefined ? to.review : to.question(first));
  });

  router.get('/attempts/:attempt/questions/:slot', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const slot = slotIn(attempt, req.params.slot);
    if (attempt.submittedAt !== null) return res.redirect(303, attemptAddresses(attempt.id).result);
    const kept = await answersOf(attempt.id);
    const values = questionValues(attempt, quiz, kept, slot, t);
    show(req, res, 'quizzes/question', { ...values, saved: savedAt(kept, slot) }, { nav: 'learning' });
  });

  router.post('/attempts/:attempt/answers/:slot', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const slot = slotIn(attempt, req.params.slot);
    const to = attemptAddresses(attempt.id);
    const drawn = attempt.form[slot - 1];
    if (!drawn) throw new NotFound();
    const { item, type } = itemIn(quiz, drawn);
    const again = async (problem: object, status: 409 | 422) => {
      const values = questionValues(attempt, quiz, await answersOf(attempt.id), slot, t);
      show(req, res, 'quizzes/question', { ...values, ...problem }, { status, nav: 'learning' });
    };

    const sequence = parseInteger(typed(req.body, 'sequence'), { min: 0, max: 100_000 });
    const parsed = type.parse(req.body, item);
    if (sequence === null) return again({ error: t('question.problem.unreadable') }, 422);
    if (!parsed.ok) {
      const shown = parsed.typed && retyped(type.present(item, drawn.optionOrder), parsed.typed, t);
      return again({ error: t(`question.problem.${parsed.problem}`), ...shown }, 422);
    }
    const saved = await saveAnswer(attempt, quiz, { slot, sequence, response: parsed.response }, clock());
    if (saved.kind === 'closed') return res.redirect(303, to.result);
    if (saved.kind === 'stale') {
      return again({ stale: { yours: inWords(quiz, attempt, slot, parsed.response, t) } }, 409);
    }
    if (saved.kind === 'refused') return again({ error: t('question.problem.unreadable') }, 422);
    if (saved.kind !== 'kept' && saved.kind !== 'same') throw new Conflict('The answer could not be kept');
    // A case goes on where it is, with what the decision led to.
    if (type.mayFollow) return res.redirect(303, to.question(slot));
    // Half an answer is kept, and asked for again.
    if (!type.isComplete(item, parsed.response)) return again({ error: t('question.problem.half') }, 422);
    res.redirect(303, slot < attempt.form.length ? to.question(slot + 1) : to.review);
  });

  router.get('/attempts/:attempt/review', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const to = attemptAddresses(attempt.id);
    if (attempt.submittedAt !== null) return res.redirect(303, to.result);
    const missing = openSlots(quiz, attempt.form, await answersOf(attempt.id)).map(position => ({
      position,
      isCase: attempt.form[position - 1]?.itemId === quiz.scenario?.id,
      href: to.question(position),
    }));
    const total = questionsIn(quiz, attempt.form);
    const values = {
      answered: total - missing.filter(({ isCase }) => !isCase).length,
      total,
      missing,
      action: to.submission,
      backHref: to.question(attempt.form.length),
    };
    show(req, res, 'quizzes/review', values, { nav: 'learning' });
  });

  router.post('/attempts/:attempt/submission', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    await submitAttempt(attempt, quiz, clock());
    // The certificate, if this was the last quiz, is there when the next page asks for it.
    await settle();
    res.redirect(303, attemptAddresses(attempt.id).result);
  });

  router.get('/attempts/:attempt', async (req, res) => {
    const { attempt, quiz, course, cycle } = await loadAttempt(req);
    if (attempt.submittedAt === null) return res.redirect(303, attemptAddresses(attempt.id).review);
    const graded = await resultOf(attempt, quiz);
    const { total, items } = graded;
    const kept = await answersOf(attempt.id);
    const forItems = restudyRows(course.snapshot, cycle.id, graded);
    const progress = await progressOf(cycle.id);
    const completed = total.passed && isComplete(course.snapshot, progress);
    const next = nextStep(course.snapshot, progress);
    const values = {
      title: quiz.name === FINAL ? t('course.final') : t('quiz.of', { title: quiz.title }),
      passed: total.passed,
      right: total.right,
      total: questionsIn(quiz, attempt.form),
      passRight: quiz.pass,
      criticalMissed: total.criticalMissed.length,
      itemsPassed: items.passed,
      case: graded.case && caseOutcome(graded.case),
      restudy: total.passed ? [] : joinedRestudy(forItems, course.snapshot, cycle.id, graded.case),
      retryHref: addresses(cycle.id).quiz(quiz.name),
      nextHref: next ? stepHref(cycle.id, next) : addresses(cycle.id).course,
      courseCompleted: completed,
      certificate: completed ? await certificateOf(cycle.id) : null,
      feedback: total.passed ? feedbackRows(quiz, attempt, kept, graded) : [],
      caseFeedback: total.passed ? caseFeedback(quiz, attempt.form, kept) : null,
      care: completed ? t('result.care') : null,
    };
    show(req, res, 'quizzes/result', values, { nav: completed ? 'certificates' : 'learning' });
  });

  function savedAt(kept: { slot: number }[], slot: number): { time: string } | null {
    return kept.some(each => each.slot === slot) ? { time: t('question.earlier') } : null;
  }

  return router;
}

function stateOfQuiz(
  attempts: readonly AttemptFacts[],
  open: boolean,
): 'new' | 'resume' | 'passed' | 'locked' {
  if (!open) return 'locked';
  if (attempts.some(({ submittedAt }) => submittedAt === null)) return 'resume';
  return attempts.some(({ passed }) => passed) ? 'passed' : 'new';
}

/** A quiz of a round; only for its learner. */
async function loadQuiz(req: Request): Promise<{ cycle: CycleFacts; course: PublishedCourse; quiz: Quiz }> {
  const cycle = await findCycle(req.params.cycle);
  authorise(actorOf(req), 'cycle.learn', cycle);
  if (!cycle) throw new NotFound();
  const course = await courseVersion(cycle.courseVersionId);
  const quiz = quizOf(course.snapshot, String(req.params.quiz));
  if (!quiz) throw new NotFound();
  return { cycle, course, quiz };
}

/** An attempt, its quiz, course and round; only for its learner. */
async function loadAttempt(req: Request) {
  const attempt = await findAttempt(req.params.attempt);
  authorise(actorOf(req), req.method === 'GET' ? 'attempt.view' : 'attempt.answer', attempt);
  if (!attempt) throw new NotFound();
  const course = await courseVersion(attempt.courseVersionId);
  const quiz = quizOf(course.snapshot, attempt.quiz);
  if (!quiz) throw new NotFound();
  return { attempt, quiz, course, cycle: { id: attempt.cycleId } };
}

function slotIn(attempt: AttemptFacts, text: unknown): number {
  const slot = parseInteger(text, { min: 1, max: attempt.form.length });
  if (slot === null) throw new NotFound();
  return slot;
}
