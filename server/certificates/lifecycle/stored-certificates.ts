import { EventEmitter } from 'node:events';

/** Tells, by the id of its cycle, that this process has stored a certificate. Any number of pages may wait for it. */
const stored = new EventEmitter().setMaxListeners(0);

/** The certificate of a cycle is stored: pages that wait for it go on. */
export const tellStored = (cycleId: string): void => void stored.emit(cycleId);

/**
 * What `look` finds of the certificate of a cycle. Where that is nothing, look once more when this process has stored the certificate, or
 * when `patience` resolves. Null where there is still nothing.
 */
export async function lookUntilStored<T>(
  cycleId: string,
  look: () => Promise<T | null>,
  patience: () => Promise<void>,
): Promise<T | null> {
  let tell = (): void => undefined;
  const told = new Promise<void>(done => (tell = done));
  // From before the first look: what is stored after it must not be missed.
  stored.once(cycleId, tell);
  try {
    const found = await look();
    if (found !== null) return found;
    await Promise.race([told, patience()]);
    return await look();
  } finally {
    stored.off(cycleId, tell);
  }
}
