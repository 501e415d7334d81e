import { readdirSync } from 'node:fs';

/** What somebody comes to the product for, walked from its beginning to its end. */
export interface Job {
  /** As in the list of jobs: `J4`. */
  readonly id: string;
  /** What was done in the walk, in the past tense. */
  readonly title: string;
  /** Does it, in a world that is open and in which nobody is yet; throws where it cannot be done. */
  readonly walk: () => Promise<void>;
}

/** Every job that has a walk, in order: each file beside this one whose name begins with its number, `j04-`. */
export async function allJobs(): Promise<Job[]> {
  const names = readdirSync(import.meta.dirname).filter(name => /^j\d+-.*\.ts$/.test(name));
  const jobs = await Promise.all(names.sort().map(name => import(`./${name}`) as Promise<Job>));
  return jobs;
}
