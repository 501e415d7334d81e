import { Router, type Request, type Response } from 'express';
import { currentCourse, currentCourses, grantedTo, type PublishedCourse } from '../courses/catalogue.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { decisionValues, endingValues, outcomeValues, placeAfter, placeIn } from '../learning/case-page.js';
import { newId } from '../lib/ids.js';
import { authorise, can, signedIn } from '../policy.js';
import { mendingLinks, partsOf, problemsOf } from '../quizzes/one-page.js';
import { answersFor, previewForm, readSlots, resultValues, SEED, type Shown } from '../quizzes/preview.js';
import { quizOf } from '../quizzes/quiz.js';
import { caseIn, itemValues, listValues, previewAddresses } from './preview-page.js';

/**
 * Quizzes and cases as learners meet them, for those who look after a course. Nothing is kept: these routes call no
 * verb that writes, and where somebody stands is in the address and in the form alone.
 */
export function preview({ show, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const inBand = (req: Request, res: Response, view: string, values: object, status = 200) =>
    show(req, res, 'admin/preview-page', { view, values }, { nav: 'admin', status });

  router.get('/admin/preview', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const courses = await currentCourses();
    const grants = await Promise.all(courses.map(grantedTo));
    const mine = courses.filter((_, at) => can(actor, 'content.preview', { grantedTo: grants[at] ?? null }));
    if (mine.length === 0) throw new NotFound();
    show(req, res, 'admin/preview', { courses: mine.map(course => listValues(course, t)) }, { nav: 'admin' });
  });

  router.get('/admin/preview/:course/quizzes/:quiz', async (req, res) => {
    const { course, quiz } = await loadQuiz(req);
    if (!('seed' in req.query)) {
      return res.redirect(303, previewAddresses(course.slug).form(quiz.name, newId().slice(0, 8)));
    }
    showForm(req, res, { course, quiz, seed: seedOf(req) });
  });

  router.post('/admin/preview/:course/quizzes/:quiz/result', async (req, res) => {
    const { course, quiz } = await loadQuiz(req);
    const seed = seedOf(req);
    const form = previewForm(quiz, seed);
    const read = readSlots(quiz, form, req.body);
    const shown = shownIn(req.body);
    if (shown === 'given' && read.unclear.size > 0) {
      return showForm(req, res, { course, quiz, seed }, read);
    }
    const to = previewAddresses(course.slug);
    const kept = answersFor(quiz, form, shown, read.kept);
    const place = { course: course.snapshot, quiz, form };
    inBand(
      req,
      res,
      'quizzes/result',
      resultValues(place, kept, { again: to.quiz(quiz.name), all: to.all }, t),
    );
  });

  router.get('/admin/preview/:course/quizzes/:quiz/items/:item', async (req, res) => {
    // With its key: for those who have the bank anyway.
    authorise(actorOf(req), 'installation.administer', config);
    const { course, quiz } = await loadQuiz(req);
    const item = quiz.items.find(({ id }) => id === req.params.item);
    if (!item) throw new NotFound();
    show(req, res, 'admin/preview-item', itemValues(course, quiz, item, t), { nav: 'admin' });
  });

  router.get('/admin/preview/:course/cases/:case', async (req, res) => {
    const place = await loadCase(req);
    const { node, ending } = place;
    if (node) return inBand(req, res, 'learning/case', decisionValues(place, node, null));
    inBand(req, res, 'learning/case-end', endingValues(place, ending, null));
  });

  router.get('/admin/preview/:course/cases/:case/outcome', async (req, res) => {
    const place = await loadCase(req);
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

  /** A drawn form on one page; with what is to be mended when it was sent and cannot be read. */
  function showForm(
    req: Request,
    res: Response,
    { course, quiz, seed }: Awaited<ReturnType<typeof loadQuiz>> & { seed: string },
    read: ReturnType<typeof readSlots> = { kept: [], unclear: new Map() },
  ): void {
    const form = previewForm(quiz, seed);
    const problems = problemsOf(read.unclear, { attempt: { form }, quiz, form: req.body as unknown }, t);
    const parts = partsOf({ quiz, form, kept: read.kept }, problems, t);
    const to = previewAddresses(course.slug);
    const values = {
      title: quiz.title,
      course: course.snapshot.title,
      // Nothing is saved here.
      parts: parts.map(part => ({ ...part, isSaved: false })),
      errors: mendingLinks(parts, t),
      caseHref: quiz.scenario ? to.case(quiz.name) : null,
      againHref: to.quiz(quiz.name),
      action: to.result(quiz.name, seed),
    };
    show(req, res, 'admin/preview-quiz', values, { status: problems.size > 0 ? 422 : 200, nav: 'admin' });
  }

  return router;
}

/** The course that an address names, as it is now; 404 to those who may not look at it. */
async function load(req: Request): Promise<PublishedCourse> {
  const course = await currentCourse(String(req.params.course));
  authorise(actorOf(req), 'content.preview', course && { grantedTo: await grantedTo(course) });
  if (!course) throw new NotFound();
  return course;
}

async function loadQuiz(req: Request) {
  const course = await load(req);
  const quiz = quizOf(course.snapshot, String(req.params.quiz));
  if (!quiz) throw new NotFound();
  return { course, quiz };
}

async function loadCase(req: Request) {
  const course = await load(req);
  const played = caseIn(course, String(req.params.case));
  const place = played && placeIn(played, req.query.path);
  if (!place) throw new NotFound();
  return place;
}

function seedOf(req: Request): string {
  const seed = typed(req.query, 'seed');
  if (!SEED.test(seed)) throw new NotFound();
  return seed;
}

function shownIn(body: unknown): Shown {
  const shown = typed(body, 'shown');
  return shown === 'pass' || shown === 'fail' ? shown : 'given';
}
