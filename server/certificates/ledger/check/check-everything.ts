import { as, sql } from '../../../db/sql.js';
import { integer } from '../../../db/table.js';
import { Event } from '../../../events/tables.js';
import { KeyLogEntry } from '../../issuer/tables.js';
import { StatusListVersion } from '../../status-lists/tables.js';
import type { PublishedState } from '../checkpoints.js';
import type { LedgerHead } from '../ledger.js';
import { IssuanceEntry, SignedHead } from '../tables.js';
import { numberFrom } from './certificate-batches.js';
import type { Discrepancy } from './discrepancy.js';
import { checkErasures, countErased } from './erased.js';
import { checkEvents } from './events.js';
import { checkHeads } from './heads.js';
import { checkIssued, checkKnownHead } from './issued.js';
import { checkKeys } from './keys.js';
import { checkLists } from './list-versions.js';
import { restores } from './recorded-events.js';
import { checkSeals } from './seals.js';
import { checkStateChanges } from './check-state-changes.js';

/** How many rows of each table were checked, and every discrepancy. */
export interface LedgerReport {
  readonly counted: Readonly<Record<string, number>>;
  /** Rows that say nothing any more, since somebody was erased: their hashes alone prove them. */
  readonly erased: Readonly<Record<string, number>>;
  readonly discrepancies: readonly Discrepancy[];
}

const COUNTED = [Event, IssuanceEntry, SignedHead, StatusListVersion, KeyLogEntry];

/**
 * Compute everything again: the audit log, the ledger, the bytes, facts and seal of every certificate, revocations,
 * suspensions and supersessions, status lists, signed heads and the log of keys. They are compared with one another, with
 * the checkpoints outside the database (`published`) and with a head that was printed on paper (`known`). A row is named
 * once, with the first thing that is wrong with it.
 */
export async function checkEverything(
  baseUrl: string,
  published: PublishedState | null = null,
  known: LedgerHead | null = null,
): Promise<LedgerReport> {
  const discrepancies: Discrepancy[] = [];
  const checks = [
    checkEvents(),
    checkIssued(),
    checkSeals(baseUrl),
    checkStateChanges(),
    checkErasures(),
    checkLists(),
    checkKeys(baseUrl),
    checkHeads(baseUrl),
  ];
  if (known) checks.push(checkKnownHead(known, 'the head that was given'));
  if (published) checks.push(checkPublished(published));
  for (const check of checks) for await (const found of check) addFirst(discrepancies, found);
  return { counted: await rowCounts(), erased: await countErased(), discrepancies };
}

function addFirst(discrepancies: Discrepancy[], found: Discrepancy): void {
  const isNew = discrepancies.every(({ table, row }) => table !== found.table || row !== found.row);
  if (isNew) discrepancies.push(found);
}

async function rowCounts(): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const each of COUNTED) {
    counted[each.table] = await numberFrom(sql`select count(*) ${as('n', integer())} from ${each}`);
  }
  return counted;
}

/** What the checkpoints in the data folder know and the database does not, unless a restore explains it. */
async function* checkPublished({ ledger }: PublishedState): AsyncGenerator<Discrepancy> {
  const lost = await restores();
  if (ledger && !lost.some(({ ledgerSeq }) => ledgerSeq >= ledger.seq))
    yield* checkKnownHead(ledger, 'the checkpoint in the data folder');
}
