import type { Request, Response } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { chooseJob, jobQuestion } from './chosen-job.js';
import { addresses } from './cycle-addresses.js';
import { jobIn, jobOptions } from './pages/job-page.js';
import { load } from './routes-load.js';

/** What the learner works as, where the course asks. */
export const showJob = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, null);

/** Change it. Attempts that have begun keep the job that they began with. */
export async function saveJob(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle, course } = await load(req);
  const question = jobQuestion(cycle, course.snapshot);
  if (!question) throw new NotFound();
  const job = jobIn(typed(req.body, 'job'), question);
  if (!job) return page(deps, req, res, spoken('job.missing'));
  await chooseJob(cycle, job, deps.clock());
  res.redirect(303, addresses(cycle.id).course);
}

async function page(deps: WebDeps, req: Request, res: Response, error: string | null): Promise<void> {
  const { cycle, course } = await load(req);
  const question = jobQuestion(cycle, course.snapshot);
  if (!question) throw new NotFound();
  const values = {
    course: { title: course.snapshot.title, href: addresses(cycle.id).course },
    action: addresses(cycle.id).job,
    options: jobOptions(question, spoken),
    error,
  };
  deps.show(req, res, 'teaching/learning/job', values, { status: error ? 422 : 200, nav: 'learning' });
}
