import { AsyncResource } from 'node:async_hooks';

/** One call that waits for its result. */
interface Asked<I, O> {
  readonly item: I;
  readonly done: (result: O) => void;
  readonly failed: (fault: unknown) => void;
}

type Work<I, O> = (items: readonly I[]) => Promise<readonly O[]>;

/** How many are done at once, so that the first does not wait for all that follow. */
const MOST = 16;

/**
 * A function of one item that does its work for several at once: whoever calls while it is at work is served together with all others who
 * wait. Nobody waits for company. `work` gives a result for each item, in their order; where it fails for several, it is tried for each of
 * them alone, so that one does not fail the others: it must keep nothing of what failed. It runs outside whatever the callers are in: not to
 * be called in a transaction, which the work would wait for.
 */
export function batched<I, O>(work: Work<I, O>): (item: I) => Promise<O> {
  const waiting: Asked<I, O>[] = [];
  let isWorking = false;

  async function workAll(): Promise<void> {
    isWorking = true;
    while (waiting.length > 0) await workFor(waiting.splice(0, MOST), work);
    isWorking = false;
  }

  /** The first call starts the work, which goes on for others: it must not run in the context of the first. */
  const own = new AsyncResource('batched');

  return item =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      if (!isWorking) own.runInAsyncScope(() => void workAll());
    });
}

async function workFor<I, O>(asked: readonly Asked<I, O>[], work: Work<I, O>): Promise<void> {
  try {
    const results = await work(asked.map(({ item }) => item));
    asked.forEach(({ done }, at) => done(results[at] as O));
  } catch (fault) {
    if (asked.length === 1) asked[0]?.failed(fault);
    else for (const each of asked) await workFor([each], work);
  }
}
