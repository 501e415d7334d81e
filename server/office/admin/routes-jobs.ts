import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../errors.js';
import { giveUp, retryNow } from '../../platform/events/jobs/job-decisions.js';
import { laneNames } from '../../platform/events/jobs/job-lanes.js';
import { JOB_STATES, openJob, type JobFilter, type OpenJob } from '../../platform/events/jobs/open-jobs.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { administratorsOnly } from '../../platform/http/security/guards.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { isId } from '../../platform/lib/ids.js';
import { signedIn } from '../../policy.js';
import { jobAddresses } from './job-row.js';
import { endPage, jobsPage } from './jobs-page.js';

const HOME = '/admin/jobs';

/** Work in the background that waits or has failed: what it is, why, retrying it now, and giving it up. */
export function jobPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  const { attempt, end } = jobAddresses(':id');
  router.use(HOME, administratorsOnly(deps.config));
  router.get(HOME, on(listJobs));
  router.post(attempt, on(retry));
  router.get(end, on(askToEnd));
  router.post(end, on(endJob));
  return router;
}

async function listJobs(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const after = typed(req.query, 'after');
  const values = await jobsPage(filterIn(req), isId(after) ? after : null, look(deps));
  deps.show(req, res, 'office/admin/jobs', values, { nav: 'admin' });
}

async function retry({ clock, settle }: WebDeps, req: Request, res: Response): Promise<void> {
  await retryNow(await load(req), clock());
  await settle();
  res.redirect(303, `${HOME}?done=job-attempt`);
}

async function askToEnd(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await ask(deps, req, res, await load(req), {});
}

async function endJob(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const job = await load(req);
  if (typed(req.body, 'sure') !== 'yes') return ask(deps, req, res, job, { sure: spoken('errors.sure') });
  await giveUp(job, { actorId: signedIn(actorOf(req)).id, now: deps.clock() });
  res.redirect(303, `${HOME}?done=job-end`);
}

async function ask(
  deps: WebDeps,
  req: Request,
  res: Response,
  job: OpenJob,
  errors: Record<string, string>,
): Promise<void> {
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  const values = { ...(await endPage(job, look(deps))), errors };
  deps.show(req, res, 'office/admin/job-end', values, { status, nav: 'admin' });
}

/** Also 404 for a job that is done by now: nothing is left to decide. */
async function load(req: Request): Promise<OpenJob> {
  const job = isId(req.params['id']) ? await openJob(req.params['id']) : null;
  if (!job) throw new NotFound();
  return job;
}

/** What the address asks for; an unknown word narrows nothing. */
const filterIn = ({ query }: Request): JobFilter => ({
  lane: laneNames.find(name => name === typed(query, 'kind')) ?? '',
  state: JOB_STATES.find(name => name === typed(query, 'state')) ?? '',
});

const look = ({ config, clock }: WebDeps) => ({ now: clock(), place: hereIn(config.timeZone) });
