import { EventEmitter } from 'node:events';

/** Tells, by the id of its cycle, that this process has stored a certificate. Any number of pages may wait for it. */
const stored = new EventEmitter().setMaxListeners(0);

/** The certificate of a cycle is stored: pages that wait for it go on. */
export const tellStored = (cycleId: string): void => void stored.emit(cycleId);

/**
 * What `look` finds of the certificate of a cycle. Where that is nothing, look once more when this process has stored the certificate, or
 * when `patience` resolves. Null where there is still nothing.
 */
export const lookUntilStored = <T>(
  cycleId: string,
  look: () => Promise<T | null>,
  patience: () => Promise<void>,
): Promise<T | null> =>
  listening(cycleId, async told => {
    const found = await look();
    if (found !== null) return found;
    await Promise.race([told, patience()]);
    return look();
  });

/** Do what may earn the certificate of a cycle, and wait until this process has stored it, or `patience` resolves. */
export const earnAndWait = (
  cycleId: string,
  earn: () => Promise<unknown>,
  patience: () => Promise<void>,
): Promise<void> =>
  listening(cycleId, async told => {
    await earn();
    await Promise.race([told, patience()]);
  });

/** `work` is given what resolves when the certificate is stored: from before it begins, so that it misses none. */
async function listening<T>(cycleId: string, work: (told: Promise<void>) => Promise<T>): Promise<T> {
  let tell = (): void => undefined;
  const told = new Promise<void>(done => (tell = done));
  stored.once(cycleId, tell);
  try {
    return await work(told);
  } finally {
    stored.off(cycleId, tell);
  }
}
