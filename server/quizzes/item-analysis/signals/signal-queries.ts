import { attemptsAfter, BEFORE_ALL, type AnalysisScope } from '../batches.js';
import { addSignals, noSignalSums, readSignals, type SignalSums } from './signal-sums.js';

/**
 * How situations were judged in a quiz, over all versions of its course: in the first attempt of each person's first
 * cycle, before they read anything again. In one pass over the codes stored with the results, with one batch of attempts
 * in memory; no course version is read.
 */
export async function quizSignals(
  of: Pick<AnalysisScope, 'courseSlug' | 'quiz' | 'organisationId'>,
): Promise<SignalSums> {
  const scope = { ...of, version: null, only: 'first' } as const;
  const sums = noSignalSums();
  for (let after = BEFORE_ALL; ;) {
    const batch = await attemptsAfter(scope, after);
    const last = batch.at(-1);
    if (!last) return sums;
    for (const { person, result, cycleNumber } of batch)
      if (cycleNumber === 1) addSignals(sums, person, readSignals(result));
    after = last;
  }
}
