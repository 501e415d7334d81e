import type { LedgerReport } from './check/check-everything.js';
import type { Checkpoints } from './checkpoints.js';

/** Where a check found nothing wrong, the next one may go on from its newest signed head. `now`: epoch ms. */
export function keepProven(
  { since, upTo, discrepancies }: LedgerReport,
  checkpoints: Checkpoints,
  now: number,
): void {
  if (!upTo || discrepancies.length > 0) return;
  const { number, sha256 } = upTo;
  checkpoints.noteProven({ number, sha256, at: now, wholeAt: since?.wholeAt ?? now });
}
