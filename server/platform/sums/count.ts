import { listed, rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import { PutOff } from '../events/jobs/failures.js';
import type { CountedFacts, KeptFigure } from './kept-figure.js';
import { keptAt, keepSums } from './kept-sums.js';
import { inCountingLane, takeCountingLane, type CountingLane } from './counting-lane.js';
import { hasNothing, sumKey, plus, together, type Added } from './sums.js';
import { UncountedFact } from './tables.js';
import { nextUncounted } from './uncounted.js';

/** Facts that are read together, and at most so many times in one run: after an upgrade there may be millions. */
const [BATCH, BATCHES] = [1_000, 100];

/** Count what is not counted yet. Where it is broken off, and where there is more than one run counts, the next run goes on. */
export async function countFacts(figure: KeptFigure, now: number): Promise<void> {
  const lane = await takeCountingLane(figure.name, now);
  if (lane) await countRest(figure, lane);
}

/** The same in a lane that somebody has. */
export async function countRest(figure: KeptFigure, lane: CountingLane): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const facts = await nextUncounted(figure.name, BATCH);
    if (facts.length === 0) return;
    const changes = new Map(facts.map(each => [each.fact, each.changes]));
    for await (const change of figure.changes(facts)) await countChange(figure, lane, change, changes);
  }
}

/** One transaction. Facts are read and added up outside it: whoever else writes waits for the sums alone. */
async function countChange(
  figure: KeptFigure,
  lane: CountingLane,
  { facts, added }: CountedFacts,
  changes: ReadonlyMap<string, number>,
): Promise<void> {
  const sums = await withKept(figure, together(added));
  await inCountingLane(lane, async () => {
    await counted(figure.name, facts, changes);
    await keepSums(figure.name, sums);
  });
}

/**
 * CountedFacts sums at once, in the transaction of what they follow from, where facts go for good: `change` reads what was counted of
 * them. Whoever counts meanwhile begins again. Throws `PutOff` while everything is counted anew.
 */
export async function changeSums(
  figure: KeptFigure,
  now: number,
  change: () => Promise<readonly Added[]>,
): Promise<void> {
  if (!(await takeCountingLane(figure.name, now))) throw new PutOff(`Somebody counts ${figure.name} anew`);
  await keepSums(figure.name, await withKept(figure, together(await change())));
}

/** The sums as they will be. */
async function withKept(
  { name, tidy = sums => sums }: KeptFigure,
  changes: readonly Added[],
): Promise<readonly Added[]> {
  const kept = new Map((await keptAt(name, changes)).map(each => [sumKey(each), each.sums]));
  return changes
    .filter(({ sums }) => !hasNothing(sums))
    .map(added => ({ ...added, sums: tidy(plus(kept.get(sumKey(added)) ?? {}, added.sums)) }));
}

const COUNTED = () => sql`delete from ${UncountedFact} where figure = $1
  and fact in (select list.value ->> 0 from ${listed(2)} as list)
  returning ${columns(UncountedFact, UncountedFact.table, 'fact', 'changes')}`;

/** They are counted; unless one has changed since it was read: then none is. */
async function counted(
  figure: string,
  facts: readonly string[],
  changes: ReadonlyMap<string, number>,
): Promise<void> {
  const done = await rows(COUNTED(), [figure, JSON.stringify(facts.map(fact => [fact]))]);
  const found = new Map(done.map(each => [each.fact, each.changes]));
  if (facts.some(fact => found.get(fact) !== changes.get(fact)))
    throw new PutOff('Facts changed while they were counted');
}
