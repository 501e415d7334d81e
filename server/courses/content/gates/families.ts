import { familiesOf, type Family } from '../../../questions/jobs.js';
import type { GatedItem } from './gated-item.js';
import type { GateMeasure } from './measure.js';
import type { FamilyPromise, Pool } from './pools.js';

/** A pool is so many times its draw, so that a second form is not a test of memory. */
export const POOL_RATIO = 3;

/** Has each family of jobs that a pool was written for enough to draw from? Pools for every job have no row. */
export const familySizes = (pools: readonly Pool[]): GateMeasure[] =>
  pools.flatMap(pool =>
    [...new Set(pool.items.flatMap(({ item }) => familiesOf(item)))].map(family => sizeFor(family, pool)),
  );

function sizeFor(family: Family, { name, file, draw, items }: Pool): GateMeasure {
  const own = items.filter(({ item }) => familiesOf(item).includes(family));
  const open = items.filter(isForAll);
  const wanted = POOL_RATIO * draw;
  const n = own.length + open.length;
  return {
    gate: 'families',
    of: `${name}, ${family}`,
    n,
    figure: `${own.length} own and ${open.length} for all`,
    limit: `at least ${wanted}`,
    verdict: n >= wanted ? 'kept' : 'broken',
    fix: `Write ${Math.max(0, wanted - n)} more for ${family} or for all.`,
    file,
  };
}

/** Has each family enough questions of its own for the number that a quiz promises it? */
export const promisedFamilies = (promises: readonly FamilyPromise[]): GateMeasure[] =>
  promises.flatMap(promise => promise.families.map(family => ownFor(family, promise)));

function ownFor(family: Family, { name, file, promised, items }: FamilyPromise): GateMeasure {
  const n = items.filter(({ item }) => familiesOf(item).includes(family)).length;
  const wanted = POOL_RATIO * promised;
  return {
    gate: 'promised families',
    of: `${name}, ${family}`,
    n,
    figure: `${n} own, and ${promised} of each form are promised`,
    limit: `at least ${wanted}`,
    verdict: n >= wanted ? 'kept' : 'broken',
    fix: `Write ${Math.max(0, wanted - n)} more for ${family}, or promise it fewer.`,
    file,
  };
}

const isForAll = ({ item }: GatedItem): boolean => familiesOf(item).length === 0;
