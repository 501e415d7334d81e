import type { LedgerHead } from '../ledger.js';
import type { Published } from '../checkpoints.js';
import { checkEvents } from './events.js';
import type { Finding } from './discrepancy.js';
import { checkHeads } from './heads.js';
import { checkIssued, checkKnownHead } from './issued.js';
import { checkKeys } from './keys.js';
import { checkLists } from './status-lists.js';
import { numberOf, restores } from './rows.js';
import { checkRulings } from './state-changes.js';
import { checkSeals } from './seals.js';

/** What was looked at, and what does not hold. */
export interface Report {
  readonly counted: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

const COUNTED = [
  'events',
  'issuance_ledger',
  'ledger_heads',
  'status_list_versions',
  'issuer_key_log',
] as const;

/**
 * Compute everything again: audit log, ledger, the bytes, facts and seal of every certificate, rulings, status lists,
 * signed heads and the log of keys, against one another and against what was noted outside the database
 * (`published`) or printed on a paper (`known`). A row is named once, with the first thing that is wrong.
 */
export async function checkEverything(
  baseUrl: string,
  published: Published | null = null,
  known: LedgerHead | null = null,
): Promise<Report> {
  const findings: Finding[] = [];
  const parts = [
    checkEvents(),
    checkIssued(),
    checkSeals(baseUrl),
    checkRulings(),
    checkLists(),
    checkKeys(baseUrl),
    checkHeads(baseUrl),
  ];
  if (known) parts.push(checkKnownHead(known, 'the head that was given'));
  if (published) parts.push(checkPublished(published));
  for (const part of parts) for await (const finding of part) add(findings, finding);
  const counted: Record<string, number> = {};
  for (const table of COUNTED) counted[table] = await numberOf(`select count(*) as n from ${table}`);
  return { counted, findings };
}

function add(findings: Finding[], finding: Finding): void {
  const isNew = findings.every(({ table, row }) => table !== finding.table || row !== finding.row);
  if (isNew) findings.push(finding);
}

/** What the marks in the data folder know and the database does not, unless a restore explains it. */
async function* checkPublished({ ledger }: Published): AsyncGenerator<Finding> {
  const lost = await restores();
  if (ledger && !lost.some(({ ledgerSeq }) => ledgerSeq >= ledger.seq))
    yield* checkKnownHead(ledger, 'the mark in the data folder');
}
