import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { actorOf } from '../../http/page.js';
import { spoken } from '../../i18n/spoken.js';
import {
  decisionValues,
  endingValues,
  outcomeValues,
  placeAfter,
  placeIn,
} from '../../learning/case-page.js';
import { FINAL } from '../../learning/completion.js';
import { authorise } from '../../policy.js';
import { casePage, readDecision } from './preview-case.js';
import { navFor } from '../../http/navigation.js';
import { loadCourse, loadPreviewedQuiz } from './routes-load.js';
import { caseIn, previewAddresses } from './preview-page.js';

/**
 * Cases as learners meet them: those of the modules with the reasons at once, as in practice; that of the final as in
 * the exam. With its reasons, which are its key, the final's case is there only for those who may know them.
 */
export function casePreview({ show }: Pick<WebDeps, 'show'>): Router {
  const router = Router();
  const t = spoken;
  const inBand = (req: Request, res: Response, view: string, values: object, status = 200) =>
    show(
      req,
      res,
      'quizzes/preview/page',
      { view, values, note: null, formHref: null },
      { nav: navFor(actorOf(req)), status },
    );

  router.get('/admin/preview/:course/exam-case', async (req, res) => {
    inBand(req, res, 'quizzes/attempts/question', await examPage(req, req.query['path']));
  });

  router.post('/admin/preview/:course/exam-case/decision', async (req, res) => {
    const { course, quiz } = await loadPreviewedQuiz(req, FINAL);
    const decided = readDecision(quiz, req.body);
    if (decided.ok) return res.redirect(303, previewAddresses(course.slug).examAfter(decided.path));
    if (decided.problem !== 'missing') throw new NotFound();
    const values = await examPage(req, (req.body as { path?: unknown }).path);
    inBand(req, res, 'quizzes/attempts/question', { ...values, error: t('question.problem.missing') }, 422);
  });

  router.get('/admin/preview/:course/cases/:case', async (req, res) => {
    const place = await loadPractice(req);
    const { node, ending } = place;
    if (node) return inBand(req, res, 'learning/case', decisionValues(place, node, null));
    inBand(req, res, 'learning/case-end', endingValues(place, ending, null));
  });

  router.get('/admin/preview/:course/cases/:case/outcome', async (req, res) => {
    const place = await loadPractice(req);
    if (!place.node) throw new NotFound();
    if (!('choice' in req.query)) {
      const values = decisionValues(place, place.node, t('question.problem.missing'));
      return inBand(req, res, 'learning/case', values, 422);
    }
    const after = placeAfter(place, req.query.choice);
    const last = after?.steps.at(-1);
    if (!after || !last) throw new NotFound();
    inBand(req, res, 'learning/case-outcome', outcomeValues(after, last, after.ending !== null));
  });

  async function examPage(req: Request, path: unknown) {
    const { course, quiz } = await loadPreviewedQuiz(req, FINAL);
    const { examDecision: action, quiz: toQuiz } = previewAddresses(course.slug);
    const values = casePage(quiz, path, { action, onward: toQuiz(FINAL) }, t);
    if (!values) throw new NotFound();
    return values;
  }

  return router;
}

async function loadPractice(req: Request) {
  const course = await loadCourse(req);
  const name = String(req.params['case']);
  if (name === FINAL) authorise(actorOf(req), 'content.key', course);
  const played = caseIn(course, name);
  const place = played && placeIn(played, req.query.path);
  if (!place) throw new NotFound();
  return place;
}
