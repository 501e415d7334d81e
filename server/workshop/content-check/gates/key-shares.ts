import { suits } from '../../../teaching/content/bounds.js';
import type { JobName } from '../../../teaching/questions/jobs.js';
import type { GatedItem } from './gated-item.js';
import { judged, percent, shareWhere, type GateMeasure } from './measure.js';
import type { Pool } from './pools.js';

/** How many of a pool's decisions have each key. Whole items: a share may miss its limits by less than one. */
const SHARES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'carry-on': [0.35, 0.4],
  note: [0.1, 0.15],
  tell: [0.3, 0.35],
  urgent: [0.12, 0.18],
};
/** Of the decisions that people with one job may meet, no key may be more: always answering it would pay. */
const MOST_PER_JOB = 0.45;
const ENOUGH = 12;

/** Does always deciding the same way pay? Pools without decisions have no row. */
export const keyShares = (pools: readonly Pool[]): GateMeasure[] =>
  pools.flatMap(pool => {
    const decisions = pool.items.filter(({ disposition }) => disposition !== null);
    return decisions.length === 0 ? [] : [sharesOf(pool, decisions), ...perJob(pool, decisions)];
  });

function sharesOf({ name, file }: Pool, decisions: readonly GatedItem[]): GateMeasure {
  const counts = Object.keys(SHARES).map(key => ({ key, count: countOf(key, decisions) }));
  const isKept = counts.every(({ key, count }) => isWithin(count, decisions.length, SHARES[key] ?? [0, 1]));
  return {
    gate: 'key shares',
    of: name,
    n: decisions.length,
    figure: counts.map(({ key, count }) => `${key} ${count}`).join(', '),
    limit: Object.values(SHARES)
      .map(band => wholeItems(decisions.length, band).join('–'))
      .join(', '),
    verdict: judged(decisions.length, ENOUGH, isKept),
    fix: 'Write decisions of the keys that are too few.',
    file,
  };
}

const countOf = (key: string, decisions: readonly GatedItem[]): number =>
  decisions.filter(({ disposition }) => disposition === key).length;

const wholeItems = (n: number, [least, most]: readonly [number, number]) => [
  Math.floor(least * n),
  Math.ceil(most * n),
];

function isWithin(count: number, n: number, band: readonly [number, number]): boolean {
  const [least = 0, most = n] = wholeItems(n, band);
  return count >= least && count <= most;
}

/** The largest share that one key has for any job that the course asks for; jobs with too few decisions are left out. */
function perJob({ name, file, jobs }: Pool, decisions: readonly GatedItem[]): GateMeasure[] {
  if (jobs.length === 0) return [];
  const [worst] = jobs.flatMap(job => shares(job, decisions)).sort((a, b) => b.share - a.share);
  return [
    {
      gate: 'key shares',
      of: `${name}, by job`,
      n: worst?.n ?? 0,
      figure: worst ? `${worst.text} ${percent(worst.share)}` : 'no job with enough decisions',
      limit: `at most ${percent(MOST_PER_JOB)}`,
      verdict: judged(worst?.n ?? 0, ENOUGH, (worst?.share ?? 0) <= MOST_PER_JOB),
      fix: 'Write decisions of other keys for this job.',
      file,
    },
  ];
}

function shares(job: JobName, decisions: readonly GatedItem[]) {
  const own = decisions.filter(({ item }) => suits(item, job));
  if (own.length < ENOUGH) return [];
  return Object.keys(SHARES).map(key => ({
    n: own.length,
    share: shareWhere(own, ({ disposition }) => disposition === key),
    text: `${job}: ${key}`,
  }));
}
