import { attemptsAfter, BEFORE_ALL, type Scope } from './queries.js';
import { addSignals, noSignalSums, readSignals, signalFigures, type SignalFigures } from './signal-sums.js';

/**
 * How situations were judged in a quiz, over all versions of its course: the first attempt of each person's first round,
 * before anybody read anything again. In one pass over the codes that are stored with the results: a batch of attempts
 * is in memory, and no course version is read.
 */
export async function quizSignals(
  of: Pick<Scope, 'courseSlug' | 'quiz' | 'organisationId'>,
): Promise<SignalFigures> {
  const scope = { ...of, version: null, only: 'first' } as const;
  const sums = noSignalSums();
  for (let after = BEFORE_ALL; ;) {
    const batch = await attemptsAfter(scope, after);
    const last = batch.at(-1);
    if (!last) return signalFigures(sums);
    for (const { person, result, round } of batch)
      if (round === 1) addSignals(sums, person, readSignals(result));
    after = last;
  }
}
