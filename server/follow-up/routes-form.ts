import { Router, type Request } from 'express';
import { courseVersion } from '../courses/catalogue.js';
import { Conflict, NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { addresses } from '../learning/course-page.js';
import { findCycle, type CycleFacts } from '../learning/enrolments.js';
import { parseInteger } from '../lib/numbers.js';
import { authorise } from '../policy.js';
import { comparedScores, nextSlot, questionPage, readAnswer } from './form-page.js';
import { measuredAnswers, measurementIn, type MeasurementFacts } from './measurements.js';
import { answerMeasurement, beginBaseline, beginPost, decline, measurementIsOpen } from './take.js';
import { formPages } from './offer.js';

const FORMS = [
  { when: 'before', kind: 'baseline', begin: beginBaseline },
  { when: 'after', kind: 'post', begin: beginPost },
] as const;

/** The questions before and after a course: begun, answered one a page, or turned down. No key, no feedback. */
export function formRoutes({ show, clock }: Pick<WebDeps, 'show' | 'clock'>): Router {
  const router = Router();
  const t = spoken;

  for (const { when, kind, begin } of FORMS) {
    router.post(`/learning/:cycle/${when}`, async (req, res) => {
      const cycle = await loadCycle(req);
      const begun = await begin(cycle, clock());
      res.redirect(303, begun ? formPages(cycle.id, when).form : addresses(cycle.id).course);
    });

    router.post(`/learning/:cycle/${when}/refusal`, async (req, res) => {
      const cycle = await loadCycle(req);
      await decline(cycle, kind, clock());
      res.redirect(303, addresses(cycle.id).course);
    });

    router.get(`/learning/:cycle/${when}`, async (req, res) => {
      const { cycle, course, measurement } = await loadForm(req, kind);
      const given = await measuredAnswers(measurement.id);
      const slot = nextSlot(measurement.form, given);
      const courseHref = addresses(cycle.id).course;
      if (slot !== null) {
        if (!(await measurementIsOpen(measurement, clock()))) return res.redirect(303, courseHref);
        const page = questionPage({ course, form: measurement.form }, slot, {}, t);
        const values = { ...page, when, action: formPages(cycle.id, when).answer(slot), courseHref };
        return show(req, res, 'follow-up/question', values, { nav: 'learning' });
      }
      if (kind === 'baseline') {
        return show(req, res, 'follow-up/thanks', { courseHref }, { nav: 'learning' });
      }
      const baseline = await measurementIn(cycle.id, 'baseline');
      const before = baseline ? await measuredAnswers(baseline.id) : [];
      const values = { ...comparedScores(course, before, given), courseHref };
      show(req, res, 'follow-up/comparison', values, { nav: 'learning' });
    });

    router.post(`/learning/:cycle/${when}/answers/:slot`, async (req, res) => {
      const { cycle, course, measurement } = await loadForm(req, kind);
      const slot = parseInteger(req.params.slot, { min: 1, max: measurement.form.length });
      if (slot === null) throw new NotFound();
      const form = { course, form: measurement.form };
      const read = readAnswer(form, slot, req.body as unknown);
      const to = formPages(cycle.id, when);
      if (!read.ok) {
        const page = questionPage(form, slot, read.typed, t);
        const error = t(`question.problem.${read.problem}`);
        const courseHref = addresses(cycle.id).course;
        const values = { ...page, error, when, action: to.answer(slot), courseHref };
        return show(req, res, 'follow-up/question', values, { status: 422, nav: 'learning' });
      }
      const isKept = await answerMeasurement(measurement, { slot, response: read.response }, clock());
      // A second click on the last answer finds the form finished: that is no fault.
      if (!isKept && (await measurementIn(cycle.id, kind))?.finishedAt == null) {
        throw new Conflict('These questions are closed');
      }
      res.redirect(303, to.form);
    });
  }

  return router;
}

/** A round; only for its learner. */
async function loadCycle(req: Request): Promise<CycleFacts> {
  const cycle = await findCycle(req.params.cycle);
  authorise(actorOf(req), 'cycle.learn', cycle);
  if (!cycle) throw new NotFound();
  return cycle;
}

/** The form of a round that was begun, and its course; only for its learner. */
async function loadForm(req: Request, kind: 'baseline' | 'post') {
  const cycle = await loadCycle(req);
  const measurement: MeasurementFacts | null = await measurementIn(cycle.id, kind);
  if (measurement?.startedAt == null) throw new NotFound();
  return { cycle, measurement, course: (await courseVersion(cycle.courseVersionId)).snapshot };
}
