import { row } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import type { ChainEnd } from '../../../../platform/events/chains.js';
import { sha256 as sumOf } from '../../../../platform/lib/tokens.js';
import { StatusListVersion } from '../../status-lists/tables.js';
import type { ProvenMark } from '../checkpoints.js';
import { IssuanceEntry, SignedHead } from '../tables.js';
import { endsAt, vouchedBy } from '../vouched-ends.js';
import type { LinkPlace } from './chain.js';
import { readHead, type HeadDocument } from './head-document.js';
import type { Start } from './ledger-start.js';
import { isEventAt } from './vouched.js';

const HEAD = sql`select ${columns(SignedHead, 'h', 'content', 'createdAt')} from ${SignedHead} h where number = $1`;

/**
 * Where a check may start: the signed head of the mark, if the database still has what it says, and everything stands where it
 * vouches for. Null otherwise; then only a check of everything tells what is wrong.
 */
export async function provenStart({ number, sha256 }: ProvenMark): Promise<Start | null> {
  const found = await row(HEAD, [number]);
  const head = found && sumOf(found.content) === sha256 ? readHead(found.content) : null;
  const ends = await endsAt(number);
  if (!found || !head || !(await stands(head, ends))) return null;
  return {
    head: { seq: number, hash: sha256 },
    signedAt: Number(found.createdAt),
    ledger: head.ledger,
    chains: new Map(ends.map(({ chain, seq, hash }) => [chain, { seq: Number(seq), hash }])),
    lists: new Map(head.statusLists.map(each => [each.list, { seq: each.number, hash: each.sha256 }])),
  };
}

async function stands(
  { audit, ledger, statusLists }: HeadDocument,
  ends: readonly ChainEnd[],
): Promise<boolean> {
  if ('hash' in audit || vouchedBy(ends).root !== audit.root) return false;
  for (const end of ends) if (!(await isEventAt(end))) return false;
  for (const list of statusLists) if (!(await isVersionThere(list))) return false;
  return ledger.seq === 0 || isEntryThere(ledger);
}

const ENTRY = sql`select ${columns(IssuanceEntry, 'e', 'hash')} from ${IssuanceEntry} e where seq = $1`;

const isEntryThere = async ({ seq, hash }: LinkPlace): Promise<boolean> =>
  (await row(ENTRY, [seq]))?.hash === hash;

const VERSION = sql`select ${columns(StatusListVersion, 'v', 'sha256')} from ${StatusListVersion} v
  where list_id = $1 and number = $2`;

const isVersionThere = async ({
  list,
  number,
  sha256,
}: HeadDocument['statusLists'][number]): Promise<boolean> =>
  (await row(VERSION, [list, number]))?.sha256 === sha256;
