import { row, rows } from '../../db/rows.js';
import { each } from '../ledger/check/rows.js';
import type { CertificateFacts } from '../queries.js';
import { ENTRY_COLUMNS, type LedgerRow } from '../ledger/hash.js';
import type { SignedHead } from '../ledger/signed-heads.js';

/** A certificate that is signed and entered in the ledger. */
export type Issued = CertificateFacts & { credential: string; issuedAt: number; ledgerSeq: number };

/** A version of a status list, as a file. */
export interface ArchivedList {
  readonly listId: number;
  readonly number: number;
  readonly content: string;
}

const LEDGER = `select ${ENTRY_COLUMNS.text} from issuance_ledger e`;

/** Rows of the ledger from one number to another, in order, some at a time. */
export const ledgerRows = (from: number, to: number): AsyncGenerator<LedgerRow> =>
  each<LedgerRow>(
    `${LEDGER} where seq > $1 and seq >= ${Math.trunc(from)} and seq <= ${Math.trunc(to)} order by seq limit $2`,
  );

/** The numbers of the rows before and after a row; its own where there is none. */
export async function neighbours(seq: number): Promise<{ before: number; after: number }> {
  const found = await row<{ before: number | null; after: number | null }>(
    `select (select max(seq) from issuance_ledger where seq < $1) as before,
       (select min(seq) from issuance_ledger where seq > $1) as after`,
    [seq],
  );
  return { before: found?.before ?? seq, after: found?.after ?? seq };
}

/** The heads that were signed from a moment on (epoch ms), oldest first, at most `limit`. */
export const headsSince = (since: number, limit: number): Promise<SignedHead[]> =>
  rows<SignedHead>(
    'select number, content, sha256 from ledger_heads where created_at >= $1 order by number limit $2',
    [since, limit],
  );

/** The newest version of a list at a moment (epoch ms), or the first after it; null when there is none. */
export const versionAt = (listId: number, at: number): Promise<{ number: number } | null> =>
  row(
    `select coalesce((select max(number) from status_list_versions where list_id = $1 and created_at <= $2),
       (select min(number) from status_list_versions where list_id = $1)) as number`,
    [listId, at],
  );

/** The first version of a list from a moment on (epoch ms). */
export const versionFrom = (listId: number, at: number): Promise<{ number: number | null } | null> =>
  row('select min(number) as number from status_list_versions where list_id = $1 and created_at >= $2', [
    listId,
    at,
  ]);

/** The lists that certificates of an organisation name, up to a row of the ledger. */
export const listsOf = (organisationId: string, upTo: number): Promise<{ id: number }[]> =>
  rows(
    `select distinct c.status_list_id as id from certificates c join issuance_ledger l on l.certificate_id = c.id
     where l.organisation_id = $1 and l.seq <= $2 order by 1`,
    [organisationId, upTo],
  );

/** Every version of a list, oldest first, some at a time. */
export async function* everyVersion(listId: number): AsyncGenerator<ArchivedList> {
  const found = each<{ seq: number; content: string }>(
    `select number as seq, content from status_list_versions
     where list_id = ${Math.trunc(listId)} and number > $1 order by number limit $2`,
  );
  for await (const { seq, content } of found) yield { listId, number: seq, content };
}

/**
 * Signed certificates of an organisation by their rows in the ledger, up to a row, some at a time. One whose bytes
 * are gone is left out: the pack still has its row, and says that it is missing.
 */
export async function* credentialsOf(
  organisationId: string,
  upTo: number,
): AsyncGenerator<{ id: string; credential: string }> {
  for (let after = 0; ;) {
    const batch = await rows<{ seq: number; id: string; credential: string }>(
      `select l.seq, c.id, c.credential from issuance_ledger l join certificates c on c.id = l.certificate_id
       where l.organisation_id = $1 and l.seq > $2 and l.seq <= $3 and c.credential is not null
       order by l.seq limit 100`,
      [organisationId, after, upTo],
    );
    yield* batch;
    const last = batch.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

/** How many certificates of an organisation the ledger has. */
export const countOf = async (organisationId: string): Promise<number> =>
  Number(
    (
      await row<{ n: number }>('select count(*) as n from issuance_ledger where organisation_id = $1', [
        organisationId,
      ])
    )?.n,
  );
