import type { Translate } from '../i18n/i18n.js';

/** The jobs that an item may be written for, by family: people of one family meet a child in much the same way. */
export const FAMILIES = {
  ride: ['cabin', 'driver'],
  counter: ['gate', 'ticket', 'station', 'hotel'],
  care: ['shelter', 'school', 'faith', 'event'],
  phone: ['phone'],
  officer: ['patrol', 'border', 'detention', 'inspection'],
} as const;

export type Family = keyof typeof FAMILIES;
export type JobName = (typeof FAMILIES)[Family][number];

export const FAMILY_NAMES = Object.keys(FAMILIES) as Family[];

export const JOBS: readonly JobName[] = FAMILY_NAMES.flatMap(family => FAMILIES[family]);

/** The job that a stored text names; null where it names none of today's. */
export const jobNamed = (text: string | null): JobName | null => JOBS.find(job => job === text) ?? null;

/** What people call the job that a stored text names. */
export function jobInWords(text: string | null, t: Translate): string | null {
  const job = jobNamed(text);
  return job && t(`job.name.${job}`);
}

const FAMILY_OF = new Map<JobName, Family>(
  FAMILY_NAMES.flatMap(family => FAMILIES[family].map((job): [JobName, Family] => [job, family])),
);

/** Throws RangeError for a word that is no job: nobody can choose one. */
export function familyOf(job: JobName): Family {
  const family = FAMILY_OF.get(job);
  if (family === undefined) throw new RangeError(`There is no job called "${job}"`);
  return family;
}

type ForJobs = { readonly roles?: readonly JobName[] | undefined };

/**
 * An item as a learner with this job is asked it: as if it were written for that job alone, so that whatever it says in the
 * words of a job, it says in theirs. Without a job, it stays as it is written.
 */
export const askedOf = <T extends ForJobs>(job: JobName | null | undefined, item: T): T =>
  job ? { ...item, roles: [job] } : item;

/** The families that an item is written for, each once. None: it is for every job. */
export const familiesOf = ({ roles = [] }: ForJobs): Family[] => [...new Set(roles.map(familyOf))];
