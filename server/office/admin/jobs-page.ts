import { laneNames } from '../../platform/events/jobs/job-lanes.js';
import { JOB_STATES, openJobs, type JobFilter, type OpenJob } from '../../platform/events/jobs/open-jobs.js';
import type { Place } from '../../platform/i18n/i18n.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { jobAddresses, jobRow, personKey, without } from './job-row.js';
import { peopleBehind } from './people/person.js';
import { pageOfList } from '../../platform/lib/lists/page-of-list.js';

/** Rows on one page of the list. */
const PAGE = 50;

/** When a page is looked at (epoch ms), and where. */
interface Look {
  readonly now: number;
  readonly place: Place;
}

/** The jobs that wait or have failed, after the one with the id `after`. */
export async function jobsPage(filter: JobFilter, after: string | null, look: Look) {
  const { shown, last } = await pageOfList(PAGE, limit => openJobs(filter, { limit, after }));
  const more = new URLSearchParams({ kind: filter.lane, state: filter.state, after: last?.id ?? '' });
  return {
    jobs: shown.map(rowWith(await peopleOf(shown), look)),
    filters: filtersFor(filter),
    isFiltered: filter.lane !== '' || filter.state !== '',
    next: last ? `/admin/jobs?${more.toString()}` : null,
  };
}

/** Asks before a job is given up. */
export async function endPage(job: OpenJob, look: Look) {
  const row = rowWith(await peopleOf([job]), look);
  return { job: row(job), without: without(job, spoken), action: jobAddresses(job.id).end };
}

const peopleOf = (jobs: readonly OpenJob[]) =>
  peopleBehind([...new Set(jobs.flatMap(job => personKey(job) ?? []))]);

const rowWith =
  (people: Awaited<ReturnType<typeof peopleOf>>, { now, place }: Look) =>
  (job: OpenJob) =>
    jobRow(job, people.get(personKey(job) ?? '') ?? null, { t: spoken, place, now });

function filtersFor({ lane, state }: JobFilter) {
  const filter = (id: string, value: string, options: { value: string; label: string }[]) => ({
    ...{ id, name: id, label: spoken(`jobs.${id}`), value, blank: spoken('jobs.all') },
    options,
  });
  const options = (names: readonly string[], key: string) =>
    names.map(value => ({ value, label: spoken(`${key}.${value}`) }));
  return [
    filter('kind', lane, options(laneNames, 'jobs.lane')),
    filter('state', state, options(JOB_STATES, 'jobs.states')),
  ];
}
