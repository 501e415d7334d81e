import type { RosterFault } from './preview/compare.js';
import type { JudgedRow } from './preview/judge-roster.js';
import type { VerdictKind } from './preview/summary.js';

/** What is kept of a verdict. `memberId`: of somebody who leaves because no row names them. */
export interface StoredVerdict {
  readonly kind: VerdictKind;
  readonly faults?: readonly RosterFault[];
  readonly memberId?: string | null;
}

export const storedVerdict = ({ row, verdict }: JudgedRow): StoredVerdict => ({
  kind: verdict.kind,
  ...(verdict.kind === 'fault' && { faults: verdict.faults }),
  ...(row.line === 0 && verdict.kind !== 'fault' && { memberId: verdict.memberId }),
});
