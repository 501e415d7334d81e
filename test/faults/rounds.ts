import { setTimeout as wait } from 'node:timers/promises';
import type { Content } from '../../server/teaching/content/schema/types.js';
import { seededRandom } from '../../server/teaching/quizzes/drawing/seeded-random.js';
import type { Fault } from './checks/checks.js';
import { kinds, type Kind, type KindName, type Place, type Scene } from './kinds.js';
import type { Learner } from './learners/learners.js';
import type { Span } from './log.js';
import { all, Traffic, Unanswered, type Errand } from './learners/tab.js';
import { Taking } from './learners/taking.js';
import type { Told } from './learners/told.js';

/** Learners at their desks in one round, two tabs each, unless a plan names another number. */
const CREW = 3;
/** Learners who take the quiz after the last reply of a round while the mail server is away. */
const LATECOMERS = 2;
/** The machine may be slower now than a while ago: the span is measured again after so many rounds. */
const MEASURE_EVERY = 25;
/** A fault may come a little after what was measured. */
const BEYOND = 1.05;
/** This share of faults may come after the last reply, and a few more; beyond, the machine is too uneven to measure. */
const MISSES = 1 / 3;
const FEW = 8;
/** Faults fall on one of so many moments of the span. */
const MOMENTS = 1_000_000;

/** The moment at which the server has accepted so many requests of a kind in a round. */
export interface Moment {
  readonly errand: Errand;
  readonly accepted: number;
}

/**
 * When faults come. `rounds`: at random moments, until so many of them found requests in flight. `moments`: at each of
 * these, one a round; null is a round without a fault.
 */
export type Plan = { readonly rounds: number } | Moments;
interface Moments {
  readonly moments: readonly (Moment | null)[];
  readonly crew?: number;
}

const mostStrikes = (rounds: number): number => rounds + Math.ceil(rounds * MISSES) + FEW;

/** How many learners a plan takes at most, with those of the rounds without a fault and the latecomers. */
export function learnersFor(plan: Plan, kinds: readonly KindName[]): number {
  if ('moments' in plan) return plan.moments.length * (plan.crew ?? CREW);
  const strikes = mostStrikes(plan.rounds);
  const late = kinds.includes('mail') ? strikes * LATECOMERS : 0;
  return (strikes + Math.ceil(strikes / MEASURE_EVERY)) * CREW + late;
}

export interface Tally {
  readonly told: Told[];
  /** How many faults were made, in all and of each kind. */
  strikes: number;
  readonly struck: Map<KindName, number>;
  /** Faults while at least one request waited for its reply, and what waited, over all faults. */
  hits: number;
  readonly waiting: Record<Errand, number>;
  signedInAgain: number;
  /** What went wrong in the making and ending of faults. */
  readonly misbehaved: Fault[];
  /** When errors in the log were to be expected. */
  readonly excused: Span[];
}

export interface RoundWishes {
  readonly content: Content;
  readonly plan: Plan;
  readonly seed: string;
  /** The kinds of fault to choose from, at least one. */
  readonly kinds: readonly KindName[];
  readonly say: (line: string) => void;
}

/** What the rounds of a series share. */
interface Series {
  readonly place: Place;
  readonly wishes: RoundWishes;
  readonly traffic: Traffic;
  readonly tally: Tally;
  /** The next learners each time it is called, signed in; a crew unless fewer are wanted. */
  readonly crews: (round: number, size?: number) => Promise<Taking[]>;
}

/** Rounds of answering and handing in, disturbed by faults as planned; each is gone on with when its fault is over. */
export async function playRounds(
  place: Place,
  learners: readonly Learner[],
  wishes: RoundWishes,
): Promise<Tally> {
  const { content, plan, seed, kinds: choice } = wishes;
  const traffic = new Traffic();
  const tally = emptyTally(choice);
  const crews = crewsOf(learners, { around: { base: place.server.base, content, traffic }, seed, tally });
  const series = { place, wishes, traffic, tally, crews };
  await place.server.start();
  await ('moments' in plan ? strikeAt(plan, series) : strikeByChance(plan.rounds, series));
  return tally;
}

const emptyTally = (choice: readonly KindName[]): Tally => ({
  told: [],
  strikes: 0,
  struck: new Map(choice.map(name => [name, 0])),
  hits: 0,
  waiting: { page: 0, start: 0, answer: 0, submission: 0 },
  signedInAgain: 0,
  misbehaved: [],
  excused: [],
});

async function strikeAt({ moments, crew = CREW }: Moments, series: Series): Promise<void> {
  const { traffic, crews, wishes } = series;
  for (const moment of moments) {
    if (moment === null) {
      await measure(await crews(0, crew));
    } else {
      const due = (end: Promise<unknown>) =>
        Promise.race([traffic.until(moment.errand, moment.accepted), end]);
      await disturb(series, { name: wishes.kinds[0] ?? 'kill', due, size: crew });
    }
  }
}

async function strikeByChance(rounds: number, series: Series): Promise<void> {
  const { place, tally, crews, wishes } = series;
  const { seed, kinds: choice, say } = wishes;
  const random = seededRandom(seed);
  let span = 0;
  while (tally.hits < rounds) {
    if (tally.strikes === mostStrikes(rounds)) throw new Error('Too many faults came after the last reply');
    if (tally.strikes % MEASURE_EVERY === 0) {
      span = await measure(await crews(0));
      say(`undisturbed, a round takes ${Math.round(span)} ms (after ${tally.strikes} faults)`);
      // Every round begins on a server that has just started.
      await place.server.stop();
      await place.server.start();
    }
    const after = (random.below(MOMENTS) / MOMENTS) * span * BEYOND;
    // One kind takes no chance, so that a seed still means the same kills.
    const name = choice[choice.length > 1 ? random.below(choice.length) : 0] ?? 'kill';
    span = (await disturb(series, { name, due: () => wait(after), size: CREW })) ?? span;
  }
}

/** What a learner who is not disturbed was told, to the result. */
async function takenBy([taking]: readonly Taking[]): Promise<Told> {
  if (!taking) throw new RangeError('There are not enough learners');
  await taking.take();
  await taking.finish();
  return taking.told;
}

/** From the first request to the last reply when nothing disturbs (ms). */
async function measure(crew: readonly Taking[]): Promise<number> {
  const began = performance.now();
  await all(crew.map(taking => taking.take()));
  return performance.now() - began;
}

/**
 * One round, with a fault when it is due; that is given the end of the crew's work. Returns how long the crew took when
 * each of them got every reply (ms), else null.
 */
async function disturb(
  { place, traffic, tally, crews }: Series,
  { name, due, size }: { name: KindName; due: (end: Promise<unknown>) => Promise<unknown>; size: number },
): Promise<number | null> {
  const kind: Kind = kinds[name];
  const round = tally.strikes + 1;
  const crew = await crews(round, size);
  const scene: Scene = { told: tally.told, crew, another: async () => takenBy(await crews(round, 1)) };
  // Held until after the fault: a rejection that nobody waits for yet would end this process.
  const taking = Promise.allSettled([measure(crew)]);
  await due(taking);
  const waiting = traffic.now;
  const from = Date.now();
  traffic.mayBeTurnedAway = kind.excuse === 'all';
  tally.misbehaved.push(...(await kind.strike(place)));
  const took = tookUnlessCut(await taking);
  tally.strikes += 1;
  tally.struck.set(name, (tally.struck.get(name) ?? 0) + 1);
  if (waiting.length > 0) tally.hits += 1;
  for (const errand of waiting) tally.waiting[errand] += 1;
  tally.misbehaved.push(...(await kind.mend(place, scene)));
  traffic.mayBeTurnedAway = false;
  if (kind.excuse) tally.excused.push({ from, to: Date.now(), excuse: kind.excuse });
  await Promise.all(crew.map(taking => taking.finish()));
  tally.signedInAgain += crew.filter(taking => taking.signedInAgain).length;
  return took;
}

function tookUnlessCut([taking]: readonly PromiseSettledResult<number>[]): number | null {
  if (taking?.status === 'fulfilled') return taking.value;
  // What a server does not answer because of the fault is no fault of its own.
  if (taking?.reason instanceof Unanswered) return null;
  throw taking?.reason;
}

/** The next learners each time it is called, signed in. */
function crewsOf(
  learners: readonly Learner[],
  { around, seed, tally }: { around: ConstructorParameters<typeof Taking>[1]; seed: string; tally: Tally },
): (round: number, size?: number) => Promise<Taking[]> {
  let next = 0;
  return async (round, size = CREW) => {
    const crew = learners
      .slice(next, (next += size))
      .map((learner, n) => new Taking(learner, around, { round, seed: `${seed}:${next}:${n}` }));
    tally.told.push(...crew.map(taking => taking.told));
    await Promise.all(crew.map(taking => taking.arrive()));
    return crew;
  };
}
