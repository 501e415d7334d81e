import { Router, type Request, type Response } from 'express';
import { courseVersion } from '../courses/catalogue.js';
import { Conflict, NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { addresses } from '../learning/cycle-addresses.js';
import { findCycle, type CycleFacts } from '../learning/enrolments.js';
import { parseInteger } from '../../platform/lib/numbers.js';
import { authorise } from '../../policy.js';
import { comparedScores, nextSlot, questionPage, readAnswer } from './form-page.js';
import {
  measuredAnswers,
  measurementIn,
  type MeasuredAnswer,
  type MeasurementFacts,
} from './measurements.js';
import { formPages } from './offer.js';
import { answerMeasurement, beginBaseline, beginPost, decline, measurementIsOpen } from './take.js';

const FORMS = [
  { when: 'before', kind: 'baseline', begin: beginBaseline },
  { when: 'after', kind: 'post', begin: beginPost },
] as const;

type FormDeps = Pick<WebDeps, 'show' | 'clock'> & { readonly about: (typeof FORMS)[number] };

/** The questions before and after a course: begun, answered one a page, or declined. No key, no feedback. */
export function formRoutes(deps: Pick<WebDeps, 'show' | 'clock'>): Router {
  const router = Router();
  for (const about of FORMS) {
    const on = handlersWith<FormDeps>({ ...deps, about });
    const form = `/learning/:cycle/${about.when}`;
    router.post(form, on(begin));
    router.get(form, on(showForm));
    router.post(`${form}/refusal`, on(refuse));
    router.post(`${form}/answers/:slot`, on(answer));
  }
  return router;
}

async function begin({ clock, about }: FormDeps, req: Request, res: Response): Promise<void> {
  const cycle = await loadCycle(req);
  const begun = await about.begin(cycle, clock());
  res.redirect(303, begun ? formPages(cycle.id, about.when).form : addresses(cycle.id).course);
}

async function refuse({ clock, about }: FormDeps, req: Request, res: Response): Promise<void> {
  const cycle = await loadCycle(req);
  await decline(cycle, about.kind, clock());
  res.redirect(303, addresses(cycle.id).course);
}

/** The next question; when all are answered, thanks, or how the answers before and after compare. */
async function showForm(deps: FormDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadForm(req, deps.about.kind);
  const { cycle, course, measurement } = loaded;
  const given = await measuredAnswers(measurement.id);
  const slot = nextSlot(measurement.form, given);
  const courseHref = addresses(cycle.id).course;
  if (slot === null) return showEnd(deps, req, res, loaded, given);
  if (!(await measurementIsOpen(measurement, deps.clock()))) return res.redirect(303, courseHref);
  const page = questionPage({ course, form: measurement.form }, slot, {}, spoken);
  showQuestion(deps, req, res, cycle, page);
}

async function showEnd(
  { show, about }: FormDeps,
  req: Request,
  res: Response,
  { cycle, course }: LoadedForm,
  given: readonly MeasuredAnswer[],
): Promise<void> {
  const courseHref = addresses(cycle.id).course;
  if (about.kind === 'baseline')
    return show(req, res, 'teaching/follow-up/thanks', { courseHref }, { nav: 'learning' });
  const baseline = await measurementIn(cycle.id, 'baseline');
  const before = baseline ? await measuredAnswers(baseline.id) : [];
  const values = { ...comparedScores(course, before, given), courseHref };
  show(req, res, 'teaching/follow-up/comparison', values, { nav: 'learning' });
}

async function answer(deps: FormDeps, req: Request, res: Response): Promise<void> {
  const { cycle, course, measurement } = await loadForm(req, deps.about.kind);
  const slot = parseInteger(req.params.slot, { min: 1, max: measurement.form.length });
  if (slot === null) throw new NotFound();
  const form = { course, form: measurement.form };
  const read = readAnswer(form, slot, req.body as unknown);
  if (!read.ok) {
    const page = questionPage(form, slot, read.typed, spoken);
    const error = spoken(`question.problem.${read.problem}`);
    return showQuestion(deps, req, res, cycle, { ...page, error });
  }
  const isKept = await answerMeasurement(measurement, { slot, response: read.response }, deps.clock());
  // A second click on the last answer finds the form finished, which is not an error.
  if (!isKept && (await measurementIn(cycle.id, deps.about.kind))?.finishedAt == null)
    throw new Conflict('These questions are closed');
  res.redirect(303, formPages(cycle.id, deps.about.when).form);
}

function showQuestion(
  { show, about }: FormDeps,
  req: Request,
  res: Response,
  { id }: CycleFacts,
  page: ReturnType<typeof questionPage>,
): void {
  const { when } = about;
  const action = formPages(id, when).answer(page.position);
  const values = { ...page, when, action, courseHref: addresses(id).course };
  const status = page.error === null ? 200 : 422;
  show(req, res, 'teaching/follow-up/question', values, { status, nav: 'learning' });
}

/** The cycle that the address names; only for its learner. */
async function loadCycle(req: Request): Promise<CycleFacts> {
  const cycle = await findCycle(req.params.cycle);
  authorise(actorOf(req), 'cycle.learn', cycle);
  if (!cycle) throw new NotFound();
  return cycle;
}

type LoadedForm = Awaited<ReturnType<typeof loadForm>>;

/** The form of a cycle that was begun, and its course; only for its learner. */
async function loadForm(req: Request, kind: 'baseline' | 'post') {
  const cycle = await loadCycle(req);
  const measurement: MeasurementFacts | null = await measurementIn(cycle.id, kind);
  if (measurement?.startedAt == null) throw new NotFound();
  return { cycle, measurement, course: (await courseVersion(cycle.courseVersionId)).snapshot };
}
