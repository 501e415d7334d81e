import type { Figure } from '../measured/figure.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';

/** How long another writer waited (ms). */
export interface Wait {
  readonly ms: number;
}

export async function waited(into: Wait[]): Promise<void> {
  const began = performance.now();
  await inTransaction(() => Promise.resolve());
  into.push({ ms: performance.now() - began });
}

/** How long other writers wait while standings are calculated; nothing where nobody waited. */
export function waitFigures(waits: readonly Wait[]): Figure[] {
  if (waits.length === 0) return [];
  const sorted = waits.map(({ ms }) => ms).sort((one, other) => one - other);
  const at = (share: number) => sorted.at(Math.floor(share * (sorted.length - 1))) ?? 0;
  return [
    { what: 'Wait of another writer meanwhile, median', value: at(0.5), unit: 'ms' },
    { what: 'Wait of another writer meanwhile, 95 %', value: at(0.95), unit: 'ms' },
  ];
}
