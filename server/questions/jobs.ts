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

const FAMILY_OF = new Map<JobName, Family>(
  FAMILY_NAMES.flatMap(family => FAMILIES[family].map((job): [JobName, Family] => [job, family])),
);

/** Throws RangeError for a word that is no job: nobody can choose one. */
export function familyOf(job: JobName): Family {
  const family = FAMILY_OF.get(job);
  if (family === undefined) throw new RangeError(`There is no job called "${job}"`);
  return family;
}

/** The families that an item is written for, each once. None: it is for every job. */
export const familiesOf = ({ roles = [] }: { readonly roles?: readonly JobName[] | undefined }): Family[] => [
  ...new Set(roles.map(familyOf)),
];
