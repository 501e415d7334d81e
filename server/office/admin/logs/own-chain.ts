import { lastResult, namedBy, type StoredCheck } from '../../../proof/certificates/ledger/asked-checks.js';
import type { Discrepancy } from '../../../proof/certificates/ledger/check/discrepancy.js';
import { provenChain } from '../../../proof/certificates/ledger/proven-chain.js';
import { EventChain } from '../../../platform/events/tables.js';
import { formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';

/** What the last check of the ledger found of an organisation's own log, and the signed head that vouches for it. */
export async function ownChainValues(chain: string, place: Place) {
  const [check, proof] = [await lastResult(), await provenChain(chain)];
  const faults = check ? faultsIn(chain, check) : [];
  return {
    state:
      check === null ? ('never' as const) : faults.length > 0 ? ('broken' as const) : ('proven' as const),
    text: checkText(check, faults, place),
    faults: faults.map(({ row, problem }) => `${row}: ${problem}`),
    proof: proof && {
      text: spoken('ledgerCheck.own.vouched', { seq: proof.seq, head: proof.head }),
      href: `/ledger/heads/${proof.head}`,
      facts: [
        { label: spoken('ledgerCheck.own.hash'), value: proof.hash, code: true },
        { label: spoken('ledgerCheck.own.path'), value: proof.path.join(' ') || '—', code: true },
        { label: spoken('ledgerCheck.own.root'), value: proof.root, code: true },
      ],
    },
  };
}

/** What is wrong with a chain: its rows are named by their number and the chain, its end by the chain alone. */
const faultsIn = (chain: string, check: StoredCheck): Discrepancy[] =>
  namedBy(check).filter(
    ({ table, row }) => row.endsWith(` of chain ${chain}`) || (table === EventChain.table && row === chain),
  );

function checkText(check: StoredCheck | null, faults: readonly Discrepancy[], place: Place): string {
  if (check === null) return spoken('ledgerCheck.own.never');
  const on = formatMoment(Number(check.finishedAt), place);
  return faults.length > 0
    ? spoken('ledgerCheck.own.broken', { on, count: faults.length })
    : spoken('ledgerCheck.own.proven', { on });
}
