import { Router, type Request } from 'express';
import { Conflict } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { mayTake, nextStep, nextStepIn, wouldComplete } from '../learning/completion.js';
import { addresses } from '../learning/course-page.js';
import { confirmedName } from '../learning/naming.js';
import { progressOf } from '../learning/progress.js';
import { answersOf, attemptsAt, isOver, submitAttempt } from './attempts/attempts.js';
import { standingAt, startAttempt } from './attempts/start.js';
import { allowanceOf } from './attempts/extra-time.js';
import { openSlots } from './quiz.js';
import { attemptAddresses } from './attempts/question-page.js';
import { routes as answering } from './attempts/routes-question.js';
import { routes as onePage } from './attempts/routes-all-questions.js';
import { loadQuiz } from './attempts/routes-load.js';
import { pausePages } from './attempts/routes-pause.js';
import { routes as remediation } from './remediation/routes.js';
import { routes as result } from './results/routes.js';
import { timeGuard, withTimeLeft } from './attempts/routes-time-limit.js';
import { startValues } from './attempts/start-page.js';
import { triedQuizzes } from './attempts/tried.js';

/** A quiz: its start, and what follows from there. */
export function routes(deps: WebDeps): Router {
  const { show, clock, config, settle } = deps;
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);

  router.get('/learning/:cycle/quizzes/:quiz', async (req, res) => {
    show(req, res, 'quizzes/attempts/start', await startPage(req), { nav: 'learning' });
  });

  router.post('/learning/:cycle/quizzes/:quiz/attempts', async (req, res) => {
    const { cycle, course, quiz } = await loadQuiz(req);
    const progress = await progressOf(cycle.id);
    if (!mayTake(course.snapshot, quiz.name, progress)) {
      throw new Conflict('The lessons come first');
    }
    const earlier = await attemptsAt(cycle.id, quiz.name);
    const over = earlier.find(({ submittedAt }) => submittedAt === null);
    if (over && isOver(over, clock())) {
      await submitAttempt(over, quiz, clock());
      await settle();
      return res.redirect(303, attemptAddresses(over.id).result);
    }
    if (!(await standingAt(cycle.id, quiz, earlier, clock())).mayStart) {
      return show(req, res, 'quizzes/attempts/start', await startPage(req), { status: 409, nav: 'learning' });
    }
    // What is open goes on, whatever was asked for when it began.
    if (!over && wouldComplete(course.snapshot, quiz.name, progress) && !(await confirmedName(cycle.id))) {
      return res.redirect(303, addresses(cycle.id).name);
    }
    const attempt = await startAttempt(cycle, quiz, clock());
    const [first] = openSlots(quiz, attempt.form, await answersOf(attempt.id));
    const to = attemptAddresses(attempt.id);
    if (typed(req.body, 'view') === 'page') return res.redirect(303, to.questions);
    res.redirect(303, first === undefined ? to.review : to.question(first));
  });

  const timed = { ...deps, show: withTimeLeft(deps) };
  router.use(timeGuard(deps));
  router.use(pausePages(deps));
  router.use(onePage(timed));
  router.use(answering(timed));
  router.use(remediation(deps));
  router.use(result(deps));
  async function startPage(req: Request) {
    const { cycle, course, quiz } = await loadQuiz(req);
    const [attempts, progress] = await Promise.all([attemptsAt(cycle.id, quiz.name), progressOf(cycle.id)]);
    const now = clock();
    const hasLimit = quiz.policy.timeLimit !== null;
    const page = {
      cycleId: cycle.id,
      quiz,
      attempts,
      standing: await standingAt(cycle.id, quiz, attempts, now),
      isUnlocked: mayTake(course.snapshot, quiz.name, progress),
      hasExtra: hasLimit && (await allowanceOf(cycle, now)) !== 'none',
      next: nextStepIn(course.snapshot, quiz.name, progress) ?? nextStep(course.snapshot, progress),
      progress: { tried: await triedQuizzes(cycle.id, course.snapshot, { now, place, t }) },
      certificateName: wouldComplete(course.snapshot, quiz.name, progress)
        ? { confirmed: (await confirmedName(cycle.id))?.name ?? null }
        : null,
      now,
    };
    return startValues(page, { place, t });
  }

  return router;
}
