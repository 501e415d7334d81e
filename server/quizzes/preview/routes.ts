import { Router, type Request, type Response } from 'express';
import { currentCourses } from '../../courses/catalogue.js';
import { grantedTo } from '../../courses/grants.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { newId } from '../../lib/ids.js';
import { authorise, can, signedIn } from '../../policy.js';
import { mayExplain } from '../attempts/limits.js';
import { mendingLinks, partsOf, problemsOf } from '../attempts/all-questions-page.js';
import { answersFor, previewForm, readSlots, resultValues, SEED, type Whose } from './preview.js';
import { itemValues, previewListValues, previewAddresses } from './preview-page.js';
import { quizName } from '../quiz-name.js';
import { loadPreviewedQuiz } from './routes-load.js';
import { casePreview } from './routes-cases.js';
import { navFor } from '../../http/navigation.js';

/**
 * Quizzes as learners meet them, for those who look after a course. Nothing is kept: these routes call no verb that
 * writes, and where somebody stands is in the address and in the form alone. Managers may take the courses they look
 * after: they see every page, but no key, and no score, by which one could be found out answer for answer.
 */
export function preview(deps: WebDeps): Router {
  const { show, clock, config } = deps;
  const router = Router();
  const t = spoken;
  const words = { place: hereIn(config.timeZone), t };

  router.get('/admin/preview', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const courses = await currentCourses();
    const grants = await Promise.all(courses.map(grantedTo));
    const mine = courses.filter((_, at) => can(actor, 'content.preview', { grantedTo: grants[at] ?? null }));
    if (mine.length === 0) throw new NotFound();
    const values = { courses: mine.map(course => previewListValues(course, t)) };
    show(req, res, 'quizzes/preview/preview', values, { nav: navFor(actorOf(req)) });
  });

  router.use(casePreview(deps));

  router.get('/admin/preview/:course/quizzes/:quiz', async (req, res) => {
    const { course, quiz } = await loadPreviewedQuiz(req);
    if (!('seed' in req.query)) {
      return res.redirect(303, previewAddresses(course.slug).form(quiz.name, newId().slice(0, 8)));
    }
    showForm(req, res, { course, quiz, seed: seedOf(req) });
  });

  router.post('/admin/preview/:course/quizzes/:quiz/result', async (req, res) => {
    const { course, quiz } = await loadPreviewedQuiz(req);
    const seed = seedOf(req);
    const form = previewForm(quiz, seed);
    const read = readSlots(quiz, form, req.body);
    const whose = whoseIn(req.body);
    if (whose === 'given') authorise(actorOf(req), 'content.key', course);
    if (whose === 'given' && read.unclear.size > 0) {
      return showForm(req, res, { course, quiz, seed }, read);
    }
    const to = previewAddresses(course.slug);
    const kept = answersFor(quiz, form, whose, read.kept);
    const place = { course: course.snapshot, quiz, form };
    const mayKnow = can(actorOf(req), 'content.key', course);
    const values = resultValues(place, kept, {
      againHref: to.quiz(quiz.name),
      mayKnow,
      now: clock(),
      words,
    });
    const isHeldBack = !mayKnow && mayExplain(quiz.policy, values.passed);
    const page = {
      view: 'quizzes/results/result',
      values,
      note: isHeldBack ? t('preview.heldBack') : null,
      formHref: to.form(quiz.name, seed),
    };
    show(req, res, 'quizzes/preview/page', page, { nav: navFor(actorOf(req)) });
  });

  router.get('/admin/preview/:course/quizzes/:quiz/items/:item', async (req, res) => {
    const { course, quiz } = await loadPreviewedQuiz(req);
    authorise(actorOf(req), 'content.key', course);
    const item = quiz.items.find(({ id }) => id === req.params.item);
    if (!item) throw new NotFound();
    show(req, res, 'quizzes/preview/item', itemValues(course, quiz, item, t), { nav: navFor(actorOf(req)) });
  });

  /** A drawn form on one page; with what is to be mended when it was sent and cannot be read. */
  function showForm(
    req: Request,
    res: Response,
    { course, quiz, seed }: Awaited<ReturnType<typeof loadPreviewedQuiz>> & { seed: string },
    read: ReturnType<typeof readSlots> = { kept: [], unclear: new Map() },
  ): void {
    const form = previewForm(quiz, seed);
    const problems = problemsOf(read.unclear, { attempt: { form }, quiz, form: req.body as unknown }, t);
    const parts = partsOf({ quiz, form, kept: read.kept }, problems, t);
    const to = previewAddresses(course.slug);
    const mayKnow = can(actorOf(req), 'content.key', course);
    const values = {
      title: quizName(quiz.name, quiz.title, t),
      course: course.snapshot.title,
      // Nothing is saved here.
      parts: parts.map(part => ({ ...part, isSaved: false })),
      errors: mendingLinks(parts, t),
      caseHref: quiz.scenario ? to.examCase : null,
      reasonsHref: quiz.scenario && mayKnow ? to.case(quiz.name) : null,
      againHref: to.quiz(quiz.name),
      action: to.result(quiz.name, seed),
      mayKnow,
    };
    show(req, res, 'quizzes/preview/quiz', values, {
      status: problems.size > 0 ? 422 : 200,
      nav: navFor(actorOf(req)),
    });
  }

  return router;
}

function seedOf(req: Request): string {
  const seed = typed(req.query, 'seed');
  if (!SEED.test(seed)) throw new NotFound();
  return seed;
}

function whoseIn(body: unknown): Whose {
  const whose = typed(body, 'shown');
  return whose === 'pass' || whose === 'fail' ? whose : 'given';
}
