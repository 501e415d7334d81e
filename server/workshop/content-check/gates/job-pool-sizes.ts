import { isFor, type JobName } from '../../../teaching/questions/jobs.js';
import type { GateMeasure } from './measure.js';
import type { OwnPromise, Pool } from './pools.js';

/** A pool is so many times its draw, so that a second form is not a test of memory. */
export const POOL_RATIO = 3;

/** Has each job that a course asks for enough to draw from in each bank? Pools of courses that ask for none have no row. */
export const jobSizes = (pools: readonly Pool[]): GateMeasure[] =>
  pools.flatMap(pool => pool.jobs.map(job => sizeFor(job, pool)));

function sizeFor(job: JobName, { name, file, draw, items }: Pool): GateMeasure {
  const own = items.filter(({ item }) => isFor(job, item)).length;
  const open = items.filter(({ item }) => item.roles === undefined).length;
  const wanted = POOL_RATIO * draw;
  return {
    gate: 'jobs',
    of: `${name}, ${job}`,
    n: own + open,
    figure: `${own} own and ${open} for all`,
    limit: `at least ${wanted}`,
    verdict: own + open >= wanted ? 'kept' : 'broken',
    fix: `Write ${Math.max(0, wanted - own - open)} more for ${job} or for all jobs.`,
    file,
  };
}

/** Has each job enough questions of its own for the number that a quiz promises it? */
export const promisedOwn = (promises: readonly OwnPromise[]): GateMeasure[] =>
  promises.flatMap(promise => promise.jobs.map(job => ownFor(job, promise)));

function ownFor(job: JobName, { name, file, promised, items }: OwnPromise): GateMeasure {
  const n = items.filter(({ item }) => isFor(job, item)).length;
  const wanted = POOL_RATIO * promised;
  return {
    gate: 'promised own',
    of: `${name}, ${job}`,
    n,
    figure: `${n} own, and ${promised} of each form are promised`,
    limit: `at least ${wanted}`,
    verdict: n >= wanted ? 'kept' : 'broken',
    fix: `Write ${Math.max(0, wanted - n)} more for ${job}, or promise it fewer.`,
    file,
  };
}
