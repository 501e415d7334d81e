import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { administratorsOnly } from '../../../../platform/http/security/guards.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { signedIn } from '../../../../policy.js';
import { previewRegrade } from '../preview/preview-regrade.js';
import { regradeAddresses } from '../regrade-texts.js';
import { askedQuestion, type AskedQuestion } from './asked-question.js';
import { logPage } from './log-page.js';
import { rulingFor } from './proposals.js';
import { readRuling, type RulingForm } from './ruling-form.js';
import { refusalErrors, rulingPage } from './ruling-page.js';

const LOG = '/admin/rulings';
const QUESTION = `${LOG}/:course/:version/:quiz/:item`;

/** The log of rulings, and the form that rules on a question: what it asks for is previewed before anything changes. */
export function rulings(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(LOG, administratorsOnly(deps.config));
  router.get(LOG, on(showLog));
  router.get(QUESTION, on(showForm));
  router.post(QUESTION, on(propose));
  return router;
}

async function showLog({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const asked = { query: typed(req.query, 'query').trim(), before: typed(req.query, 'before') };
  const values = await logPage(asked, hereIn(config.timeZone));
  show(req, res, 'teaching/quizzes/regrading/log', values, { nav: 'admin' });
}

async function showForm(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await form(deps, req, res, await load(req), null);
}

/** Preview the regrade that a ruling would cause. */
async function propose(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const question = await load(req);
  const read = readRuling(req.body, question.asked.item);
  if (!read.ok) return form(deps, req, res, question, { ...read, errors: inWords(read.errors) });
  const ruled = rulingFor(read.request, question);
  if ('refusal' in ruled) {
    const errors = refusalErrors(ruled.refusal, question, spoken);
    return form(deps, req, res, question, { ...read, errors });
  }
  const { courseSlug, quiz } = question;
  const { reason, withdrawalReason } = read;
  const proposal = { courseSlug, quiz, terms: ruled.terms, reason, withdrawalReason };
  const by = { actorId: signedIn(actorOf(req)).id, now: deps.clock() };
  res.redirect(303, regradeAddresses(await previewRegrade(proposal, by)).page);
}

async function load({ params }: Request): Promise<AskedQuestion> {
  const named = (part: string) => String(params[part]);
  const question = await askedQuestion({
    course: named('course'),
    version: named('version'),
    quiz: named('quiz'),
    item: named('item'),
  });
  if (!question) throw new NotFound();
  return question;
}

async function form(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  question: AskedQuestion,
  sent: RulingForm | null,
): Promise<void> {
  const values = await rulingPage(question, sent, hereIn(config.timeZone));
  show(req, res, 'teaching/quizzes/regrading/new', values, { status: sent ? 422 : 200, nav: 'admin' });
}

const inWords = (errors: RulingForm['errors']): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([field, key]) => [field, spoken(key)]));
