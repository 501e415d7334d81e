import type { Addresses } from '../../../open-badges/did.js';
import type { ProvenMark, PublishedState } from '../checkpoints.js';
import type { LedgerHead } from '../ledger.js';
import { headByNumber, latestHead, type PublishedHead } from '../signed-heads.js';
import { SignedHead } from '../tables.js';
import type { Discrepancy } from './discrepancy.js';
import { checkErasures, countErased } from './erased.js';
import { checkEvents } from './events.js';
import { checkHeads } from './heads.js';
import { checkIssued, checkKnownHead } from './issued.js';
import { checkKeys } from './keys.js';
import { checkLists } from './list-versions.js';
import { provenStart } from './proven-start.js';
import { restores } from './recorded-events.js';
import { rowCounts } from './row-counts.js';
import { checkSeals } from './seals.js';
import { checkStateChanges } from './check-state-changes.js';

/** What was checked, how many rows of each table, and every discrepancy. */
export interface LedgerReport {
  /** The signed head up to which all was proven before, and after which rows were looked at; null: everything was. */
  readonly since: ProvenMark | null;
  /** The newest signed head when the check began: where nothing is wrong, all is proven up to it. */
  readonly upTo: Pick<PublishedHead, 'number' | 'sha256'> | null;
  readonly counted: Readonly<Record<string, number>>;
  /** Rows that say nothing any more, since somebody was erased: their hashes alone prove them. */
  readonly erased: Readonly<Record<string, number>>;
  readonly discrepancies: readonly Discrepancy[];
}

/** How a check of the ledger is asked for. */
export interface LedgerQuestion {
  readonly addresses: Addresses;
  /** The checkpoints outside the database. */
  readonly published?: PublishedState | null;
  /** A head that was printed on paper. */
  readonly known?: LedgerHead | null;
  /** Whether to look only at what came since the signed head up to which all was proven. */
  readonly goesOn?: boolean;
  /** Told how many steps of how many are done. */
  readonly onStep?: (done: number, total: number) => Promise<unknown>;
}

/**
 * Compute everything again: the audit log, the ledger, the bytes, facts and seal of every certificate, revocations,
 * suspensions and supersessions, status lists, signed heads and the log of keys. They are compared with one another, with
 * the checkpoints outside the database (`published`) and with a head that was printed on paper (`known`). A row is named
 * once, with the first thing that is wrong with it. With `goesOn`, of what only grows the rows after the signed head up to which all
 * was proven are computed; the mark of that head stands outside the database, and where the database does not have the head as it
 * was, everything is computed all the same.
 */
export async function checkEverything({
  addresses,
  published = null,
  known = null,
  goesOn = false,
  onStep = () => Promise.resolve(),
}: LedgerQuestion): Promise<LedgerReport> {
  const upTo = await latestHead();
  const proven = goesOn ? (published?.proven ?? null) : null;
  const start = proven && (await provenStart(proven));
  const discrepancies: Discrepancy[] = [];
  const checks = [
    checkEvents(start),
    checkIssued(start),
    checkSeals(addresses, start),
    checkStateChanges(start),
    checkErasures(),
    checkLists(start),
    checkKeys(addresses),
    checkHeads(addresses, start),
  ];
  if (known) checks.push(checkKnownHead(known, 'the head that was given'));
  if (published) checks.push(checkPublished(published));
  for (const [done, check] of checks.entries()) {
    await onStep(done, checks.length);
    for await (const found of check) addFirst(discrepancies, found);
  }
  const since = start && proven;
  return { since, upTo, counted: await rowCounts(start), erased: await countErased(), discrepancies };
}

function addFirst(discrepancies: Discrepancy[], found: Discrepancy): void {
  const isNew = discrepancies.every(({ table, row }) => table !== found.table || row !== found.row);
  if (isNew) discrepancies.push(found);
}

/** What the checkpoints in the data folder know and the database does not, unless a restore explains it. */
async function* checkPublished({ ledger, proven }: PublishedState): AsyncGenerator<Discrepancy> {
  const lost = await restores();
  if (ledger && !lost.some(({ ledgerSeq }) => ledgerSeq >= ledger.seq))
    yield* checkKnownHead(ledger, 'the checkpoint in the data folder');
  if (proven && !lost.some(({ headNumber }) => headNumber >= proven.number)) yield* checkProven(proven);
}

/** The head up to which all was proven is still the one that it was. */
async function* checkProven({ number, sha256 }: ProvenMark): AsyncGenerator<Discrepancy> {
  if ((await headByNumber(number))?.sha256 === sha256) return;
  yield { table: SignedHead.table, row: String(number), problem: 'not the head up to which all was proven' };
}
