import { Router, type Request, type Response } from 'express';
import { NotFound } from '../errors.js';
import { giveUp, retryNow } from '../events/job-decisions.js';
import { JOB_STATES, openJob, openJobs, type JobFilter, type OpenJob } from '../events/open-jobs.js';
import { laneNames } from '../events/job-lanes.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { isId } from '../lib/ids.js';
import { authorise, signedIn } from '../policy.js';
import { jobAddresses, jobRow, personKey, without } from './job-page.js';
import { peopleBehind } from './people/person.js';

/** Rows on one page of the list. */
const PAGE = 50;

/** Work in the background that waits or has failed: what it is, why, and trying it now or giving it up. */
export function jobPages({ show, clock, config, settle }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/jobs', async (req, res) => {
    guard(req);
    const filter = filterIn(req);
    const after = typed(req.query, 'after');
    const found = await openJobs(filter, { limit: PAGE, after: isId(after) ? after : null });
    const last = found.at(-1);
    const more = new URLSearchParams({ kind: filter.lane, state: filter.state, after: last?.id ?? '' });
    const values = {
      jobs: await described(found),
      filters: filtersFor(filter),
      isFiltered: filter.lane !== '' || filter.state !== '',
      next: found.length === PAGE ? `/admin/jobs?${more.toString()}` : null,
    };
    show(req, res, 'admin/jobs', values, { nav: 'admin' });
  });

  router.post('/admin/jobs/:id/attempt', async (req, res) => {
    guard(req);
    await retryNow(await load(req), clock());
    await settle();
    res.redirect(303, '/admin/jobs?done=job-attempt');
  });

  router.get('/admin/jobs/:id/end', async (req, res) => {
    guard(req);
    await ask(req, res, await load(req), {});
  });

  router.post('/admin/jobs/:id/end', async (req, res) => {
    guard(req);
    const job = await load(req);
    if (typed(req.body, 'sure') !== 'yes') return ask(req, res, job, { sure: t('errors.sure') });
    await giveUp(job, { actorId: signedIn(actorOf(req)).id, now: clock() });
    res.redirect(303, '/admin/jobs?done=job-end');
  });

  /** 404 also for what is done by now: nothing is left to decide. */
  async function load(req: Request): Promise<OpenJob> {
    const job = isId(req.params['id']) ? await openJob(req.params['id']) : null;
    if (!job) throw new NotFound();
    return job;
  }

  async function ask(req: Request, res: Response, job: OpenJob, errors: Record<string, string>) {
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    const [row] = await described([job]);
    const values = { job: row, without: without(job, t), action: jobAddresses(job.id).end, errors };
    show(req, res, 'admin/job-end', values, { status, nav: 'admin' });
  }

  async function described(jobs: readonly OpenJob[]) {
    const keys = jobs.flatMap(job => personKey(job) ?? []);
    const people = await peopleBehind([...new Set(keys)]);
    const words = { t, place, now: clock() };
    return jobs.map(job => jobRow(job, people.get(personKey(job) ?? '') ?? null, words));
  }

  function filtersFor({ lane, state }: JobFilter) {
    const options = (names: readonly string[], word: (name: string) => string) =>
      names.map(value => ({ value, label: word(value) }));
    return [
      {
        ...{ id: 'kind', name: 'kind', label: t('jobs.kind'), value: lane, blank: t('jobs.all') },
        options: options(laneNames, name => t(`jobs.lane.${name}`)),
      },
      {
        ...{ id: 'state', name: 'state', label: t('jobs.state'), value: state, blank: t('jobs.all') },
        options: options(JOB_STATES, name => t(`jobs.states.${name}`)),
      },
    ];
  }

  return router;
}

/** What the address asks for; a word that is none narrows nothing. */
const filterIn = ({ query }: Request): JobFilter => ({
  lane: laneNames.find(name => name === typed(query, 'kind')) ?? '',
  state: JOB_STATES.find(name => name === typed(query, 'state')) ?? '',
});
