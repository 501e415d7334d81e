import { groupIn, numberIn, type Sums } from '../../../../platform/sums/sums.js';
import type { ItemVersion } from '../figures/analysed-bank.js';
import { noSums, type QuizSums } from '../figures/collect.js';
import { LATEST_ANSWERS } from '../figures/drift.js';
import { noItemSums, type ItemSums, type RestGroup } from '../figures/item-sums.js';
import type { Moments } from '../figures/moments.js';
import type { Tally } from '../small-groups.js';
import { noSignalSums, type SignalSums } from '../signals/signal-sums.js';

/** What sums are kept as: each number under its name, in the order and the groups that they have here. */
type Kept =
  number | boolean | readonly Kept[] | ReadonlyMap<string | number, Kept> | { readonly [name: string]: Kept };

/** An answer that was not right, and one that was: neither is nothing. */
const [WRONG, RIGHT] = [1, 2];

function sumsOf(kept: Kept): number | Sums {
  if (typeof kept === 'number') return kept;
  if (typeof kept === 'boolean') return kept ? RIGHT : WRONG;
  const entries = kept instanceof Map ? [...kept] : Object.entries(kept);
  const read = entries.map(([name, each]): [string, number | Sums] => [String(name), sumsOf(each as Kept)]);
  return Object.fromEntries(read.filter(([, each]) => each !== 0));
}

/** What is kept of the form of a quiz, without its items. */
export const keptForm = ({ items: _, ...form }: QuizSums): Sums => sumsOf(form as unknown as Kept) as Sums;

/** What is kept of an item. */
export const keptItem = ({ version: _, ...item }: ItemSums): Sums => sumsOf(item as unknown as Kept) as Sums;

/** What is kept of how situations were judged. */
export const keptSignals = (signals: SignalSums): Sums => sumsOf(signals as unknown as Kept) as Sums;

/** Of answers by when they were given, only as many are kept as the figures look at: the newest. */
export function withNewest(sums: Sums): Sums {
  const latest = groupIn(sums, 'latest');
  const newest = Object.keys(latest).sort().slice(-LATEST_ANSWERS);
  if (newest.length === 0) return sums;
  return { ...sums, latest: Object.fromEntries(newest.map(at => [at, numberIn(latest, at)])) };
}

/** The form as it was kept, without its items. */
export function formFrom(sums: Sums): QuizSums {
  const places = groupIn(sums, 'places');
  return {
    ...noSums(),
    attempts: tallyFrom(groupIn(sums, 'attempts')),
    places: Object.keys(places).map(place => momentsFrom(groupIn(places, place))),
    totals: momentsFrom(groupIn(sums, 'totals')),
    parts: numberIn(sums, 'parts'),
    unreadable: numberIn(sums, 'unreadable'),
  };
}

/** An item as it was kept. */
export function itemFrom(sums: Sums, version: ItemVersion): ItemSums {
  const [pairs, times] = [groupIn(sums, 'pairs'), groupIn(sums, 'times')];
  return {
    ...noItemSums(version),
    pairs: {
      x: momentsFrom(groupIn(pairs, 'x')),
      y: momentsFrom(groupIn(pairs, 'y')),
      products: numberIn(pairs, 'products'),
    },
    byPoints: numbersFrom(groupIn(sums, 'byPoints')),
    byRest: new Map(groupsIn(sums, 'byRest').map(([rest, each]) => [Number(rest), restFrom(each)])),
    latest: new Map(Object.entries(groupIn(sums, 'latest')).map(([at, is]) => [at, is === RIGHT])),
    times: {
      counts: numbersFrom(groupIn(times, 'counts')),
      n: numberIn(times, 'n'),
      pauses: numberIn(times, 'pauses'),
      together: numberIn(times, 'together'),
    },
    confidences: talliesFrom(groupIn(sums, 'confidences')),
  };
}

const restFrom = (sums: Sums): RestGroup => ({
  ...tallyFrom(sums),
  points: numberIn(sums, 'points'),
  choices: talliesFrom(groupIn(sums, 'choices')),
});

/** How situations were judged, as it was kept. */
export function signalsFrom(sums: Sums): SignalSums {
  const [none, decisions] = [noSignalSums(), groupIn(sums, 'decisions')];
  return {
    attempts: tallyFrom(groupIn(sums, 'attempts')),
    without: numberIn(sums, 'without'),
    counts: talliesIn(none.counts, groupIn(sums, 'counts')),
    decisions: {
      counts: talliesIn(none.decisions.counts, groupIn(decisions, 'counts')),
      attempts: talliesIn(none.decisions.attempts, groupIn(decisions, 'attempts')),
      notPassedOn: talliesIn(none.decisions.notPassedOn, groupIn(decisions, 'notPassedOn')),
    },
  };
}

const talliesIn = <Name extends string>(all: Readonly<Record<Name, Tally>>, sums: Sums) =>
  Object.fromEntries(Object.keys(all).map(name => [name, tallyFrom(groupIn(sums, name))])) as Record<
    Name,
    Tally
  >;

const talliesFrom = (sums: Sums): Map<string, Tally> =>
  new Map(Object.keys(sums).map(name => [name, tallyFrom(groupIn(sums, name))]));

const tallyFrom = (sums: Sums): Tally => ({ n: numberIn(sums, 'n'), again: numberIn(sums, 'again') });

const momentsFrom = (sums: Sums): Moments => ({
  n: numberIn(sums, 'n'),
  sum: numberIn(sums, 'sum'),
  squares: numberIn(sums, 'squares'),
});

const numbersFrom = (sums: Sums): Map<number, number> =>
  new Map(Object.keys(sums).map(name => [Number(name), numberIn(sums, name)]));

const groupsIn = (sums: Sums, name: string): [string, Sums][] =>
  Object.keys(groupIn(sums, name)).map(each => [each, groupIn(groupIn(sums, name), each)]);
