import type { Request, Response } from 'express';
import { Conflict } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { typed } from '../../../../platform/http/forms.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { mayTake, nextStep, nextStepIn, wouldComplete } from '../../../learning/completion.js';
import { chooseJob, jobQuestion } from '../../../learning/chosen-job.js';
import { addresses } from '../../../learning/cycle-addresses.js';
import { pausedFor } from '../../../learning/enrolments.js';
import { jobIn } from '../../../learning/pages/job-page.js';
import { confirmedName } from '../../../learning/naming.js';
import { pausedValues } from '../../../../people/organisations/settings/suspension.js';
import { openSlots } from '../../quiz.js';
import { savedAnswers } from '../attempts.js';
import { isOver, submitAttempt } from '../submit.js';
import { allowanceOf } from '../time/extra-time.js';
import { attemptAddresses } from '../question-page.js';
import { loadQuiz } from '../routes-load.js';
import { startValues } from './start-page.js';
import { standingAt, startAttempt } from './start.js';
import { attemptsSoFar, triedNext } from '../tried.js';

/** The page that a quiz is begun from. */
export async function showStart(deps: WebDeps, req: Request, res: Response): Promise<void> {
  deps.show(req, res, 'teaching/quizzes/attempts/start', await startPage(deps, req), { nav: 'learning' });
}

/** Begin an attempt, or go on with the open one. */
export async function begin(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { show, clock } = deps;
  const { soFar, cycle, course, quiz } = await loadQuiz(req);
  const { progress } = soFar;
  if (!mayTake(course.snapshot, quiz.name, progress)) throw new Conflict('The lessons come first');
  const earlier = await attemptsSoFar(soFar, quiz.name);
  const open = earlier.find(({ submittedAt }) => submittedAt === null);
  if (open && isOver(open, clock())) {
    await submitAttempt(open, quiz, clock());
    return res.redirect(303, attemptAddresses(open.id).result);
  }
  if (!(await standingAt(cycle.id, quiz, earlier, clock())).mayStart) {
    const values = await startPage(deps, req);
    return show(req, res, 'teaching/quizzes/attempts/start', values, { status: 409, nav: 'learning' });
  }
  // What is open goes on, whatever was asked for when it began.
  if (!open && wouldComplete(course.snapshot, quiz.name, progress) && !(await confirmedName(cycle.id))) {
    return res.redirect(303, addresses(cycle.id).name);
  }
  const question = jobQuestion(cycle, course.snapshot);
  const job = question && jobIn(typed(req.body, 'job'), question);
  if (question && !open) {
    if (!job) return askForJob(deps, req, res);
    if (job !== question.chosen) await chooseJob(cycle, job, clock());
  }
  const attempt = await startAttempt(cycle, { ...quiz, job }, clock());
  const [first] = openSlots(quiz, attempt.form, open ? await savedAnswers(attempt.id) : []);
  const to = attemptAddresses(attempt.id);
  if (typed(req.body, 'view') === 'page') return res.redirect(303, to.questions);
  res.redirect(303, first === undefined ? to.review : to.question(first));
}

/** The start page again, with what else was chosen there. */
async function askForJob(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const sent = { view: typed(req.body, 'view'), error: spoken('job.missing') };
  const values = await startPage(deps, req, sent);
  deps.show(req, res, 'teaching/quizzes/attempts/start', values, { status: 422, nav: 'learning' });
}

async function startPage(
  { clock, config }: WebDeps,
  req: Request,
  sent?: { readonly view: string; readonly error: string },
) {
  const { soFar, cycle, course, quiz } = await loadQuiz(req);
  const { progress } = soFar;
  const attempts = await attemptsSoFar(soFar, quiz.name);
  const now = clock();
  const words = { place: hereIn(config.timeZone), t: spoken };
  const next = nextStepIn(course.snapshot, quiz.name, progress) ?? nextStep(course.snapshot, progress);
  const known = { name: quiz.name, attempts };
  const hasLimit = quiz.policy.timeLimit !== null;
  const page = {
    cycleId: cycle.id,
    quiz,
    attempts,
    standing: await standingAt(cycle.id, quiz, attempts, now),
    isUnlocked: mayTake(course.snapshot, quiz.name, progress),
    hasExtra: hasLimit && (await allowanceOf(cycle, now)) !== 'none',
    next,
    progress: { tried: await triedNext(soFar, course.snapshot, { next, now, known, ...words }) },
    certificateName: wouldComplete(course.snapshot, quiz.name, progress)
      ? { confirmed: (await confirmedName(cycle.id))?.name ?? null }
      : null,
    job: jobQuestion(cycle, course.snapshot),
    paused: (await pausedFor(cycle)).map(pausedValues)[0] ?? null,
    sent,
    now,
  };
  return startValues(page, words);
}
