import type { ViewValues } from '../../../../dist/views/values.js';
import type { Request, Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { actorOf } from '../../../platform/http/page.js';
import type { ViewName } from '../../../platform/http/views.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { ownView } from '../../../platform/lib/own-view.js';
import {
  decisionValues,
  endingValues,
  outcomeValues,
  placeAfter,
  placeIn,
  unheardValues,
  type CasePlace,
} from '../../learning/pages/case-page.js';
import { FINAL } from '../../learning/completion.js';
import type { CaseEnding } from '../../questions/types/scenario/scenario-walk.js';
import { authorise } from '../../../policy.js';
import { casePage, putToSuited, readDecision } from './preview-case.js';
import { caseIn, previewAddresses } from './preview-page.js';
import { modelCase, MODELS } from './models-page.js';
import { loadCourse, loadModels, loadPreviewedQuiz } from './routes-load.js';

/** A case of the final as in the exam: nothing tells how good a choice was. */
export async function showExamCase(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const values = await examPage(deps, req, req.query['path']);
  deps.show(
    req,
    res,
    'teaching/quizzes/preview/page',
    inBand('teaching/quizzes/attempts/question', values),
    navOf(req),
  );
}

export async function decideInExam(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { course, quiz, scenario } = await loadExamCase(deps, req);
  const decided = readDecision(quiz, req.body);
  if (decided.ok)
    return res.redirect(303, previewAddresses(course.slug).examAfter(scenario.id, decided.path));
  if (decided.problem !== 'missing') throw new NotFound();
  const values = await examPage(deps, req, (req.body as { path?: unknown }).path);
  const again = { ...values, error: spoken('question.problem.missing') };
  const page = inBand('teaching/quizzes/attempts/question', again);
  deps.show(req, res, 'teaching/quizzes/preview/page', page, { ...navOf(req), status: 422 });
}

/**
 * A case with its reasons at once, as modules have it for practice. Those of the final are shown so only to those who may
 * know its key, which the reasons are.
 */
export async function showPractice(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const place = await loadPractice(deps, req);
  const { node, ending } = place;
  const page = node
    ? inBand('teaching/learning/case', decisionValues(place, node, null))
    : endInBand(place, ending);
  deps.show(req, res, 'teaching/quizzes/preview/page', page, navOf(req));
}

const endInBand = (place: CasePlace, ending: CaseEnding) =>
  ending.kind === 'unheard'
    ? inBand('teaching/learning/case-unheard', unheardValues(place, ending))
    : inBand('teaching/learning/case-end', endingValues(place, ending, null));

/** What came of a decision in such a case. */
export async function showPracticeOutcome(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const place = await loadPractice(deps, req);
  if (!place.node) throw new NotFound();
  if (!('choice' in req.query)) {
    const values = decisionValues(place, place.node, spoken('question.problem.missing'));
    const page = inBand('teaching/learning/case', values);
    return deps.show(req, res, 'teaching/quizzes/preview/page', page, { ...navOf(req), status: 422 });
  }
  const after = placeAfter(place, req.query.choice);
  const last = after?.steps.at(-1);
  if (!after || !last) throw new NotFound();
  const page = inBand('teaching/learning/case-outcome', outcomeValues(after, last, after.ending !== null));
  deps.show(req, res, 'teaching/quizzes/preview/page', page, navOf(req));
}

/** A learner's page below the band that says that it is a preview. */
const inBand = <Name extends ViewName>(view: Name, values: ViewValues[Name]) => ({
  view: ownView(view),
  values,
  note: null,
  formHref: null,
});

const navOf = (req: Request) => ({ nav: navFor(actorOf(req)) });

async function examPage(deps: WebDeps, req: Request, path: unknown) {
  const { course, quiz, scenario } = await loadExamCase(deps, req);
  const to = previewAddresses(course.slug);
  const values = casePage(
    quiz,
    path,
    { action: to.examDecision(scenario.id), onward: to.quiz(FINAL) },
    spoken,
  );
  if (!values) throw new NotFound();
  return values;
}

async function loadExamCase(deps: WebDeps, req: Request) {
  const { course, quiz } = await loadPreviewedQuiz(deps, req, FINAL);
  const scenario = quiz.scenarios.find(({ id }) => id === req.params['case']);
  if (!scenario) throw new NotFound();
  return { course, scenario, quiz: putToSuited(quiz, scenario, course.snapshot.jobs) };
}

async function loadPractice(deps: WebDeps, req: Request) {
  const played = await (req.params['course'] === MODELS ? loadModelCase(req) : loadCase(deps, req));
  const place = played && placeIn(played, req.query.path);
  if (!place) throw new NotFound();
  return place;
}

async function loadCase(deps: WebDeps, req: Request) {
  const course = await loadCourse(deps, req);
  const name = String(req.params['case']);
  const isPractice = course.snapshot.modules.some(({ slug }) => slug === name);
  if (!isPractice) authorise(actorOf(req), 'content.key', course);
  return caseIn(course, name);
}

async function loadModelCase(req: Request) {
  return modelCase(await loadModels(req), String(req.params['case']));
}
