import { randomInt } from 'node:crypto';
import { countedQuizzes } from '../../server/quizzes/item-analysis/kept/counted-quizzes.js';
import { countFacts } from '../../server/sums/count.js';
import { recountFigure, type SumFault } from '../../server/sums/recount.js';
import { onOwnDatabase } from '../bench/own-database.js';
import {
  changeResult,
  keepUncounted,
  madeUpAttempt,
  type MadeUp,
  type Place,
} from '../support/quizzes/made-up-attempts.js';
import { count, write } from '../support/rows.js';

// `tsx test/scale/recounted.ts 1000000`: so many submissions and rulings by chance, on a SQLite of its own. Sums are counted
// meanwhile as the worker counts them. Then everything is counted anew and compared; then some sums are made wrong, found, and mended.

const steps = Number(process.argv[2] ?? 1_000_000);
/** Kept with one commit, and people who are remembered, to submit again or have a result changed. */
const [TOGETHER, REMEMBERED] = [500, 5_000];
const say = (line: string) => process.stdout.write(`${line}\n`);

await onOwnDatabase(async place => {
  const rulings = await happen(place);
  say(`${steps - rulings} submissions and ${rulings} changed results`);
  say(`counted anew: ${(await faults(false)).length} sums differ`);
  const planted = await plant();
  const found = await faults(true);
  say(
    `made wrong: ${planted} sums; found: ${found.length}; after mending, ${(await faults(false)).length} differ`,
  );
});

/** Whatever happens, in parts of many, counted after each; gives how many results changed. */
async function happen(place: Place): Promise<number> {
  const people: MadeUp[] = [];
  let rulings = 0;
  for (let done = 0; done < steps;) {
    const batch: MadeUp[] = [];
    for (; batch.length < TOGETHER && done < steps; done += 1) {
      const chance = randomInt(100);
      const by = chance < 40 ? people[randomInt(Math.max(1, people.length))] : undefined;
      if (by && chance < 15) {
        rulings += 1;
        await changeResult(by.attempt, otherPoints);
      } else batch.push(madeUpAttempt(place, by ? { by, round: done + 2 } : {}));
    }
    await keepUncounted(batch);
    for (const each of batch)
      people[people.length < REMEMBERED ? people.length : randomInt(REMEMBERED)] = each;
    await countFacts(countedQuizzes, Date.now());
    if (done % 100_000 < TOGETHER) say(`${done} of ${steps}`);
  }
  return rulings;
}

/** As a ruling would: of some questions the points that another key gives, and now and then one that counts no more. */
function otherPoints(result: string): string {
  const slots = JSON.parse(result) as { points: number }[];
  return JSON.stringify(
    slots.map(slot => ({
      ...slot,
      points: randomInt(2) === 0 ? slot.points : 100 - slot.points,
      ...(randomInt(20) === 0 ? { void: true } : {}),
    })),
  );
}

async function faults(mends: boolean): Promise<SumFault[]> {
  const found: SumFault[] = [];
  await recountFigure(countedQuizzes, { mends, clock: Date.now }, fault => found.push(fault));
  return found;
}

/** Makes some sums wrong, past the program; gives how many. */
async function plant(): Promise<number> {
  const [first, signals] = [`name = '' and part = '1 first'`, `part = 'signals'`];
  const planted = (await count(`kept_sums where ${first}`)) + (await count(`kept_sums where ${signals}`));
  await write(`update kept_sums set sums = replace(sums, '"n":', '"n":1') where ${first}`);
  await write(`delete from kept_sums where ${signals}`);
  return planted;
}
