import { PutOff } from '../events/jobs/failures.js';
import { countRest } from './count.js';
import type { KeptFigure } from './kept-figure.js';
import { keptOf, keptSubjects, keepSums } from './kept-sums.js';
import { inCountingLane, keepHolding, letGo, takeCountingLane, type CountingLane } from './counting-lane.js';
import { sumKey, plus, sumsText, type Added, type SumPlace, type Sums } from './sums.js';
import { uncountedOf } from './uncounted.js';

/** Sums that are not what the facts add up to. */
export interface SumFault extends SumPlace {
  readonly stored: Sums;
  readonly counted: Sums;
}

/**
 * Count all facts of a figure anew, subject after subject, and tell `found` where the kept sums differ; `mends` keeps what was
 * counted. Facts may come and change meanwhile. Throws `PutOff` while somebody else counts everything.
 */
export async function recountFigure(
  figure: KeptFigure,
  { mends, clock }: { mends: boolean; clock: () => number },
  found: (fault: SumFault) => void,
): Promise<void> {
  const lane = await takeCountingLane(figure.name, clock(), true);
  if (!lane) throw new PutOff(`Somebody else counts ${figure.name}`);
  const subjects = new Set([...(await figure.subjects()), ...(await keptSubjects(figure.name))]);
  for (const subject of subjects) {
    const faults = await subjectFaults(figure, lane, subject, clock);
    faults.forEach(found);
    const right = faults.map(({ counted, ...place }) => ({ ...place, sums: counted }));
    if (mends) await inCountingLane(lane, () => keepSums(figure.name, right));
  }
  await countRest(figure, lane);
  await letGo(lane);
}

async function subjectFaults(
  figure: KeptFigure,
  lane: CountingLane,
  subject: string,
  clock: () => number,
): Promise<SumFault[]> {
  const kept = new Map((await keptOf(figure.name, subject)).map(each => [sumKey(each), each]));
  const right = new Map<string, Added>();
  for await (const batch of figure.whole(subject, uncountedOf(figure.name))) {
    for (const added of batch) right.set(sumKey(added), withAdded(figure, right.get(sumKey(added)), added));
    await keepHolding(lane, clock());
  }
  return [...new Map([...kept, ...right])].flatMap(([place, { sums: _, ...at }]) => {
    const [stored, counted] = [kept.get(place)?.sums ?? {}, right.get(place)?.sums ?? {}];
    return sumsText(stored) === sumsText(counted) ? [] : { ...at, stored, counted };
  });
}

const withAdded = ({ tidy = sums => sums }: KeptFigure, known: Added | undefined, added: Added): Added => ({
  ...added,
  sums: tidy(plus(known?.sums ?? {}, added.sums)),
});
