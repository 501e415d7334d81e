import type { Translate } from '../../platform/i18n/i18n.js';

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
/** Those whom items are written for: the people of one job, or of all jobs of a family. */
export type Whom = JobName | Family;

const FAMILY_NAMES = Object.keys(FAMILIES) as Family[];

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

/** The words of these jobs name a vehicle: "during the flight", "to the control room". */
const IN_A_VEHICLE: readonly JobName[] = ['cabin', 'driver'];

/**
 * An item as a learner with this job is asked it: as if it were written for that job alone, so that what it says in the words of a
 * job, it says in theirs. Words that name a vehicle are kept for items of that job alone: any other may be set elsewhere, and is put in
 * words that are true everywhere. Without a job, an item stays as it is written.
 */
export function askedOf<T extends ForJobs>(job: JobName | null | undefined, item: T): T {
  if (!job) return item;
  const { roles = [] } = item;
  const isElsewhere = IN_A_VEHICLE.includes(job) && (roles.length !== 1 || roles[0] !== job);
  return { ...item, roles: isElsewhere ? [] : [job] };
}

/** Is the item written for this job, or for a job of this family? One without roles is for everybody, and written for nobody. */
export const isFor = (whom: Whom, { roles = [] }: ForJobs): boolean =>
  roles.some(role => role === whom || familyOf(role) === whom);
