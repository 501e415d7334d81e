import { setTimeout as wait } from 'node:timers/promises';
import type { Content } from '../../server/courses/content/types.js';
import { seededRandom } from '../../server/quizzes/random.js';
import type { Learner } from './learners.js';
import type { Server } from './server.js';
import { all, Traffic, Unanswered, type Errand } from './tab.js';
import { Taking } from './taking.js';
import type { Told } from './told.js';

/** Learners at their desks in one round, two tabs each. */
const CREW = 3;
/** The machine may be slower now than a while ago: the span is measured again after so many rounds. */
const MEASURE_EVERY = 25;
/** A kill may come a little after what was measured. */
const BEYOND = 1.05;
/** This share of kills may come after the last reply, and a few more; beyond, the machine is too uneven to measure. */
const MISSES = 1 / 3;
const FEW = 8;
/** Kills fall on one of so many moments of the span. */
const MOMENTS = 1_000_000;

const mostKills = (rounds: number): number => rounds + Math.ceil(rounds * MISSES) + FEW;

/** How many learners so many rounds take at most, those of the rounds without a kill among them. */
export const learnersFor = (rounds: number): number =>
  (mostKills(rounds) + Math.ceil(mostKills(rounds) / MEASURE_EVERY)) * CREW;

export interface Tally {
  readonly told: Told[];
  kills: number;
  /** Kills while at least one request waited for its reply, and what waited, over all kills. */
  hits: number;
  readonly waiting: Record<Errand, number>;
  signedInAgain: number;
}

export interface RoundWishes {
  readonly content: Content;
  readonly rounds: number;
  readonly seed: string;
  readonly say: (line: string) => void;
}

/**
 * Rounds of answering and handing in, each cut off by a kill and gone on with after a new start, until so many
 * kills found requests in flight.
 */
export async function playRounds(
  server: Server,
  learners: readonly Learner[],
  { content, rounds, seed, say }: RoundWishes,
): Promise<Tally> {
  const random = seededRandom(seed);
  const traffic = new Traffic();
  const waiting = { page: 0, start: 0, answer: 0, submission: 0 };
  const tally: Tally = { told: [], kills: 0, hits: 0, waiting, signedInAgain: 0 };
  const crews = crewsOf(learners, { around: { base: server.base, content, traffic }, seed, tally });
  let span = 0;
  await server.start();
  while (tally.hits < rounds) {
    if (tally.kills === mostKills(rounds)) throw new Error('Too many kills came after the last reply');
    if (tally.kills % MEASURE_EVERY === 0) {
      span = await measure(await crews(0));
      say(`undisturbed, a round takes ${Math.round(span)} ms (after ${tally.kills} kills)`);
      // Every round begins on a server that has just started.
      await server.stop();
      await server.start();
    }
    const after = (random.below(MOMENTS) / MOMENTS) * span * BEYOND;
    const took = await cutOff(server, await crews(tally.kills + 1), { traffic, after, tally });
    if (took !== null) span = took;
  }
  return tally;
}

/** From the first request to the last reply when nobody kills (ms). */
async function measure(crew: readonly Taking[]): Promise<number> {
  const began = performance.now();
  await all(crew.map(taking => taking.take()));
  return performance.now() - began;
}

/** Returns how long the crew took when the kill came after their last reply (ms), else null. */
async function cutOff(
  server: Server,
  crew: readonly Taking[],
  { traffic, after, tally }: { traffic: Traffic; after: number; tally: Tally },
): Promise<number | null> {
  // Held until after the kill: a rejection that nobody waits for yet would end this process.
  const taking = Promise.allSettled([measure(crew)]);
  await wait(after);
  const waiting = traffic.now;
  await server.kill();
  const took = tookUnlessCut(await taking);
  tally.kills += 1;
  if (waiting.length > 0) tally.hits += 1;
  for (const errand of waiting) tally.waiting[errand] += 1;
  await server.start();
  await Promise.all(crew.map(taking => taking.finish()));
  tally.signedInAgain += crew.filter(taking => taking.signedInAgain).length;
  return took;
}

function tookUnlessCut([taking]: readonly PromiseSettledResult<number>[]): number | null {
  if (taking?.status === 'fulfilled') return taking.value;
  // What a dead server does not answer is no fault of its own.
  if (taking?.reason instanceof Unanswered) return null;
  throw taking?.reason;
}

/** The next learners each time it is called, signed in. */
function crewsOf(
  learners: readonly Learner[],
  { around, seed, tally }: { around: ConstructorParameters<typeof Taking>[1]; seed: string; tally: Tally },
): (round: number) => Promise<Taking[]> {
  let next = 0;
  return async round => {
    const crew = learners
      .slice(next, (next += CREW))
      .map((learner, n) => new Taking(learner, around, { round, seed: `${seed}:${next}:${n}` }));
    tally.told.push(...crew.map(taking => taking.told));
    await Promise.all(crew.map(taking => taking.arrive()));
    return crew;
  };
}
