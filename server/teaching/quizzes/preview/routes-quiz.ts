import { ownView } from '../../../platform/lib/own-view.js';
import type { Request, Response } from 'express';
import { currentCourses, library } from '../../courses/catalogue.js';
import { grantedTo } from '../../courses/grants.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { newId } from '../../../platform/lib/ids.js';
import { authorise, can, signedIn } from '../../../policy.js';
import { problemsOf } from '../attempts/all-questions-page.js';
import { mayExplain } from '../attempts/limits.js';
import {
  answersFor,
  previewForm,
  readSlots,
  resultValues,
  SEED,
  type SlotsRead,
  type Whose,
} from './preview.js';
import { modelAddresses } from './models-page.js';
import { previewFormValues, itemValues, previewAddresses, previewListValues } from './preview-page.js';
import { loadPreviewedQuiz } from './routes-load.js';

/** The courses that the reader may look at. */
export async function listPreviews({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const courses = await currentCourses();
  const grants = await Promise.all(courses.map(course => grantedTo(course, clock())));
  const mine = courses.filter((_, at) => can(actor, 'content.preview', { grantedTo: grants[at] ?? null }));
  if (mine.length === 0) throw new NotFound();
  const models = can(actor, 'content.key', {}) && (await library()).models;
  const values = {
    courses: mine.map(course => previewListValues(course, spoken)),
    modelsHref: models ? modelAddresses.list : null,
  };
  show(req, res, 'teaching/quizzes/preview/preview', values, { nav: navFor(actor) });
}

/** A form of a quiz on one page; a new one where the address names none. */
export async function showPreview(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { course, quiz } = await loadPreviewedQuiz(deps, req);
  if (!('seed' in req.query)) {
    return res.redirect(303, previewAddresses(course.slug).form(quiz.name, newId().slice(0, 8)));
  }
  showForm(deps, req, res, { course, quiz, seed: seedOf(req) });
}

/** The result page for what was answered, or for somebody who has everything right, or nothing. */
export async function previewResult(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { course, quiz } = await loadPreviewedQuiz(deps, req);
  const seed = seedOf(req);
  const form = previewForm(quiz, seed);
  const read = readSlots(quiz, form, req.body);
  const whose = whoseIn(req.body);
  if (whose === 'given') authorise(actorOf(req), 'content.key', course);
  if (whose === 'given' && read.unclear.size > 0)
    return showForm(deps, req, res, { course, quiz, seed }, read);
  const to = previewAddresses(course.slug);
  const mayKnow = can(actorOf(req), 'content.key', course);
  const words = { place: hereIn(deps.config.timeZone), t: spoken };
  const values = resultValues(
    { course: course.snapshot, quiz, form },
    answersFor(quiz, form, whose, read.kept),
    { againHref: to.quiz(quiz.name), mayKnow, now: deps.clock(), words },
  );
  const isHeldBack = !mayKnow && mayExplain(quiz.policy, values.passed);
  const page = {
    view: ownView('teaching/quizzes/results/result'),
    values,
    note: isHeldBack ? spoken('preview.heldBack') : null,
    formHref: to.form(quiz.name, seed),
  };
  deps.show(req, res, 'teaching/quizzes/preview/page', page, { nav: navFor(actorOf(req)) });
}

/** One question with its key. */
export async function showItem(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { course, quiz } = await loadPreviewedQuiz(deps, req);
  authorise(actorOf(req), 'content.key', course);
  const item = quiz.items.find(({ id }) => id === req.params.item);
  if (!item) throw new NotFound();
  const values = itemValues(course, quiz, item, spoken);
  deps.show(req, res, 'teaching/quizzes/preview/item', values, { nav: navFor(actorOf(req)) });
}

type Previewed = Awaited<ReturnType<typeof loadPreviewedQuiz>> & { readonly seed: string };

const NOTHING_READ: SlotsRead = { kept: [], unclear: new Map() };

/** A drawn form; with what is to be mended when it was submitted and cannot be read. */
function showForm(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { course, quiz, seed }: Previewed,
  { kept, unclear }: SlotsRead = NOTHING_READ,
): void {
  const form = previewForm(quiz, seed);
  const problems = problemsOf(unclear, { attempt: { form }, quiz, form: req.body as unknown }, spoken);
  const mayKnow = can(actorOf(req), 'content.key', course);
  const values = previewFormValues(course, { quiz, form, kept, seed }, { problems, mayKnow }, spoken);
  const status = problems.size > 0 ? 422 : 200;
  show(req, res, 'teaching/quizzes/preview/quiz', values, { status, nav: navFor(actorOf(req)) });
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
